//! Pings.

use crate::types::account::{Organization, User};
use crate::types::app::EventName;
use crate::types::repository::Repository;
use event_core::{Timestamp, events};
use serde_json::Value;

events!(
    /// A new webhook, which tries its receiver.
    #[domain(rename = "ping", optional(action, status))]
    pub enum PingDomain {}

    /// A webhook has been made.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct Ping {
        pub zen: String,
        #[entity(hook)]
        pub hook_id: i64,
        pub hook: Hook,
        #[field(skip_none)]
        pub repository: Option<Repository>,
        #[field(skip_none)]
        pub sender: Option<User>,
        #[field(skip_none)]
        pub organization: Option<Organization>,
    }

    /// The webhook itself.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Hook {
        pub r#type: HookType,
        pub id: i64,
        pub name: String,
        pub active: bool,
        #[field(skip_none)]
        pub app_id: Option<i64>,
        pub events: Vec<EventName>,
        pub config: HookConfig,
        pub updated_at: Timestamp,
        pub created_at: Timestamp,
        pub url: String,
        #[field(skip_none)]
        pub test_url: Option<String>,
        pub ping_url: String,
        #[field(skip_none)]
        pub deliveries_url: Option<String>,
        #[field(skip_none)]
        pub last_response: Option<HookResponse>,
    }

    /// What a webhook belongs to.
    #[value]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum HookType {
        Repository,
        Organization,
        App,
    }

    /// How a webhook is delivered.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct HookConfig {
        pub content_type: ContentType,
        #[field(skip_none, public)]
        pub secret: Option<String>,
        pub url: String,
        pub insecure_ssl: InsecureSsl,
    }

    /// How a payload is sent.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum ContentType {
        Json,
        Form,
    }

    /// Whether certificates are left unchecked.
    #[value]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum InsecureSsl {
        #[value(rename = "0")]
        No,
        #[value(rename = "1")]
        Yes,
    }

    /// What the receiver answered last.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct HookResponse {
        pub code: Option<Value>,
        pub status: String,
        pub message: Option<Value>,
    }
);
