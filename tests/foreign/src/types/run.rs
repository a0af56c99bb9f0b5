//! Workflows and their runs.

use crate::types::account::User;
use crate::types::commit::{CommitRef, CommitSimple};
use crate::types::repository::RepositoryLite;
use event_core::{EventValue, Timestamp};

/// A workflow.
#[derive(EventValue, Clone, PartialEq)]
pub struct Workflow {
    pub badge_url: String,
    pub created_at: Timestamp,
    pub html_url: String,
    pub id: i64,
    pub name: String,
    pub node_id: String,
    pub path: String,
    pub state: String,
    pub updated_at: Timestamp,
    pub url: String,
}

/// A run of a workflow.
#[derive(EventValue, Clone, PartialEq)]
pub struct WorkflowRun {
    pub artifacts_url: String,
    pub cancel_url: String,
    pub check_suite_url: String,
    pub check_suite_id: i64,
    pub check_suite_node_id: String,
    pub conclusion: Option<Conclusion>,
    pub created_at: Timestamp,
    pub event: String,
    pub head_branch: String,
    pub head_commit: CommitSimple,
    pub head_repository: RepositoryLite,
    pub head_sha: String,
    #[field(skip_none)]
    pub path: Option<String>,
    #[field(skip_none)]
    pub display_title: Option<String>,
    pub html_url: String,
    pub id: i64,
    pub jobs_url: String,
    pub logs_url: String,
    pub node_id: String,
    pub name: String,
    pub pull_requests: Vec<PullRequestRef>,
    pub repository: RepositoryLite,
    pub rerun_url: String,
    pub run_number: i64,
    pub status: RunStatus,
    pub updated_at: Timestamp,
    pub url: String,
    pub workflow_id: i64,
    pub workflow_url: String,
    pub run_attempt: i64,
    #[field(skip_none)]
    pub referenced_workflows: Option<Vec<ReferencedWorkflow>>,
    pub run_started_at: Timestamp,
    pub previous_attempt_url: Option<String>,
    #[field(skip_none)]
    pub actor: Option<User>,
    #[field(skip_none)]
    pub triggering_actor: Option<User>,
}

/// A run of a workflow, as a deployment names it.
#[derive(EventValue, Clone, PartialEq)]
pub struct DeploymentWorkflowRun {
    pub id: i64,
    pub name: String,
    #[field(skip_none)]
    pub path: Option<String>,
    #[field(skip_none)]
    pub display_title: Option<String>,
    pub node_id: String,
    pub head_branch: String,
    pub head_sha: String,
    pub run_number: i64,
    pub event: String,
    pub status: RunStatus,
    pub conclusion: Option<Conclusion>,
    pub workflow_id: i64,
    pub check_suite_id: i64,
    pub check_suite_node_id: String,
    pub url: String,
    pub html_url: String,
    pub pull_requests: Vec<PullRequestRef>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub actor: User,
    pub triggering_actor: User,
    pub run_attempt: i64,
    pub run_started_at: Timestamp,
    #[field(skip_none)]
    pub referenced_workflows: Option<Vec<ReferencedWorkflow>>,
}

/// A workflow that another one calls.
#[derive(EventValue, Clone, PartialEq)]
pub struct ReferencedWorkflow {
    pub path: String,
    pub sha: String,
    #[field(skip_none)]
    pub r#ref: Option<String>,
}

/// A pull request, as a run names it.
#[derive(EventValue, Clone, PartialEq)]
pub struct PullRequestRef {
    pub url: String,
    pub id: i64,
    pub number: i64,
    pub head: CommitRef,
    pub base: CommitRef,
}

/// How far a run is.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum RunStatus {
    Queued,
    InProgress,
    Completed,
    Waiting,
    Requested,
}

/// How a run ended.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum Conclusion {
    Success,
    Failure,
    Neutral,
    Cancelled,
    TimedOut,
    ActionRequired,
    Stale,
    Skipped,
}
