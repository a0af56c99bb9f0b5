//! One event on its way from the outbox to a target.

/// The place of an event in its outbox. Later events have greater places; there are gaps.
pub type Seq = i64;

/// An event as the relay reads it from the outbox: what delivery decides by, and the envelope,
/// which has the rest.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its place in the outbox.
    pub seq: Seq,
    /// The unique id of the event: 36 characters.
    pub event_id: String,
    /// The name of the event, with dots.
    pub event_type: String,
    /// The version of the event's declaration.
    pub event_version: u32,
    /// The entity that the event is about. Events of one entity are published in order.
    pub entity: Option<EntityKey>,
    /// The envelope: one JSON object, without a line break.
    pub envelope: String,
}

/// The entity of an event.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EntityKey {
    /// The type of the entity.
    pub kind: String,
    /// The id of the entity.
    pub id: String,
}

impl std::fmt::Debug for Message {
    /// Shows no payload and no id of an entity.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Message({} {}@{} {})",
            self.seq, self.event_type, self.event_version, self.event_id
        )
    }
}

impl std::fmt::Debug for EntityKey {
    /// Shows the type only: an id can be personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EntityKey({})", self.kind)
    }
}
