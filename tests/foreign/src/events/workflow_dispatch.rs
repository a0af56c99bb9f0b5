//! Workflows that are started by hand.

use crate::types::source::Source;
use event_core::events;
use serde_json::Value;
use std::collections::BTreeMap;

events!(
    /// Workflows that a user starts by hand.
    #[domain(rename = "workflow_dispatch", optional(action, status))]
    pub enum WorkflowDispatchDomain {}

    /// A user starts a workflow.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct WorkflowDispatch {
        pub inputs: Option<BTreeMap<String, Value>>,
        pub r#ref: String,
        #[field(dictionary = "here it is the path of its file")]
        pub workflow: String,
        #[group]
        pub source: Source,
    }
);
