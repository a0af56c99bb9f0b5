//! Pull requests.

use crate::types::account::{Team, User};
use crate::types::alternatives::Reviewer;
use crate::types::conversation::{
    AuthorAssociation, Label, Link, LockReason, Milestone, OpenState,
};
use crate::types::repository::Repository;
use crate::types::source::{Action, Source};
use event_core::value::Presence;
use event_core::{Timestamp, events};

events!(
    /// Changes that are proposed.
    #[domain(rename = "pull_request", optional(action))]
    pub enum PullRequestDomain {}

    /// What becomes of a proposed change, beside the standard statuses.
    #[statuses]
    pub enum PullRequestStatus {
        /// It has other commits than before.
        #[status(neutral)]
        Synchronize,
    }

    /// A change is proposed.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct PullRequestOpened {
        pub action: Action,
        #[entity(pull_request)]
        pub number: i64,
        pub pull_request: PullRequest,
        #[group]
        pub source: Source,
    }

    /// A proposed change has other commits than before.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct PullRequestSynchronize {
        pub action: Action,
        #[entity(pull_request)]
        pub number: i64,
        pub before: String,
        pub after: String,
        pub pull_request: PullRequest,
        #[group]
        pub source: Source,
    }

    /// A pull request.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PullRequest {
        pub url: String,
        pub id: i64,
        pub node_id: String,
        pub html_url: String,
        pub diff_url: String,
        pub patch_url: String,
        pub issue_url: String,
        pub number: i64,
        pub state: OpenState,
        pub locked: bool,
        pub title: String,
        pub user: User,
        #[field(public)]
        pub body: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        pub merged_at: Option<Timestamp>,
        pub merge_commit_sha: Option<String>,
        pub assignee: Option<User>,
        pub assignees: Vec<User>,
        pub requested_reviewers: Vec<Reviewer>,
        pub requested_teams: Vec<Team>,
        pub labels: Vec<Label>,
        pub milestone: Option<Milestone>,
        pub commits_url: String,
        pub review_comments_url: String,
        pub review_comment_url: String,
        pub comments_url: String,
        pub statuses_url: String,
        pub head: PullRequestHead,
        pub base: PullRequestBase,
        #[field(rename = "_links")]
        pub links: PullRequestLinks,
        pub author_association: AuthorAssociation,
        pub auto_merge: Presence<AutoMerge>,
        pub active_lock_reason: Presence<LockReason>,
        pub draft: bool,
        pub merged: Option<bool>,
        pub mergeable: Option<bool>,
        pub rebaseable: Option<bool>,
        pub mergeable_state: String,
        pub merged_by: Option<User>,
        pub comments: i64,
        pub review_comments: i64,
        pub maintainer_can_modify: bool,
        pub commits: i64,
        pub additions: i64,
        pub deletions: i64,
        pub changed_files: i64,
    }

    /// The branch that a pull request brings.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PullRequestHead {
        pub label: String,
        pub r#ref: String,
        pub sha: String,
        pub user: User,
        pub repo: Option<Repository>,
    }

    /// The branch that a pull request is for.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PullRequestBase {
        pub label: String,
        pub r#ref: String,
        pub sha: String,
        pub user: User,
        pub repo: Repository,
    }

    /// Where more about a pull request is.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PullRequestLinks {
        #[field(rename = "self")]
        pub this: Link,
        pub html: Link,
        pub issue: Link,
        pub comments: Link,
        pub review_comments: Link,
        pub review_comment: Link,
        pub commits: Link,
        pub statuses: Link,
    }

    /// How a pull request is merged once it may be.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct AutoMerge {
        pub enabled_by: Option<User>,
        pub merge_method: MergeMethod,
        pub commit_title: Option<String>,
        pub commit_message: Option<String>,
    }

    /// How a pull request is merged.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum MergeMethod {
        Merge,
        Squash,
        Rebase,
    }
);
