//! Validates a value against a schema, with the evaluator that also checks witnesses.

use crate::arena::Arena;
use crate::explain::{Side, explain};
use crate::lower::{Excused, lower};
use crate::source::{Source, child};
use crate::tri::Tri;
use serde_json::Value;
use std::fmt;

/// Why a value is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValidationError {
    /// A keyword refuses the value.
    Keyword {
        /// The part of the value, as a JSON pointer.
        at: String,
        /// The keyword in the schema, as a JSON pointer.
        keyword: String,
    },
    /// The schema has a part that cannot be decided, such as the format of a text.
    Undecided,
    /// The schema is not valid.
    NoSchema {
        /// What is wrong, and where.
        what: String,
    },
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyword { at, keyword } => {
                write!(f, "`{at}` is refused by `{keyword}` of the schema")
            }
            Self::Undecided => f.write_str("the schema has a part that cannot be decided"),
            Self::NoSchema { what } => write!(f, "the schema cannot be read: {what}"),
        }
    }
}

impl std::error::Error for ValidationError {}

/// Validates a value against a schema.
///
/// ```
/// use schema_compat::{ValidationError, validate};
/// use serde_json::json;
///
/// let schema = json!({"properties": {"id": {"type": "string"}}});
/// assert_eq!(validate(&schema, &json!({"id": "a"})), Ok(()));
/// let refusal = ValidationError::Keyword { at: "/id".into(), keyword: "/properties/id/type".into() };
/// assert_eq!(validate(&schema, &json!({"id": 7})), Err(refusal));
/// ```
///
/// # Errors
///
/// If the value is not valid, or if that cannot be decided.
pub fn validate(schema: &Value, value: &Value) -> Result<(), ValidationError> {
    let unreadable = |error: crate::source::Unreadable| {
        let place = if error.pointer.is_empty() { "#" } else { &error.pointer };
        ValidationError::NoSchema { what: format!("`{place}` {}", error.what) }
    };
    let source = Source::new(schema, "").map_err(unreadable)?;
    let mut arena = Arena::default();
    let lowered = lower(&mut arena, &source, &Excused::default()).map_err(unreadable)?;
    match arena.evaluate(lowered.root, value) {
        Tri::True => Ok(()),
        Tri::Unknown => Err(ValidationError::Undecided),
        Tri::False => {
            let side = Side { source: &source, lowered };
            let (at, keyword) =
                explain(&arena, &side, value).map_or_else(Default::default, |failure| {
                    (
                        failure.path.iter().fold(String::new(), |path, token| child(&path, token)),
                        failure.pointer,
                    )
                });
            Err(ValidationError::Keyword { at, keyword })
        }
    }
}
