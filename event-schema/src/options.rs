//! Options of a schema.

use event_core::meta::shape::Direction;

/// Which schema to make of an event. The default is the schema for a file in a repository: the
/// promise of a writer of flat lines, in the current dialect.
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
    /// The side of the contract.
    pub contract: Contract,
    /// The rendering of the event.
    pub rendering: Rendering,
    /// Whether the schema has the keyword `x-event`, for facts that JSON Schema has no word for.
    /// Without it, the schema has standard keywords only.
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
    /// The current version.
    Draft2020_12,
    /// The version that `AsyncAPI` and most generators of types read.
    Draft07,
}

/// The side of the contract that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contract {
    /// What is written. The schema is closed; every key that is always written is required.
    Write,
    /// What a reader accepts. The schema is open; only keys that a reader must find are required.
    Read,
    /// The schema for a schema registry: what readers accept, but closed. Everything that is
    /// written matches it.
    ///
    /// A registry compares one schema with the next. By its rules neither the writer's nor the
    /// reader's schema can gain an optional field: the writer's schema requires the field, because
    /// a writer writes `null`; the reader's schema is open, so a value of another type could have
    /// been written under the new key before.
    Registry,
}

/// A rendering of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rendering {
    /// The flat line: the keys of every line, the context, the event's own fields.
    Line,
    /// The event's own fields only.
    Payload,
    /// The nested envelope: the keys of every record, the entity, the context and the payload.
    Envelope,
}

impl Dialect {
    /// Both dialects.
    pub const ALL: [Self; 2] = [Self::Draft2020_12, Self::Draft07];

    /// The name of the dialect: `2020-12`.
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

    /// The name of the contract: `write`.
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

    /// Whether an object has only the declared keys.
    pub(crate) const fn is_closed(self) -> bool {
        matches!(self, Self::Write | Self::Registry)
    }
}

impl Rendering {
    /// Every rendering.
    pub const ALL: [Self; 3] = [Self::Line, Self::Payload, Self::Envelope];

    /// The name of the rendering: `line`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Payload => "payload",
            Self::Envelope => "envelope",
        }
    }
}
