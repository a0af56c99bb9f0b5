//! What most payloads have beside what they are about.

use crate::types::account::{Enterprise, InstallationRef, Organization, User};
use crate::types::repository::Repository;
use event_core::{EventValue, events};

events!(
    /// Where it happened, and who did it.
    #[group]
    #[derive(Clone, PartialEq)]
    pub struct Source {
        pub repository: Repository,
        pub sender: User,
        #[field(skip_none)]
        pub installation: Option<InstallationRef>,
        #[field(skip_none)]
        pub organization: Option<Organization>,
        #[field(skip_none)]
        pub enterprise: Option<Enterprise>,
    }
);

/// What has been done, as the payload itself says it.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum Action {
    Completed,
    Created,
    Deleted,
    Labeled,
    Opened,
    Published,
    Requested,
    Synchronize,
}
