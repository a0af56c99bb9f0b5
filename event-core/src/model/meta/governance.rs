//! Who answers for an event, and where it is in its life.

use crate::model::setters::setters;
use event_grammar::Stability;

/// Who answers for an event, and where it is in its life.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Governance {
    /// The team that answers for it.
    pub owner: Option<&'static str>,
    /// How settled it is.
    pub stability: Option<Stability>,
    /// The version of the catalog that brought it.
    pub since: Option<&'static str>,
    /// Why it should not be used any more.
    pub deprecated: Option<&'static str>,
    /// The name (in snake case) of the event to use instead.
    pub replaced_by: Option<&'static str>,
    /// The day from which it should be gone, `YYYY-MM-DD`.
    pub expires: Option<&'static str>,
    /// How long records are kept: `90d`.
    pub retention: Option<&'static str>,
}

impl Governance {
    /// Nothing said.
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
