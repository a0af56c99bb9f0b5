//! Webhook payloads of a public API, declared by hand from the schema that its owner publishes:
//! what another system writes can be declared, read and emitted.
//!
//! `tests/foreign/run` installs that system's own example payloads and holds the declarations
//! against them. Neither they nor the schema are kept here.
#![allow(
    missing_docs,
    reason = "the names of the fields are another system's, which documents them"
)]

pub mod events;
pub mod types;

use event_core::catalog;
use events::{
    check_run, dependabot_alert, deployment_review, deployment_status, fork, installation, issues,
    package, ping, pull_request, push, release, repository_dispatch, star, status,
    workflow_dispatch, workflow_run,
};

catalog!(
    /// What the webhook delivers.
    pub enum Webhook {
        CheckRun(check_run::CheckRunDomain),
        DependabotAlert(dependabot_alert::DependabotAlertDomain),
        DeploymentReview(deployment_review::DeploymentReview),
        DeploymentStatus(deployment_status::DeploymentStatus),
        Fork(fork::ForkDomain),
        Installation(installation::InstallationDomain),
        Issues(issues::Issues),
        Package(package::PackageDomain),
        Ping(ping::PingDomain),
        PullRequest(pull_request::PullRequestDomain),
        Push(push::PushDomain),
        Release(release::ReleaseDomain),
        RepositoryDispatch(repository_dispatch::RepositoryDispatchDomain),
        Star(star::Star),
        Status(status::StatusDomain),
        WorkflowDispatch(workflow_dispatch::WorkflowDispatchDomain),
        WorkflowRun(workflow_run::WorkflowRunDomain),
    }
);
