//! The owner of an event, and its place in the event's life cycle.

use crate::model::setters::setters;
use event_grammar::Stability;

/// The owner of an event, and its place in the event's life cycle.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Governance {
    /// The team that owns the event.
    pub owner: Option<&'static str>,
    /// The stability of the event's declaration.
    pub stability: Option<Stability>,
    /// The version of the catalog that added the event.
    pub since: Option<&'static str>,
    /// The reason not to use the event any more.
    pub deprecated: Option<&'static str>,
    /// The event to use instead: its name in snake case.
    pub replaced_by: Option<&'static str>,
    /// The day on which the event should be gone, `YYYY-MM-DD`.
    pub expires: Option<&'static str>,
    /// How long records are kept: `90d`.
    pub retention: Option<&'static str>,
}

impl Governance {
    /// No word of governance is declared.
    pub const NONE: Self = Self {
        owner: None,
        stability: None,
        since: None,
        deprecated: None,
        replaced_by: None,
        expires: None,
        retention: None,
    };

    setters! {
        owner: Some(&'static str),
        stability: Some(Stability),
        since: Some(&'static str),
        deprecated: Some(&'static str),
        replaced_by: Some(&'static str),
        expires: Some(&'static str),
        retention: Some(&'static str),
    }
}
