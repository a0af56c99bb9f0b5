//! The line that a finding points at, where its file can be read. (`annotate-snippets` lays out
//! many lines with many labels; this is one line with one.)

use super::place::Place;
use event_grammar::is_hostile;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// How much of a file is looked through for the line: sources are shorter, and what is not one must
/// not be read whole.
const READ: u64 = 4 << 20;

/// How long a line may be to be shown.
const WIDTH: usize = 160;

/// A line with a part of it marked.
pub(super) struct Snippet {
    /// The line's number.
    pub(super) line: u32,
    /// The line, each character one column wide.
    pub(super) text: String,
    /// How many characters are before the part.
    before: usize,
    /// How many the part has.
    marked: usize,
}

/// The line of a place that has a column; lines of input, which have none, may hold what must not
/// be repeated.
pub(super) fn of(place: &Place, directory: &Path) -> Option<Snippet> {
    let (line, column) = (place.line?, place.column?);
    let file = File::open(directory.join(&place.file)).ok()?;
    let mut lines = BufReader::new(file.take(READ)).lines();
    let text = lines.nth(usize::try_from(line).ok()?.checked_sub(1)?)?.ok()?;
    let before = usize::try_from(column).ok()?.checked_sub(1)?;
    let length = text.chars().count();
    if before >= length || length > WIDTH {
        return None;
    }
    let marked = match place.end_column {
        Some(end) => usize::try_from(end.saturating_sub(column)).ok()?,
        None => text.chars().skip(before).take_while(|c| c.is_alphanumeric() || *c == '_').count(),
    };
    let text = text.chars().map(|c| if is_hostile(c) { ' ' } else { c }).collect();
    Some(Snippet { line, text, before, marked: marked.clamp(1, length - before) })
}

impl Snippet {
    /// How wide the number is.
    pub(super) fn gutter(&self) -> usize {
        self.line.to_string().len()
    }

    pub(super) fn indent(&self) -> String {
        " ".repeat(self.before)
    }

    pub(super) fn carets(&self) -> String {
        "^".repeat(self.marked)
    }
}
