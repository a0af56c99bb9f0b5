//! Pushes.

use crate::types::commit::{Commit, Committer};
use crate::types::source::Source;
use event_core::events;

events!(
    /// Commits that reach a branch or a tag.
    #[domain(rename = "push", optional(action, status))]
    pub enum PushDomain {}

    /// A branch or a tag has moved.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct Push {
        pub r#ref: String,
        pub before: String,
        pub after: String,
        pub created: bool,
        pub deleted: bool,
        pub forced: bool,
        pub base_ref: Option<String>,
        pub compare: String,
        pub commits: Vec<Commit>,
        pub head_commit: Option<Commit>,
        pub pusher: Committer,
        #[group]
        pub source: Source,
    }
);
