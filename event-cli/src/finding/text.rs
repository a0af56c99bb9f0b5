//! Untrusted text, made safe for a terminal.

use std::borrow::Cow;

/// How many characters of one text are shown. Documents contain the whole text.
const SHOWN: usize = 2_000;

/// The text on one line. Characters that control a terminal or change the reading direction are
/// escaped, and a long text is cut.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    let shown = event_grammar::harmless(text, SHOWN);
    match text.chars().count().saturating_sub(SHOWN) {
        0 => shown,
        more => Cow::Owned(format!("{shown}… ({more} more characters)")),
    }
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, shown};
    use event_grammar::is_hostile;
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
