//! Who acts.

use crate::value::Str;
use crate::value::encode::Encoder;
use event_grammar::key_text;

/// Who makes what happens happen: bound as context, it goes with every event in its scope.
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

/// What kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A person.
    User,
    /// Another service, on nobody's behalf.
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

    /// A person, by the key that the user store has.
    pub fn user(id: impl Into<Str<'a>>) -> Self {
        Self::new(ActorKind::User, id)
    }

    /// Another service, by its name.
    pub fn service(id: impl Into<Str<'a>>) -> Self {
        Self::new(ActorKind::Service, id)
    }

    /// A part of the system, by its name.
    pub fn system(id: impl Into<Str<'a>>) -> Self {
        Self::new(ActorKind::System, id)
    }

    /// In the course of which session. Not what authenticates it: a session's secret has no place
    /// in a record.
    #[must_use]
    pub fn session(mut self, id: impl Into<Str<'a>>) -> Self {
        self.session = Some(id.into());
        self
    }

    /// The same actor, to be kept.
    pub fn into_owned(self) -> Actor<'static> {
        Actor {
            kind: self.kind,
            id: self.id.into_owned(),
            session: self.session.map(Str::into_owned),
        }
    }

    /// What kind of actor it is.
    pub const fn kind(&self) -> ActorKind {
        self.kind
    }

    /// Its key or name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// In the course of which session it acts.
    pub fn session_id(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// Writes it as a member.
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
