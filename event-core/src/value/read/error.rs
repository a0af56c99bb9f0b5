//! Why input is not what was asked for. Nothing here repeats a value: what is read may be
//! sensitive.

use super::MAX_DEPTH;
use event_grammar::harmless;
use std::fmt;

/// How many objects and lists may be open at once: as many as `serde_json` reads. Beyond
/// [`super::MAX_DEPTH`] they are an event's own object, its envelope and so on.
pub(super) const MOST_OPEN: u32 = 127;

/// How many characters of one key are shown: more than a declared key has, and less than fills a
/// screen.
const MOST_OF_KEY: usize = 64;

/// How many bytes a path has before what is further in is left out.
const MOST_OF_PATH: usize = 512;

/// Why input is not the value that was asked for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    path: String,
    kind: ReadErrorKind,
}

/// What is wrong with input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// It is not JSON.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
    },
    /// A value of another kind stands there.
    Mismatch {
        /// What was asked for.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A number beyond the largest or the smallest.
    OutOfRange {
        /// What was asked for.
        expected: &'static str,
    },
    /// Text that is not of the asked-for form.
    Malformed {
        /// What was asked for.
        expected: &'static str,
    },
    /// Half of a surrogate pair (`"\ud83d"`): the escape is JSON, and there is no such character.
    LoneSurrogate,
    /// A field that must be there is not.
    Missing,
    /// A key stands there twice.
    Duplicate,
    /// A key that is not declared, where unknown keys are refused.
    Unknown,
    /// A variant that is not declared.
    UnknownVariant,
    /// None of the variants of an untagged enum reads the value.
    NoAlternative,
    /// The alternatives of untagged enums within each other were tried too often.
    TooManyAlternatives,
    /// A variant that holds nothing, with content.
    HoldsNothing {
        /// What was asked for.
        expected: &'static str,
    },
    /// Nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH) levels.
    TooDeep,
    /// The text as a whole, such as a record with its envelope, is nested deeper than 127 levels.
    /// What is in it is not read.
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

    /// Where: `shipping.lines[2].sku`, or nothing for the whole input.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same error, one field further out. The key may be the input's own: in the path it is on
    /// one line, and cut where it is long.
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

    /// The same error, at a key that is not shown, since the map is sensitive and so may be its
    /// keys. Nothing further in is shown either.
    #[must_use]
    pub(crate) fn in_hidden_key(mut self) -> Self {
        "[key]".clone_into(&mut self.path);
        self
    }

    /// The same error of a sensitive map as a whole: the key that is there twice is not shown.
    #[must_use]
    pub(crate) fn without_its_key(self) -> Self {
        if self.path.is_empty() { self } else { self.in_hidden_key() }
    }

    /// The same error, of the field `name` as a whole: it is sensitive, and what is further in may
    /// hold keys of the input.
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
            ReadErrorKind::Duplicate => f.write_str("stands there twice"),
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
