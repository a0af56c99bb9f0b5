//! Tables with aligned columns.

/// Rows of cells.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// One line per row, with padded cells and without empty columns. A long row is not wrapped.
    pub(crate) fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).filter(|(_, width)| **width > 0);
            let cells = cells.map(|(cell, width)| format!("{cell:width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }
}

/// The first sentence, or the first paragraph if no sentence ends in it.
pub(crate) fn first_sentence(docs: &str) -> String {
    let paragraph = docs.trim().split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line[..=end].to_owned(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, first_sentence};

    #[test]
    fn columns_line_up() {
        let mut table = Table::new();
        table.row(["é", "b", ""].map(String::from));
        table.row(["long", "c", "d"].map(String::from));
        assert_eq!(table.lines(), ["é     b", "long  c  d"]);
    }

    #[test]
    fn the_first_sentence() {
        assert_eq!(first_sentence(" One\n of two. Three.\n\nFour."), "One of two.");
        assert_eq!(first_sentence("v1.2 is\n\nmore"), "v1.2 is");
        assert_eq!(first_sentence(""), "");
    }
}
