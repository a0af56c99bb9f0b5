//! Aligned rows for people, as the answer comes.

use super::{Cell, Tone};
use event_core::Level;

/// How many rows are kept to find the widths of the columns. A later row with a wider cell moves
/// what is behind it.
const MEASURED: usize = 200;

/// How wide a column may get by its cells: a longer cell moves what is behind it in its own row only.
const WIDEST: usize = super::envelope::SHOWN;

/// The rows that wait for the widths of their columns, then the widths.
pub(super) struct Columns {
    waiting: Vec<Vec<Cell>>,
    /// The heads, and the rows that were measured, are written.
    widths: Option<Vec<usize>>,
    colours: bool,
}

impl Columns {
    pub(super) fn new(heads: &[&str], colours: bool) -> Self {
        let heads = heads.iter().map(|head| Cell { text: (*head).to_owned(), tone: Tone::Head });
        Self { waiting: vec![heads.collect()], widths: None, colours }
    }

    pub(super) fn row(&mut self, row: Vec<Cell>, out: &mut String) {
        match &self.widths {
            Some(widths) => write(&row, widths, self.colours, out),
            None => {
                self.waiting.push(row);
                if self.waiting.len() > MEASURED {
                    self.write_waiting(out);
                }
            }
        }
    }

    /// Writes the rows that still wait.
    pub(super) fn end(&mut self, out: &mut String) {
        if self.widths.is_none() && self.waiting.len() > 1 {
            self.write_waiting(out);
        }
    }

    fn write_waiting(&mut self, out: &mut String) {
        let heads = self.waiting[0].len();
        let widths: Vec<usize> = (0..heads).map(|column| width(&self.waiting, column)).collect();
        for row in self.waiting.drain(..) {
            write(&row, &widths, self.colours, out);
        }
        self.widths = Some(widths);
    }
}

/// The width of a column in characters. A column whose cells are all empty has none, and no head.
fn width(rows: &[Vec<Cell>], column: usize) -> usize {
    let lengths = rows.iter().map(|row| row[column].text.chars().count());
    let of_cells = lengths.clone().skip(1).max().unwrap_or(0).min(WIDEST);
    if of_cells == 0 { 0 } else { of_cells.max(lengths.take(1).max().unwrap_or(0)) }
}

fn write(row: &[Cell], widths: &[usize], colours: bool, out: &mut String) {
    let is_shown =
        |cell: &Cell, width: usize| width > 0 || (cell.tone != Tone::Head && !cell.text.is_empty());
    let cells = row.iter().zip(widths).filter(|(cell, width)| is_shown(cell, **width));
    let mut blanks = 0;
    for (cell, width) in cells {
        if !cell.text.is_empty() {
            out.push_str(&" ".repeat(blanks));
            blanks = 0;
            paint(cell, colours, out);
        }
        blanks += width.saturating_sub(cell.text.chars().count()) + 2;
    }
    out.push('\n');
}

fn paint(cell: &Cell, colours: bool, out: &mut String) {
    let colour = match cell.tone {
        Tone::Head => Some("1"),
        Tone::Dim | Tone::Of(Level::Trace | Level::Debug) => Some("2"),
        Tone::Of(Level::Warning) => Some("33"),
        Tone::Of(Level::Error) => Some("31"),
        Tone::Of(Level::Critical) => Some("1;31"),
        Tone::Plain | Tone::Of(_) => None,
    };
    match colour.filter(|_| colours) {
        Some(colour) => out.extend(["\u{1b}[", colour, "m", &cell.text, "\u{1b}[0m"]),
        None => out.push_str(&cell.text),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Columns, MEASURED, Tone, WIDEST};
    use event_core::Level;

    fn written(colours: bool, rows: Vec<[&str; 3]>) -> String {
        let mut table = Columns::new(&["a", "long", "c"], colours);
        let mut out = String::new();
        for row in rows {
            table.row(row.map(Cell::plain).into(), &mut out);
        }
        table.end(&mut out);
        out
    }

    #[test]
    fn columns_line_up_and_empty_ones_are_left_out() {
        let rows = vec![["é", "", "x"], ["abc", "", ""]];
        assert_eq!(written(false, rows), "a    c\né    x\nabc\n");
        assert_eq!(written(false, vec![["a", "b", "c"]]), "a  long  c\na  b     c\n");
        assert_eq!(written(false, vec![]), "");
    }

    #[test]
    fn the_first_rows_give_the_widths() {
        let mut rows = vec![["1", "2", "3"]; MEASURED];
        rows.push(["wider", "2", "3"]);
        let out = written(false, rows);
        assert!(out.ends_with("\n1  2     3\nwider  2     3\n"), "{out}");
        let long = "x".repeat(WIDEST + 1);
        let out = written(false, vec![[&long, "2", "3"], ["1", "2", "3"]]);
        assert!(out.ends_with(&format!("\n1{}2     3\n", " ".repeat(WIDEST + 1))), "{out}");
    }

    #[test]
    fn colours_change_no_width() {
        let mut table = Columns::new(&["level", "c"], true);
        let mut out = String::new();
        for level in [Level::Error, Level::Info] {
            let cell = Cell { text: level.to_string(), tone: Tone::Of(level) };
            table.row(vec![cell, Cell::dim("x")], &mut out);
        }
        table.end(&mut out);
        let plain = "\u{1b}[1mlevel\u{1b}[0m  \u{1b}[1mc\u{1b}[0m\n\
                     \u{1b}[31merror\u{1b}[0m  \u{1b}[2mx\u{1b}[0m\n\
                     info   \u{1b}[2mx\u{1b}[0m\n";
        assert_eq!(out, plain);
    }
}
