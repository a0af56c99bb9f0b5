//! The entity that an event is about.

use std::fmt;

/// An entity: what events tell of, by its type and its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoredEntity {
    /// The type that `#[entity(..)]` names: `order`.
    pub kind: String,
    /// The id, as text.
    pub id: String,
}

impl StoredEntity {
    /// The entity of a type and an id.
    pub fn new(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self { kind: kind.into(), id: id.into() }
    }
}

impl fmt::Display for StoredEntity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.id)
    }
}
