//! Statuses of deployments.

use crate::types::account::User;
use crate::types::app::App;
use crate::types::run::{Conclusion, DeploymentWorkflowRun, RunStatus, Workflow};
use crate::types::source::{Action, Source};
use event_core::value::Presence;
use event_core::{Timestamp, events};
use serde_json::Value;
use std::collections::BTreeMap;

events!(
    /// How far deployments are.
    #[domain(optional(action))]
    pub enum DeploymentStatus {}

    /// A deployment has got a status.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct DeploymentStatusCreated {
        pub action: Action,
        pub deployment_status: DeploymentState,
        pub deployment: Deployment,
        #[field(skip_none, dictionary = "the sender gives less of it here")]
        pub check_run: Option<DeploymentCheckRun>,
        #[field(skip_none, dictionary = "the sender gives less of it here")]
        pub workflow_run: Option<DeploymentWorkflowRun>,
        #[field(skip_none)]
        pub workflow: Option<Workflow>,
        #[group]
        pub source: Source,
    }

    /// One status of a deployment.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct DeploymentState {
        pub url: String,
        pub id: i64,
        pub node_id: String,
        pub state: DeploymentStateName,
        pub creator: User,
        pub description: String,
        pub environment: String,
        #[field(skip_none)]
        pub environment_url: Option<String>,
        #[field(skip_none)]
        pub log_url: Option<String>,
        pub target_url: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub deployment_url: String,
        pub repository_url: String,
        pub performed_via_github_app: Presence<App>,
    }

    /// How far a deployment is.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum DeploymentStateName {
        Pending,
        InProgress,
        Success,
        Failure,
        Error,
        Waiting,
        Queued,
    }

    /// A deployment.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Deployment {
        pub url: String,
        pub id: i64,
        pub node_id: String,
        pub sha: String,
        pub r#ref: String,
        pub task: String,
        pub payload: BTreeMap<String, Value>,
        pub original_environment: String,
        pub environment: String,
        #[field(skip_none)]
        pub transient_environment: Option<bool>,
        #[field(skip_none)]
        pub production_environment: Option<bool>,
        pub description: Option<String>,
        pub creator: User,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub statuses_url: String,
        pub repository_url: String,
        pub performed_via_github_app: Presence<App>,
    }

    /// The check run that deploys.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct DeploymentCheckRun {
        pub id: i64,
        pub name: String,
        pub node_id: String,
        pub head_sha: String,
        pub external_id: String,
        pub url: String,
        pub html_url: String,
        pub details_url: String,
        pub status: RunStatus,
        pub conclusion: Option<Conclusion>,
        pub started_at: Timestamp,
        pub completed_at: Option<Timestamp>,
    }
);
