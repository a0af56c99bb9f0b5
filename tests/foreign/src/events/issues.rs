//! Issues.

use crate::types::account::User;
use crate::types::app::App;
use crate::types::conversation::{
    AuthorAssociation, Label, LockReason, Milestone, OpenState, Reactions,
};
use crate::types::source::{Action, Source};
use event_core::value::Presence;
use event_core::{Timestamp, events};

events!(
    /// What users report.
    #[domain(optional(action))]
    pub enum Issues {}

    /// What becomes of issues, beside the standard statuses.
    #[statuses]
    pub enum IssuesStatus {
        /// It has one label more.
        #[status(neutral)]
        Labeled,
    }

    /// An issue has got a label.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct IssuesLabeled {
        pub action: Action,
        pub issue: Issue,
        #[field(skip_none)]
        pub label: Option<Label>,
        #[group]
        pub source: Source,
    }

    /// An issue.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Issue {
        pub url: String,
        pub repository_url: String,
        pub labels_url: String,
        pub comments_url: String,
        pub events_url: String,
        pub html_url: String,
        pub id: i64,
        pub node_id: String,
        pub number: i64,
        pub title: String,
        pub user: User,
        #[field(skip_none)]
        pub labels: Option<Vec<Label>>,
        #[field(skip_none)]
        pub state: Option<OpenState>,
        #[field(skip_none)]
        pub locked: Option<bool>,
        pub assignee: Presence<User>,
        pub assignees: Vec<User>,
        pub milestone: Option<Milestone>,
        pub comments: i64,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        pub author_association: AuthorAssociation,
        pub active_lock_reason: Presence<LockReason>,
        #[field(skip_none)]
        pub draft: Option<bool>,
        pub performed_via_github_app: Presence<App>,
        #[field(skip_none)]
        pub pull_request: Option<IssuePullRequest>,
        #[field(public)]
        pub body: Option<String>,
        #[field(skip_none)]
        pub reactions: Option<Reactions>,
        #[field(skip_none)]
        pub timeline_url: Option<String>,
        pub state_reason: Presence<String>,
    }

    /// The pull request that an issue is.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct IssuePullRequest {
        #[field(skip_none)]
        pub url: Option<String>,
        #[field(skip_none)]
        pub html_url: Option<String>,
        #[field(skip_none)]
        pub diff_url: Option<String>,
        #[field(skip_none)]
        pub patch_url: Option<String>,
        pub merged_at: Presence<Timestamp>,
    }
);
