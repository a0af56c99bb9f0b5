//! Makes untrusted text safe to show: it cannot move the cursor, begin a new line or fill the
//! screen.

use std::borrow::Cow;

/// The first `most` characters of the text, on one line. Characters that control a terminal or
/// change the direction of text are escaped.
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

/// Whether a character affects the text around it: control characters, line and paragraph
/// separators, and the marks that override the direction of text. (With such marks a source file
/// can show code that it does not hold: CVE-2021-42574.)
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
