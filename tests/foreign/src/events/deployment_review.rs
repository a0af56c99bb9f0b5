//! Reviews of deployments.

use crate::types::account::{Team, User};
use crate::types::run::{Conclusion, RunStatus, WorkflowRun};
use crate::types::source::{Action, Source};
use event_core::{Timestamp, events};

events!(
    /// Deployments that wait for a person.
    #[domain(optional(action))]
    pub enum DeploymentReview {}

    /// A deployment waits for a review.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct DeploymentReviewRequested {
        pub action: Action,
        pub workflow_run: Option<WorkflowRun>,
        pub since: Timestamp,
        pub workflow_job_run: WorkflowJobRun,
        #[field(alias("environment"))]
        pub environment_name: String,
        pub reviewers: Vec<RequestedReviewer>,
        pub requestor: User,
        #[group]
        pub source: Source,
    }

    /// Who may approve: a person, or a team of them.
    #[value(tag = "type", content = "reviewer")]
    #[derive(Clone, PartialEq)]
    pub enum RequestedReviewer {
        User(User),
        Team(Team),
    }

    /// The job that waits for a review.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct WorkflowJobRun {
        pub id: i64,
        pub name: String,
        pub status: RunStatus,
        pub conclusion: Option<Conclusion>,
        pub html_url: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub environment: String,
    }
);
