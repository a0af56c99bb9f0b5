//! The source line of a finding, if its file can be read. (`annotate-snippets` lays out many lines
//! with many labels; this is one line with one label.)

use super::place::Place;
use event_grammar::is_hostile;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// How much of a file is read to find the line. Sources are shorter, and a file that is not a
/// source must not be read whole.
const READ: u64 = 4 << 20;

/// The longest line that is shown.
const WIDTH: usize = 160;

/// A line with a marked part.
pub(super) struct Snippet {
    /// The line's number.
    pub(super) line: u32,
    /// The line; each character is one column wide.
    pub(super) text: String,
    /// The number of characters before the marked part.
    before: usize,
    /// The number of characters in the marked part.
    marked: usize,
}

/// The line of a place that has a column. Lines of input have no column and may be sensitive, so
/// they are not shown.
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
    /// The width of the line number.
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
