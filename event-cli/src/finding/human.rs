//! Findings in the layout of rustc.

use super::record::Finding;
use super::severity::Severity;
use super::snippet::{self, Snippet};
use super::text::shown;
use std::fmt::Write;
use std::path::Path;

/// Settings for the human format.
pub(crate) struct Human<'e> {
    /// The directory in which the files of findings are looked up.
    pub(crate) directory: &'e Path,
    /// Whether colours are wanted.
    pub(crate) colours: bool,
}

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const GREEN: &str = "1;32";
const BLUE: &str = "1;34";
const BOLD: &str = "1";

impl Human<'_> {
    /// Appends the lines of a finding.
    pub(super) fn write(&self, finding: &Finding, out: &mut String) {
        let colour = match finding.severity {
            Severity::Error => RED,
            Severity::Warning => YELLOW,
            Severity::Note => GREEN,
        };
        let id = finding
            .code
            .or(finding.rule.map(|rule| rule.id))
            .map(|id| format!("[{id}]"))
            .unwrap_or_default();
        let head = self.painted(colour, &format!("{}{id}", finding.severity.as_str()));
        let message = self.painted(BOLD, &format!(": {}", shown(&finding.message)));
        // Writing to a `String` does not fail.
        let _ = writeln!(out, "{head}{message}");
        if let Some(place) = &finding.place {
            let snippet = snippet::of(place, self.directory);
            let gutter = snippet.as_ref().map_or(1, Snippet::gutter);
            let arrow = self.painted(BLUE, &format!("{:gutter$}-->", ""));
            let _ = writeln!(out, "{arrow} {}", shown(&place.to_text()));
            if let Some(snippet) = snippet {
                let bar = self.painted(BLUE, &format!("{:gutter$} |", ""));
                let number = self.painted(BLUE, &format!("{:gutter$} |", snippet.line));
                let _ = writeln!(out, "{bar}\n{number} {}", snippet.text);
                let _ = writeln!(
                    out,
                    "{bar} {}{}",
                    snippet.indent(),
                    self.painted(colour, &snippet.carets())
                );
            }
        }
        for (title, text) in finding.notes() {
            let title = self.painted(BOLD, title);
            let _ = writeln!(out, "{title}: {}", shown(&text));
        }
    }

    fn painted(&self, colour: &str, text: &str) -> String {
        if self.colours { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

impl Finding {
    /// The lines below the message, each with its title.
    pub(super) fn notes(&self) -> Vec<(&'static str, String)> {
        let mut notes = Vec::new();
        let mut note = |text: String| notes.push(("note", text));
        if let (Some(_), Some(rule)) = (self.code, self.rule) {
            note(format!("by the rule `{}`", rule.id));
        }
        if let Some(place) = &self.old_place {
            note(format!("the earlier one is at {}", place.to_text()));
        }
        if let (Some(old), Some(new)) = (&self.old, &self.new) {
            note(format!("it was {old}, it is {new}"));
        }
        match (self.reader, &self.witness) {
            (Some(who), Some(witness)) => note(format!("{who} refuse {}", witness.to_line())),
            (Some(who), None) => note(format!("{who} can no longer read it")),
            (None, Some(witness)) => note(format!("for example {}", witness.to_line())),
            (None, None) => {}
        }
        notes.extend(self.help.clone().map(|help| ("help", help)));
        notes
    }
}
