//! What issues and pull requests have in common.

use crate::types::account::User;
use event_core::value::Presence;
use event_core::{EventValue, Timestamp};

/// A label.
#[derive(EventValue, Clone, PartialEq)]
pub struct Label {
    pub id: i64,
    pub node_id: String,
    pub url: String,
    pub name: String,
    pub description: Presence<String>,
    pub color: String,
    pub default: bool,
}

/// A milestone.
#[derive(EventValue, Clone, PartialEq)]
pub struct Milestone {
    pub url: String,
    pub html_url: String,
    pub labels_url: String,
    pub id: i64,
    pub node_id: String,
    pub number: i64,
    pub title: String,
    pub description: Option<String>,
    pub creator: User,
    pub open_issues: i64,
    pub closed_issues: i64,
    pub state: OpenState,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub due_on: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

/// How often each reaction was given.
#[derive(EventValue, Clone, PartialEq)]
pub struct Reactions {
    pub url: String,
    pub total_count: i64,
    #[field(rename = "+1")]
    pub plus_one: i64,
    #[field(rename = "-1")]
    pub minus_one: i64,
    pub laugh: i64,
    pub hooray: i64,
    pub confused: i64,
    pub heart: i64,
    pub rocket: i64,
    pub eyes: i64,
}

/// What the author is to the repository.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthorAssociation {
    Collaborator,
    Contributor,
    FirstTimer,
    FirstTimeContributor,
    Mannequin,
    Member,
    None,
    Owner,
}

/// Why a conversation is locked.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum LockReason {
    Resolved,
    #[value(rename = "off-topic")]
    OffTopic,
    #[value(rename = "too heated")]
    TooHeated,
    Spam,
}

/// Whether it is open.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum OpenState {
    Open,
    Closed,
}

/// A link.
#[derive(EventValue, Clone, PartialEq)]
pub struct Link {
    pub href: String,
}
