//! Text that others wrote, as it may be shown: nothing in it moves a cursor, begins a line, or fills a screen.

use std::borrow::Cow;

/// How many characters of one text are shown. Documents hold all of it.
const SHOWN: usize = 2_000;

/// The text on one line: what controls a terminal or turns the direction of reading is escaped, and a long text is cut.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if text.len() <= SHOWN && !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len().min(SHOWN));
    for c in text.chars().take(SHOWN) {
        if is_hostile(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    let more = text.chars().count().saturating_sub(SHOWN);
    if more > 0 {
        shown.extend(["… (", &more.to_string(), " more characters)"]);
    }
    Cow::Owned(shown)
}

/// Whether a character does something to what stands around it: controls, separators of lines and paragraphs, and the marks that override the direction of text.
/// (Those are how a source file shows other code than it holds: CVE-2021-42574.)
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, is_hostile, shown};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_is_one_harmless_line(text in any::<String>()) {
            let shown = shown(&text);
            prop_assert!(!shown.chars().any(is_hostile));
            prop_assert!(text.chars().any(is_hostile) || *shown == text, "harmless text is as it was");
        }
    }

    #[test]
    fn long_text_is_cut() {
        let long = "é".repeat(SHOWN + 7);
        assert!(shown(&long).ends_with("é… (7 more characters)"));
        assert_eq!(shown(&"a".repeat(SHOWN)), "a".repeat(SHOWN));
    }
}
