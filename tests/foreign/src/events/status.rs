//! Statuses of commits.

use crate::types::account::User;
use crate::types::commit::Committer;
use crate::types::source::Source;
use event_core::value::Presence;
use event_core::{Timestamp, events};

events!(
    /// What checks say of a commit.
    #[domain(rename = "status", optional(action, status))]
    pub enum StatusDomain {}

    /// A check has said something of a commit.
    #[event(level = match state { Failure | Error => warning, Pending | Success => info })]
    #[derive(Clone, PartialEq)]
    pub struct Status {
        pub id: i64,
        #[entity(commit)]
        pub sha: String,
        pub name: String,
        pub avatar_url: Presence<String>,
        pub target_url: Option<String>,
        pub context: String,
        pub description: Option<String>,
        pub state: StatusState,
        pub commit: StatusCommit,
        pub branches: Vec<Branch>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        #[group]
        pub source: Source,
    }

    /// How a check ended.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum StatusState {
        Pending,
        Success,
        Failure,
        Error,
    }

    /// The commit that has the status.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct StatusCommit {
        pub sha: String,
        pub node_id: String,
        pub commit: GitCommit,
        pub url: String,
        pub html_url: String,
        pub comments_url: String,
        pub author: Option<User>,
        pub committer: Option<User>,
        pub parents: Vec<ParentCommit>,
    }

    /// A commit, as git has it.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct GitCommit {
        pub author: Committer,
        pub committer: Committer,
        pub message: String,
        pub tree: GitTree,
        pub url: String,
        pub comment_count: i64,
        pub verification: Verification,
    }

    /// A tree of files.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct GitTree {
        pub sha: String,
        pub url: String,
    }

    /// What is known of a commit's signature.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Verification {
        pub verified: bool,
        pub reason: VerificationReason,
        pub signature: Option<String>,
        pub payload: Option<String>,
    }

    /// Why a signature is valid, or is not.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum VerificationReason {
        ExpiredKey,
        NotSigningKey,
        GpgverifyError,
        GpgverifyUnavailable,
        Unsigned,
        UnknownSignatureType,
        NoUser,
        UnverifiedEmail,
        BadEmail,
        UnknownKey,
        MalformedSignature,
        Invalid,
        Valid,
    }

    /// A commit before it.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct ParentCommit {
        pub sha: String,
        pub url: String,
        pub html_url: String,
    }

    /// A branch that holds the commit.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Branch {
        pub name: String,
        pub commit: BranchCommit,
        pub protected: bool,
    }

    /// The commit at a branch's head.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct BranchCommit {
        pub sha: String,
        pub url: String,
    }
);
