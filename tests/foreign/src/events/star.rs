//! Stars.

use crate::types::source::{Action, Source};
use event_core::{Timestamp, events};

events!(
    /// Users who like a repository.
    #[domain(optional(action))]
    pub enum Star {}

    /// A user likes a repository.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct StarCreated {
        pub action: Action,
        pub starred_at: Timestamp,
        #[group]
        pub source: Source,
    }

    /// A user likes a repository no more.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct StarDeleted {
        pub action: Action,
        pub starred_at: Option<Timestamp>,
        #[group]
        pub source: Source,
    }
);
