//! Runs of workflows.

use crate::types::run::{Workflow, WorkflowRun};
use crate::types::source::{Action, Source};
use event_core::events;

events!(
    /// Workflows that run.
    #[domain(rename = "workflow_run", optional(action))]
    pub enum WorkflowRunDomain {}

    /// A workflow has ended.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct WorkflowRunCompleted {
        pub action: Action,
        pub workflow: Workflow,
        pub workflow_run: WorkflowRun,
        #[group]
        pub source: Source,
    }
);
