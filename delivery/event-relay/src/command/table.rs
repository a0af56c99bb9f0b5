//! Tables with aligned columns.

use clap::ValueEnum;

/// The format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A table to read
    Table,
    /// JSON
    Json,
}

/// The rows as lines, with padded cells. Control characters are escaped.
pub(super) fn lines(rows: &[Vec<String>]) -> String {
    let escaped: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
    let columns = escaped.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = escaped.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    escaped.iter().map(line).collect()
}

/// A text without control characters, so that it cannot change a terminal or begin a line.
fn visible(text: &str) -> String {
    let escaped = |letter: char| {
        if letter.is_control() { letter.escape_debug().to_string() } else { letter.to_string() }
    };
    text.chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn columns_line_up_and_a_cell_is_one_line() {
        let rows =
            [["é", "b", ""], ["a\nb", "c\u{1b}", "d"]].map(|row| row.map(String::from).to_vec());
        assert_eq!(lines(&rows), "é     b\na\\nb  c\\u{1b}  d\n");
    }
}
