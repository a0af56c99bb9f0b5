//! Escapes text for generated Markdown, so that no text breaks a table or becomes a link.

/// Text as code, in as many backticks as necessary.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // Markdown removes one space at each end. The spaces separate the delimiters from backticks of
    // the text.
    let space = if text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Text with everything escaped that Markdown or rustdoc would interpret.
pub(super) fn prose(text: &str) -> String {
    let mut prose = String::new();
    for c in text.replace(['\n', '\r'], " ").trim().chars() {
        // Escape the colon too: rustdoc takes `https:` for a bare URL.
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | '?' | '\'' | '"' | '/') {
            prose.push('\\');
        }
        prose.push(c);
    }
    prose
}

/// Text of a table cell: a bar would end the cell, even in code.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        if c == '|' && !cell.ends_with('\\') {
            cell.push('\\');
        }
        cell.push(c);
    }
    cell
}

/// A table without the columns that are empty in every row.
pub(super) fn table<const N: usize>(heads: [&str; N], rows: &[[String; N]]) -> String {
    let used: Vec<usize> =
        (0..N).filter(|at| rows.iter().any(|row| !row[*at].is_empty())).collect();
    if used.is_empty() {
        return String::new();
    }
    let line = |cells: &[&str]| {
        format!("| {} |\n", cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(" | "))
    };
    let mut table = line(&used.iter().map(|at| heads[*at]).collect::<Vec<_>>());
    table += &line(&vec!["---"; used.len()]);
    for row in rows {
        table += &line(&used.iter().map(|at| row[*at].as_str()).collect::<Vec<_>>());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{code, prose, table};

    #[test]
    fn code_holds_backticks() {
        assert_eq!(code("a_b"), "`a_b`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("two\nlines"), "`two lines`");
    }

    #[test]
    fn prose_is_neither_a_link_nor_a_table_nor_html() {
        assert_eq!(prose("see [x] or <b> | `y`"), "see \\[x\\] or \\<b\\> \\| \\`y\\`");
        assert_eq!(prose("https://example.com"), "https\\://example.com");
        assert_eq!(prose("-1_000"), "\\-1\\_000");
    }

    #[test]
    fn a_table_has_the_columns_that_hold_something() {
        let row = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        assert_eq!(table(["a", "b"], &[row("1", "")]), "| a |\n| --- |\n| 1 |\n");
        assert_eq!(
            table(["a", "b"], &[row("1", ""), row("", "2")]),
            "| a | b |\n| --- | --- |\n| 1 |  |\n|  | 2 |\n"
        );
        assert_eq!(table(["a"], &[]), "");
        assert_eq!(
            table(["a"], &[["`x|y` \\| z".to_owned()]]),
            "| a |\n| --- |\n| `x\\|y` \\| z |\n"
        );
    }
}
