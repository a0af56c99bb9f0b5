//! Validates values against a schema, with the evaluator that also checks witnesses.

use crate::arena::Arena;
use crate::explain::{Side, explain};
use crate::lower::{Excused, Lowered, lower};
use crate::part::{Part, built};
use crate::prepared::Prepared;
use crate::source::{Source, Unreadable, child};
use crate::tri::Tri;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Why a value is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValidationError {
    /// A keyword refuses the value.
    Keyword {
        /// The part of the value, as a JSON pointer: the property, if it is one that the schema
        /// does not allow.
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

/// A schema that is compiled once, to validate many values.
///
/// Threads may share it: validating changes nothing in it.
///
/// ```
/// use schema_compat::{ValidationError, Validator};
/// use serde_json::json;
///
/// let validator = Validator::new(&json!({"properties": {"id": {"type": "string"}}})).unwrap();
/// assert_eq!(validator.validate(&json!({"id": "a"})), Ok(()));
/// let refusal = ValidationError::Keyword { at: "/id".into(), keyword: "/properties/id/type".into() };
/// assert_eq!(validator.validate(&json!({"id": 7})), Err(refusal));
/// ```
#[derive(Debug)]
pub struct Validator {
    schema: Value,
    arena: Arena,
    lowered: Lowered,
    prepared: Prepared,
}

impl Validator {
    /// Compiles a schema.
    ///
    /// # Errors
    ///
    /// [`ValidationError::NoSchema`] if the schema is not valid.
    pub fn new(schema: &Value) -> Result<Self, ValidationError> {
        let source = Source::new(schema, "").map_err(|error| unreadable(&error))?;
        let mut arena = Arena::default();
        let lowered =
            lower(&mut arena, &source, &Excused::default()).map_err(|error| unreadable(&error))?;
        let prepared = Prepared::new(&arena, lowered.root);
        Ok(Self { schema: schema.clone(), arena, lowered, prepared })
    }

    /// Validates a value.
    ///
    /// # Errors
    ///
    /// If the value is not valid, or if that cannot be decided. An error names places and keywords;
    /// of the value it has the names of properties at most.
    pub fn validate(&self, value: &Value) -> Result<(), ValidationError> {
        match self.answer(Part::Value(value)) {
            Tri::True => Ok(()),
            Tri::Unknown => Err(ValidationError::Undecided),
            Tri::False => Err(self.refusal(value)),
        }
    }

    /// Validates an object that has these members, without building it.
    ///
    /// ```
    /// use schema_compat::Validator;
    /// use serde_json::json;
    /// use std::collections::BTreeMap;
    ///
    /// let validator = Validator::new(&json!({"required": ["id"]})).unwrap();
    /// assert_eq!(validator.validate_members(&BTreeMap::from([("id", &json!(7))])), Ok(()));
    /// ```
    ///
    /// # Errors
    ///
    /// As [`validate`](Self::validate).
    pub fn validate_members(
        &self,
        members: &BTreeMap<&str, &Value>,
    ) -> Result<(), ValidationError> {
        match self.answer(Part::Object(members)) {
            Tri::True => Ok(()),
            Tri::Unknown => Err(ValidationError::Undecided),
            Tri::False => Err(self.refusal(&built(members))),
        }
    }

    /// Whether the schema refuses an object that has these members: [`validate_members`] is an
    /// error other than [`ValidationError::Undecided`]. It is quicker, because it does not look
    /// for the keyword.
    ///
    /// [`validate_members`]: Self::validate_members
    pub fn refuses_members(&self, members: &BTreeMap<&str, &Value>) -> bool {
        self.answer(Part::Object(members)) == Tri::False
    }

    fn answer(&self, part: Part<'_>) -> Tri {
        self.arena.evaluate_prepared(self.lowered.root, part, Some(&self.prepared))
    }

    fn refusal(&self, value: &Value) -> ValidationError {
        let source = match Source::new(&self.schema, "") {
            Ok(source) => source,
            Err(error) => return unreadable(&error),
        };
        let side = Side { source: &source, lowered: &self.lowered };
        let (at, keyword) =
            explain(&self.arena, &side, value).map_or_else(Default::default, |failure| {
                let tokens = failure.path.iter().chain(&failure.property);
                let at = tokens.fold(String::new(), |path, token| child(&path, token));
                (at, failure.pointer)
            });
        ValidationError::Keyword { at, keyword }
    }
}

fn unreadable(error: &Unreadable) -> ValidationError {
    let place = if error.pointer.is_empty() { "#" } else { &error.pointer };
    ValidationError::NoSchema { what: format!("`{place}` {}", error.what) }
}

/// Validates one value against a schema. For many values, a [`Validator`] compiles the schema once.
///
/// ```
/// use schema_compat::validate;
/// use serde_json::json;
///
/// let schema = json!({"properties": {"id": {"type": "string"}}});
/// assert_eq!(validate(&schema, &json!({"id": "a"})), Ok(()));
/// ```
///
/// # Errors
///
/// If the schema is not valid, the value is not valid, or that cannot be decided.
pub fn validate(schema: &Value, value: &Value) -> Result<(), ValidationError> {
    Validator::new(schema)?.validate(value)
}
