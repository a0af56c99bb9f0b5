//! Why an event has no schema.

use event_core::meta::EventMeta;
use std::fmt;

/// An event without a schema, and the reason.
#[derive(Clone, Debug)]
pub struct SchemaError {
    /// The event.
    pub event: &'static EventMeta,
    /// The error.
    pub kind: SchemaErrorKind,
}

/// The kinds of error in a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaErrorKind {
    /// Two types of one event have the same name in schemas.
    NameClash {
        /// The name.
        name: String,
        /// The origin of the first type.
        first: String,
        /// The origin of the second type.
        second: String,
    },
    /// Two fields, or a field and an alias, have the same key.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// An example is not JSON.
    Example {
        /// The field with the example.
        field: String,
    },
    /// A variant of an internally tagged enum has content that is not an object, so there is no
    /// place for the tag.
    TagWithoutKeys {
        /// The enum.
        name: String,
        /// The variant.
        variant: String,
    },
}

impl SchemaError {
    /// The code of the error, for `explain`.
    pub const fn code(&self) -> &'static str {
        match self.kind {
            SchemaErrorKind::NameClash { .. } => "EV0101",
            SchemaErrorKind::DuplicateKey { .. } => "EV0104",
            SchemaErrorKind::Example { .. } => "EV0105",
            SchemaErrorKind::TagWithoutKeys { .. } => "EV0106",
        }
    }

    /// How to fix the error.
    pub fn help(&self) -> String {
        match &self.kind {
            SchemaErrorKind::NameClash { name, .. } => {
                format!(
                    "give one of them another name in schemas: `#[value(rename = \"Other{name}\")]`, or schemars' own `rename` on a foreign type"
                )
            }
            SchemaErrorKind::DuplicateKey { key } => {
                format!("rename one of them: `#[field(rename = \"other_{key}\")]`, or leave one of the groups out")
            }
            SchemaErrorKind::Example { .. } => {
                "an example is one JSON value; write a text in quotes, `#[field(example = \"abc\")]`".to_owned()
            }
            SchemaErrorKind::TagWithoutKeys { .. } => {
                "tag it adjacently, `#[value(tag = \"type\", content = \"data\")]`, or let the variant hold a struct"
                    .to_owned()
            }
        }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` v{}: ", self.event.name.snake, self.event.version)?;
        match &self.kind {
            SchemaErrorKind::NameClash { name, first, second } => {
                write!(
                    f,
                    "two types are called `{name}` in its schema, one from {first}, one from \
                     {second}"
                )
            }
            SchemaErrorKind::DuplicateKey { key } => {
                write!(f, "two of its fields have the key `{key}`")
            }
            SchemaErrorKind::Example { field } => write!(f, "the example of `{field}` is not JSON"),
            SchemaErrorKind::TagWithoutKeys { name, variant } => {
                write!(
                    f,
                    "the variant `{variant}` of `{name}` holds no object that could have the \
                     tag"
                )
            }
        }
    }
}

impl std::error::Error for SchemaError {}
