//! Items of batch jobs.

use event_core::{Str, events};

events!(
    /// Items of batch jobs, of whatever kind.
    #[domain(owner = "platform", optional(action))]
    pub enum Item {}

    /// A batch job is done with one of its items.
    #[event(info)]
    pub struct ItemProcessed<'a> {
        /// The item.
        #[entity]
        pub item_id: Str<'a>,
        /// How it went, in the job's own words.
        #[field(example = "imported")]
        pub status: Str<'a>,
    }
);
