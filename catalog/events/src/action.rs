//! What visitors do on pages.

use event_core::{Str, events};

use crate::context::SessionContext;

events!(
    /// What visitors do on pages, for product analytics.
    #[domain(owner = "web", optional(action), context(SessionContext))]
    pub enum Action {}

    /// The statuses of an action.
    #[statuses]
    pub enum ActionStatus {
        /// The visitor did it.
        #[status(neutral)]
        Taken,
    }

    /// A visitor did something that the product counts.
    #[event(info)]
    pub struct ActionTaken<'a> {
        /// What was done.
        #[field(example = "add_to_cart")]
        pub action: Str<'a>,
    }
);
