//! What a schema is wanted for.

use event_core::meta::shape::Direction;

/// Which schema to make of an event. The default is what a file in a repository is for: what a
/// writer of flat lines promises, in the current dialect.
///
/// ```
/// use event_schema::{Contract, Options};
///
/// let for_readers = Options { contract: Contract::Read, ..Options::default() };
/// assert!(for_readers.annotations);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// The version of JSON Schema.
    pub dialect: Dialect,
    /// Whose side it states.
    pub contract: Contract,
    /// Which rendering of the event it describes.
    pub rendering: Rendering,
    /// Whether what JSON Schema has no word for is said too, in the keyword `x-event`. Without it
    /// the schema has standard keywords only.
    pub annotations: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dialect: Dialect::Draft2020_12,
            contract: Contract::Write,
            rendering: Rendering::Line,
            annotations: true,
        }
    }
}

/// A version of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The current one.
    Draft2020_12,
    /// The one that `AsyncAPI` and most generators of types read.
    Draft07,
}

/// Whose side of the agreement a schema states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contract {
    /// What is written: closed, every key that is always written is required.
    Write,
    /// What is accepted when reading: open, only what a reader must find is required.
    Read,
    /// What a schema registry is given: what readers accept, closed. Whatever is written fits it.
    ///
    /// A registry compares one schema with the next, by rules under which neither side's own schema
    /// can gain an optional field: the writer's requires it, since it writes a `null`; the reader's
    /// is open, so that some other type could have been written under the new key before.
    Registry,
}

/// A rendering of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rendering {
    /// The flat line: the keys of every line, the context, the event's own fields.
    Line,
    /// The event's own fields only.
    Payload,
    /// The nested envelope: the keys of every record, what it is about, the context and the
    /// payload.
    Envelope,
}

impl Dialect {
    /// Both dialects.
    pub const ALL: [Self; 2] = [Self::Draft2020_12, Self::Draft07];

    /// Its name: `2020-12`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft2020_12 => "2020-12",
            Self::Draft07 => "draft-07",
        }
    }

    /// The URI of its metaschema.
    pub(crate) const fn uri(self) -> &'static str {
        match self {
            Self::Draft2020_12 => "https://json-schema.org/draft/2020-12/schema",
            Self::Draft07 => "http://json-schema.org/draft-07/schema#",
        }
    }

    /// The keyword that holds the named types.
    pub(crate) const fn definitions(self) -> &'static str {
        match self {
            Self::Draft2020_12 => "$defs",
            Self::Draft07 => "definitions",
        }
    }
}

impl Contract {
    /// Every contract.
    pub const ALL: [Self; 3] = [Self::Write, Self::Read, Self::Registry];

    /// Its name: `write`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Read => "read",
            Self::Registry => "registry",
        }
    }

    pub(crate) const fn direction(self) -> Direction {
        match self {
            Self::Write => Direction::Write,
            Self::Read | Self::Registry => Direction::Read,
        }
    }

    /// Whether an object has no keys but the declared ones.
    pub(crate) const fn is_closed(self) -> bool {
        matches!(self, Self::Write | Self::Registry)
    }
}

impl Rendering {
    /// Every rendering.
    pub const ALL: [Self; 3] = [Self::Line, Self::Payload, Self::Envelope];

    /// Its name: `line`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Payload => "payload",
            Self::Envelope => "envelope",
        }
    }
}
