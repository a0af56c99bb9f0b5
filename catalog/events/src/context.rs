//! Context groups. A group is bound once for a scope; every event in the scope that names the group
//! carries it.

use std::collections::BTreeMap;

use event_core::{Str, events};
use serde_json::Value;

events!(
    /// What ties requests together where nothing else about them is known.
    #[group(context)]
    pub struct CorrelationContext<'a> {
        /// Ties together the requests of several services that serve one purpose.
        pub correlation_id: Str<'a>,
    }

    /// A signed-in visitor's session, bound while one of its requests is served.
    #[group(context)]
    pub struct SessionContext<'a> {
        /// Tells this request from all others.
        pub request_id: Str<'a>,
        /// Who visits.
        pub user_id: Str<'a>,
        /// Tells this visit from the user's other ones.
        // It counts visits. It cannot be used to sign in: the cookie has another id.
        #[field(public)]
        pub session_id: Str<'a>,
    }

    /// The customer organisation that a user works for.
    #[group(context)]
    pub struct TenantContext<'a> {
        /// Who acts.
        pub user_id: Str<'a>,
        /// What the user may do there.
        #[field(example = "admin")]
        pub user_role: Str<'a>,
        /// The organisation, which keeps its data apart from that of all others.
        pub tenant_id: Str<'a>,
    }

    /// The order being fulfilled.
    #[group(context)]
    pub struct OrderContext<'a> {
        /// The order that every step is about.
        #[entity]
        #[field(example = "ord_9f2c8a")]
        pub order_id: Str<'a>,
    }

    /// The background task being run, bound by the worker.
    #[group(context)]
    pub struct TaskContext<'a> {
        /// This run of the task.
        #[entity]
        pub task_id: Str<'a>,
    }

    /// Where a background task comes from, bound by the worker out of what the caller sent along.
    #[group(context, skip_none)]
    pub struct CallerContext<'a> {
        /// The task that enqueued this one, absent when none did.
        pub parent_task_id: Option<Str<'a>>,
        /// What the caller had bound when it enqueued the task, by field name.
        pub caller: Option<BTreeMap<String, Value>>,
    }
);
