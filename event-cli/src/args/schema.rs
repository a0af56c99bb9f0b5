//! Which schema, and which compatibility, a subcommand is about.

use clap::ValueEnum;
use event_grammar::lock::Mode;
use event_schema::{Contract, Rendering};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeArg {
    /// No reader is asked
    None,
    /// New readers read what was written under the version before
    Backward,
    /// The same, under every version before
    BackwardTransitive,
    /// Readers of the version before read what is written now
    Forward,
    /// The same, of every version before
    ForwardTransitive,
    /// Both, for the version before
    Full,
    /// Both, for every version before
    FullTransitive,
}

impl ModeArg {
    pub(crate) const fn mode(self) -> Mode {
        match self {
            Self::None => Mode::None,
            Self::Backward => Mode::Backward,
            Self::BackwardTransitive => Mode::BackwardTransitive,
            Self::Forward => Mode::Forward,
            Self::ForwardTransitive => Mode::ForwardTransitive,
            Self::Full => Mode::Full,
            Self::FullTransitive => Mode::FullTransitive,
        }
    }
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
