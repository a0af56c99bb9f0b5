//! Values that have one form or another, and nothing that says which.

use crate::types::account::{Team, User};
use event_core::{EventValue, Timestamp};

/// A point in time. Older payloads have seconds, newer ones text.
#[derive(EventValue, Clone, PartialEq)]
#[value(untagged)]
pub enum Moment {
    /// Since 1970.
    Seconds(i64),
    /// RFC 3339.
    Text(Timestamp),
}

/// What an organization says of a repository.
#[derive(EventValue, Clone, PartialEq)]
#[value(untagged)]
pub enum PropertyValue {
    /// One text.
    Text(String),
    /// Several.
    List(Vec<String>),
}

/// Who is asked to review: a person, or a team of them.
#[derive(EventValue, Clone, PartialEq)]
#[value(untagged)]
pub enum Reviewer {
    User(User),
    Team(Team),
}
