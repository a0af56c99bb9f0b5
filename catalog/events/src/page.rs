//! Which pages are looked at.

use event_core::{Str, events};

use crate::context::SessionContext;

events!(
    /// Which pages are looked at, for product analytics.
    #[domain(owner = "web", optional(action), context(SessionContext))]
    pub enum Page {}

    /// The statuses of a page view.
    #[statuses]
    pub enum PageStatus {
        /// The visitor looks at it.
        #[status(neutral)]
        View,
        /// The visitor leaves it.
        #[status(neutral)]
        Exit,
    }

    /// A visitor opened a page.
    #[event(info)]
    pub struct PageView<'a> {
        /// The page.
        #[field(example = "/pricing")]
        pub page: Str<'a>,
    }

    /// A visitor left a page.
    #[event(info)]
    pub struct PageExit {
        /// How long the visitor stayed.
        #[field(unit = "s")]
        pub time_on_page_s: u64,
    }
);
