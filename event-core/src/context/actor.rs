//! The actor: the user, service or system that acts.

use crate::value::Str;
use crate::value::encode::Encoder;
use event_grammar::key_text;

/// The user, service or system that acts. Every event in the scope of a bound actor carries it.
///
/// ```
/// use event_core::context::Actor;
///
/// let _acting = Actor::user("usr_7").session("ses_1").enter();
/// // .. events emitted here say `"actor":{"type":"user","id":"usr_7","session_id":"ses_1"}` ..
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor<'a> {
    kind: ActorKind,
    id: Str<'a>,
    session: Option<Str<'a>>,
}

/// The kind of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A person.
    User,
    /// Another service that acts for itself.
    Service,
    /// The system itself: a timer, a migration.
    System,
}

impl ActorKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::User, Self::Service, Self::System];

    /// The word written in records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Service => "service",
            Self::System => "system",
        }
    }
}

impl<'a> Actor<'a> {
    /// An actor of any kind.
    pub fn new(kind: ActorKind, id: impl Into<Str<'a>>) -> Self {
        Self { kind, id: id.into(), session: None }
    }

    /// A person. `id` is the person's key in the user store.
    pub fn user(id: impl Into<Str<'a>>) -> Self {
        Self::new(ActorKind::User, id)
    }

    /// Another service. `id` is the service's name.
    pub fn service(id: impl Into<Str<'a>>) -> Self {
        Self::new(ActorKind::Service, id)
    }

    /// A part of the system. `id` is the name of the part.
    pub fn system(id: impl Into<Str<'a>>) -> Self {
        Self::new(ActorKind::System, id)
    }

    /// Sets the id of the session in which the actor acts. Do not use the session's secret: it must
    /// not be in a record.
    #[must_use]
    pub fn session(mut self, id: impl Into<Str<'a>>) -> Self {
        self.session = Some(id.into());
        self
    }

    /// Converts the actor to one that owns its texts.
    pub fn into_owned(self) -> Actor<'static> {
        Actor {
            kind: self.kind,
            id: self.id.into_owned(),
            session: self.session.map(Str::into_owned),
        }
    }

    /// The kind of the actor.
    pub const fn kind(&self) -> ActorKind {
        self.kind
    }

    /// The actor's key or name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The id of the session in which the actor acts.
    pub fn session_id(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// Writes the actor as a member.
    pub(super) fn encode_member(&self, out: &mut Encoder) {
        out.json(key_text!(",\"", Actor in Line, "\":{\"", ActorType in Actor, "\":\""));
        out.json(self.kind.as_str());
        out.json(key_text!("\",\"", ActorId in Actor, "\":"));
        out.text(&self.id);
        if let Some(session) = &self.session {
            out.text_member(key_text!(ActorSession in Actor), session);
        }
        out.json("}");
    }
}
