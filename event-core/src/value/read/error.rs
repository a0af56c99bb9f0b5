//! Why input cannot be read. Errors never contain a value, because the input may be sensitive.

use super::MAX_DEPTH;
use event_grammar::harmless;
use std::fmt;

/// How many objects and lists may be open at once: as many as `serde_json` reads. The levels beyond
/// [`super::MAX_DEPTH`] are for an event's own object, its envelope and so on.
pub(super) const MOST_OPEN: u32 = 127;

/// How many characters of one key are shown: more than a declared key has, and less than a screen.
const MOST_OF_KEY: usize = 64;

/// The maximum length of a path, in bytes. The inner steps beyond it are left out.
const MOST_OF_PATH: usize = 512;

/// Why input cannot be read as the requested value, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    path: String,
    kind: ReadErrorKind,
}

/// What is wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The input is not JSON.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
    },
    /// The value has another kind.
    Mismatch {
        /// The expected kind.
        expected: &'static str,
        /// The kind that was found.
        found: &'static str,
    },
    /// The number is out of range.
    OutOfRange {
        /// The expected type.
        expected: &'static str,
    },
    /// The text does not have the expected format.
    Malformed {
        /// The expected format.
        expected: &'static str,
    },
    /// Half of a surrogate pair (`"\ud83d"`): valid JSON, but not a character.
    LoneSurrogate,
    /// A required field is missing.
    Missing,
    /// A key occurs twice.
    Duplicate,
    /// A key is not declared, in a place that refuses unknown keys.
    Unknown,
    /// A variant is not declared.
    UnknownVariant,
    /// None of the variants of an untagged enum can read the value.
    NoAlternative,
    /// The alternatives of nested untagged enums were tried too often.
    TooManyAlternatives,
    /// A variant without content has content.
    HoldsNothing {
        /// The expected form.
        expected: &'static str,
    },
    /// The value is nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH) levels.
    TooDeep,
    /// The whole text, such as a record with its envelope, is nested deeper than 127 levels. Its
    /// content is not read.
    TextTooDeep,
}

impl ReadError {
    /// An error at the value itself.
    pub const fn new(kind: ReadErrorKind) -> Self {
        Self { path: String::new(), kind }
    }

    /// What is wrong.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.kind
    }

    /// The path of the error, such as `shipping.lines[2].sku`; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same error, one field further out. The key may come from the input: the path shows it on
    /// one line, and truncates a long key.
    #[must_use]
    pub fn in_field(self, name: &str) -> Self {
        let key = harmless(name, MOST_OF_KEY);
        if name.chars().nth(MOST_OF_KEY).is_some() {
            self.within(format!("{key}…"))
        } else {
            self.within(key.into_owned())
        }
    }

    /// The same error, one list further out.
    #[must_use]
    pub fn in_item(self, at: usize) -> Self {
        self.within(format!("[{at}]"))
    }

    /// The same error, at a hidden key: the map is sensitive, so its keys may be too. The inner
    /// path is hidden as well.
    #[must_use]
    pub(crate) fn in_hidden_key(mut self) -> Self {
        "[key]".clone_into(&mut self.path);
        self
    }

    /// The same error of a sensitive map as a whole: a duplicate key is not shown.
    #[must_use]
    pub(crate) fn without_its_key(self) -> Self {
        if self.path.is_empty() { self } else { self.in_hidden_key() }
    }

    /// The same error, of the field `name` as a whole: the field is sensitive, and the inner path
    /// may contain keys of the input.
    #[must_use]
    pub(crate) fn of_whole_field(mut self, name: &str) -> Self {
        self.path.clear();
        self.in_field(name)
    }

    fn within(mut self, step: String) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = step + separator + &self.path;
        if self.path.len() > MOST_OF_PATH {
            let end = self
                .path
                .char_indices()
                .map(|(at, _)| at)
                .take_while(|at| *at <= MOST_OF_PATH)
                .last();
            self.path.truncate(end.unwrap_or_default());
            self.path.push('…');
        }
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        match &self.kind {
            ReadErrorKind::Syntax { line, column } => {
                write!(f, "not JSON, at line {line} column {column}")
            }
            ReadErrorKind::Mismatch { expected, found } => {
                write!(f, "expected {expected}, found {found}")
            }
            ReadErrorKind::OutOfRange { expected } => {
                write!(f, "the number does not fit {expected}")
            }
            ReadErrorKind::Malformed { expected } => write!(f, "the text is not {expected}"),
            ReadErrorKind::LoneSurrogate => {
                f.write_str("the text has half of a surrogate pair, which is no character")
            }
            ReadErrorKind::Missing => f.write_str("missing"),
            ReadErrorKind::Duplicate => f.write_str("occurs twice"),
            ReadErrorKind::Unknown => f.write_str("is not declared"),
            ReadErrorKind::UnknownVariant => f.write_str("the variant is not declared"),
            ReadErrorKind::NoAlternative => f.write_str("none of the declared alternatives"),
            ReadErrorKind::TooManyAlternatives => f.write_str(
                "finding the alternatives of its untagged enums takes too long: they are nested \
                 too deep",
            ),
            ReadErrorKind::HoldsNothing { expected } => {
                write!(f, "the variant holds nothing: expected {expected}")
            }
            ReadErrorKind::TooDeep => write!(f, "nested deeper than {MAX_DEPTH} levels"),
            ReadErrorKind::TextTooDeep => {
                write!(f, "the record is nested deeper than {MOST_OPEN} levels")
            }
        }
    }
}

impl std::error::Error for ReadError {}
