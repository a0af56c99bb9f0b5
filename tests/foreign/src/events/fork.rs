//! Forks.

use crate::types::repository::Repository;
use crate::types::source::Source;
use event_core::events;

events!(
    /// Copies of a repository.
    #[domain(rename = "fork", optional(action, status))]
    pub enum ForkDomain {}

    /// A repository has been copied.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct Fork {
        pub forkee: Repository,
        #[group]
        pub source: Source,
    }
);
