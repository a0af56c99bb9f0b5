//! Check runs.

use crate::types::app::App;
use crate::types::run::{Conclusion, PullRequestRef, RunStatus};
use crate::types::source::{Action, Source};
use event_core::value::Presence;
use event_core::{Timestamp, events};

events!(
    /// Checks of a commit.
    #[domain(rename = "check_run", optional(action))]
    pub enum CheckRunDomain {}

    /// A check has ended.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct CheckRunCompleted {
        pub action: Action,
        pub check_run: CheckRun,
        pub requested_action: Presence<RequestedAction>,
        #[group]
        pub source: Source,
    }

    /// A check run.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct CheckRun {
        pub id: i64,
        #[field(skip_none)]
        pub node_id: Option<String>,
        pub head_sha: String,
        pub external_id: String,
        pub url: String,
        pub html_url: String,
        #[field(skip_none)]
        pub details_url: Option<String>,
        pub status: RunStatus,
        pub conclusion: Option<Conclusion>,
        pub started_at: Timestamp,
        pub completed_at: Timestamp,
        pub output: CheckRunOutput,
        pub name: String,
        pub check_suite: CheckSuite,
        pub app: App,
        pub pull_requests: Vec<PullRequestRef>,
        #[field(skip_none)]
        pub deployment: Option<CheckRunDeployment>,
    }

    /// What a check run says.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct CheckRunOutput {
        pub title: Presence<String>,
        pub summary: Option<String>,
        pub text: Option<String>,
        pub annotations_count: i64,
        pub annotations_url: String,
    }

    /// The check runs of one app for one commit.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct CheckSuite {
        pub id: i64,
        #[field(skip_none)]
        pub node_id: Option<String>,
        pub head_branch: Option<String>,
        pub head_sha: String,
        pub status: RunStatus,
        pub conclusion: Option<Conclusion>,
        pub url: String,
        pub before: Option<String>,
        pub after: Option<String>,
        pub pull_requests: Vec<PullRequestRef>,
        #[field(skip_none)]
        pub deployment: Option<CheckRunDeployment>,
        pub app: App,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    /// The deployment that a check run belongs to.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct CheckRunDeployment {
        pub url: String,
        pub id: i64,
        pub node_id: String,
        pub task: String,
        pub original_environment: String,
        pub environment: String,
        pub description: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub statuses_url: String,
        pub repository_url: String,
    }

    /// What a user asked the app to do.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct RequestedAction {
        #[field(skip_none)]
        pub identifier: Option<String>,
    }
);
