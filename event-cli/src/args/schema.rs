//! Which schema, and which compatibility, a subcommand is about.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use event_grammar::lock::Mode;
use event_schema::{Contract, Rendering};

/// A compatibility mode, by its word.
pub(crate) fn mode() -> impl TypedValueParser<Value = Mode> {
    let modes = Mode::ALL.map(|mode| PossibleValue::new(mode.as_str()).help(mode.meaning()));
    PossibleValuesParser::new(modes)
        .try_map(|word| Mode::from_word(&word).ok_or("not a compatibility mode"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ContractArg {
    /// What writers promise: closed
    Write,
    /// What readers accept: open
    Read,
    /// What a schema registry is given: what readers accept, closed
    Registry,
}

impl ContractArg {
    pub(crate) const fn contract(self) -> Contract {
        match self {
            Self::Write => Contract::Write,
            Self::Read => Contract::Read,
            Self::Registry => Contract::Registry,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RenderingArg {
    /// The whole flat line
    Line,
    /// The event's own fields
    Payload,
    /// The nested envelope
    Envelope,
}

impl RenderingArg {
    pub(crate) const fn rendering(self) -> Rendering {
        match self {
            Self::Line => Rendering::Line,
            Self::Payload => Rendering::Payload,
            Self::Envelope => Rendering::Envelope,
        }
    }
}
