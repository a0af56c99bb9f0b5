//! Untrusted text in Markdown: it stays on its line and does not become markup.

/// As code. The fence is longer than any run of backticks in the text.
pub(crate) fn code(text: &str) -> String {
    let text = on_one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A backtick next to the fence would become part of it.
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// As prose.
pub(crate) fn prose(text: &str) -> String {
    let escaped = on_one_line(text).chars().fold(String::new(), |mut escaped, c| {
        if r"\`*_[]<&".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
        escaped
    });
    escaped.trim().to_owned()
}

fn on_one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{code, prose};

    #[test]
    fn nothing_that_others_wrote_is_markup() {
        assert_eq!(code("text?"), "`text?`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(prose("see <b> in\n[PAY_12](x)\n"), r"see \<b> in \[PAY\_12\](x)");
    }
}
