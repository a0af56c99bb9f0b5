//! Text that others wrote, as it may be shown: nothing in it moves a cursor, begins a line, or
//! fills a screen.

use std::borrow::Cow;

/// The first `most` characters of the text, on one line: what controls a terminal or turns the
/// direction of reading is escaped.
pub fn harmless(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most && !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len().min(most));
    for c in text.chars().take(most) {
        if is_hostile(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character does something to what stands around it: controls, separators of lines and
/// paragraphs, and the marks that override the direction of text. (Those are how a source file
/// shows other code than it holds: CVE-2021-42574.)
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
