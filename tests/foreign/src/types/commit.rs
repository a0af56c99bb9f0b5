//! Commits, in three sizes.

use crate::types::repository::RepoRef;
use event_core::{EventValue, Timestamp};

/// A commit of a push.
#[derive(EventValue, Clone, PartialEq)]
pub struct Commit {
    pub id: String,
    pub tree_id: String,
    pub distinct: bool,
    pub message: String,
    pub timestamp: Timestamp,
    pub url: String,
    pub author: Committer,
    pub committer: Committer,
    pub added: Vec<String>,
    pub modified: Vec<String>,
    pub removed: Vec<String>,
}

/// A commit, without its files.
#[derive(EventValue, Clone, PartialEq)]
pub struct CommitSimple {
    pub id: String,
    pub tree_id: String,
    pub message: String,
    pub timestamp: String,
    pub author: Committer,
    pub committer: Committer,
}

/// A person, as git knows them.
#[derive(EventValue, Clone, PartialEq)]
pub struct Committer {
    pub name: String,
    #[sensitive(clear = "it stands in every clone of the repository")]
    pub email: Option<String>,
    #[field(skip_none)]
    pub date: Option<Timestamp>,
    #[field(skip_none)]
    pub username: Option<String>,
}

/// A commit in a repository.
#[derive(EventValue, Clone, PartialEq)]
pub struct CommitRef {
    pub r#ref: String,
    pub sha: String,
    pub repo: RepoRef,
}
