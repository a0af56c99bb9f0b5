//! Events that a user of the API makes.

use crate::types::source::Source;
use event_core::events;
use serde_json::Value;
use std::collections::BTreeMap;

events!(
    /// Events that users of the API ask for.
    #[domain(rename = "repository_dispatch", optional(action, status))]
    pub enum RepositoryDispatchDomain {}

    /// A user of the API asks for an event, with a name and content of its own.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct RepositoryDispatch {
        #[field(dictionary = "here it is a name that the user of the API chooses")]
        pub action: String,
        pub branch: String,
        pub client_payload: BTreeMap<String, Value>,
        #[group]
        pub source: Source,
    }
);
