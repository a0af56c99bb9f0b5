//! The picture in the README: panels of text in two columns, as SVG.

use std::fmt::Write as _;

/// How many letters fit into a line of a panel. Longer lines are wrapped.
const COLUMNS: usize = 82;
/// Widths and heights, in SVG's user units: of one letter and one line of the font, of the text in
/// a panel, of what is around it.
const LETTER: f64 = 6.63;
const LINE: usize = 16;
const PADDING: usize = 14;
const TITLE: usize = 30;
const GAP: usize = 16;
const STYLE: &str = "\
text{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2328}\
.t{font:600 13px system-ui,sans-serif}.b{fill:#f6f8fa;stroke:#d1d9e0}\
.e{fill:#b3261e}.h{fill:#0a6640}.c{fill:#59636e}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.b{fill:#151b23;stroke:#3d444d}\
.e{fill:#ff8f85}.h{fill:#6fd6a3}.c{fill:#9198a1}}";

/// A titled text.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What it shows.
    pub title: &'static str,
    /// Its lines.
    pub text: String,
}

/// Draws panels below each other, in two columns.
pub fn picture(alternative: &str, columns: [&[Panel]; 2]) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a width of some hundred units"
    )]
    let width = (COLUMNS as f64 * LETTER) as usize + 2 * PADDING;
    let (mut drawn, mut tallest) = (String::new(), 0);
    for (column, panels) in columns.into_iter().enumerate() {
        let (x, mut y) = (column * (width + GAP), 0);
        for panel in panels {
            let lines = wrapped(&panel.text);
            let height = TITLE + lines.len() * LINE + PADDING;
            let _ = writeln!(
                drawn,
                "<rect class=\"b\" x=\"{x}.5\" y=\"{y}.5\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>\n<text class=\"t\" x=\"{}\" y=\"{}\">{}</text>",
                x + PADDING,
                y + 21,
                escaped(panel.title)
            );
            for (at, (class, line)) in lines.iter().enumerate() {
                let _ = writeln!(
                    drawn,
                    "<text{class} x=\"{}\" y=\"{}\">{}</text>",
                    x + PADDING,
                    y + TITLE + at * LINE + 11,
                    escaped(line)
                );
            }
            y += height + GAP;
        }
        tallest = tallest.max(y.saturating_sub(GAP));
    }
    let (width, height) = (2 * width + GAP + 1, tallest + 1);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" xml:space=\"preserve\">\n<title>{}</title>\n<style>{STYLE}</style>\n{drawn}</svg>\n",
        escaped(alternative)
    )
}

/// The lines of a text with their colours, of at most [`COLUMNS`] letters. The rest of a longer line
/// is indented, and has the line's colour.
fn wrapped(text: &str) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let class = class(line);
        let indentation = line.len() - line.trim_start().len();
        let mut rest: Vec<char> = line.chars().collect();
        while rest.len() > COLUMNS {
            let cut = rest[..COLUMNS]
                .iter()
                .rposition(|letter| matches!(letter, ' ' | ','))
                .filter(|at| *at > COLUMNS / 2)
                .map_or(COLUMNS, |at| at + 1);
            lines.push((class, rest[..cut].iter().collect::<String>().trim_end().to_owned()));
            rest = " ".repeat(indentation + 2).chars().chain(rest.split_off(cut)).collect();
        }
        lines.push((class, rest.into_iter().collect()));
    }
    lines
}

/// The colour of a line: an error, what to write, a comment, or none.
fn class(line: &str) -> &'static str {
    let bare = line.trim_start_matches([' ', '|']);
    if bare.starts_with("error") || bare.starts_with('^') {
        " class=\"e\""
    } else if bare.starts_with("help:") {
        " class=\"h\""
    } else if bare.starts_with("///") || bare.starts_with("-->") {
        " class=\"c\""
    } else {
        ""
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{Panel, picture, wrapped};

    #[test]
    fn texts_are_escaped_and_wrapped() {
        let panel = Panel { title: "A & B", text: "pub struct Paid<'a> {}\n".to_owned() };
        let drawn = picture("two", [&[panel.clone(), panel.clone()], &[]]);
        assert_eq!(drawn.matches("pub struct Paid&lt;'a&gt; {}").count(), 2);
        assert!(drawn.contains("A &amp; B"));
        let long = format!("  {}", "word ".repeat(40));
        let lines = wrapped(&long);
        assert!(
            lines.len() > 2 && lines.iter().all(|(_, line)| line.chars().count() <= 82),
            "{lines:?}"
        );
        assert!(lines[1].1.starts_with("    word"), "{lines:?}");
    }
}
