//! The events: a file for each domain.

pub mod check_run;
pub mod dependabot_alert;
pub mod deployment_review;
pub mod deployment_status;
pub mod fork;
pub mod installation;
pub mod issues;
pub mod package;
pub mod ping;
pub mod pull_request;
pub mod push;
pub mod release;
pub mod repository_dispatch;
pub mod star;
pub mod status;
pub mod workflow_dispatch;
pub mod workflow_run;
