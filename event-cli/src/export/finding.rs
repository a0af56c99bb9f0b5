//! Findings of `export` about a directory.

use super::directory::Directory;
use crate::count::count;
use crate::finding::{Finding, Place};
use crate::shell;
use event_export::{DirectoryPlan, ExportError, KeptFile, KeptWhy};
use event_schema::Json;
use std::path::Path;

/// A directory that was compared with an export.
pub(super) struct Checked<'a> {
    pub(super) directory: &'a Directory,
    pub(super) plan: &'a DirectoryPlan<'a>,
    /// Files that are named like exported ones and that no list has.
    pub(super) unlisted: Vec<String>,
    /// `4 files in schemas`.
    pub(super) summary: String,
    /// The directory, as on the command line.
    pub(super) out: &'a Path,
    /// The command line that writes the compared files.
    pub(super) command: String,
    /// The exporter and options that wrote the directory, if they differ from this run's.
    pub(super) other_options: Option<String>,
}

impl Checked<'_> {
    /// One line per file that differs: its state and its name.
    pub(super) fn lines(&self) -> String {
        let changes = self.plan.changes.iter().map(|found| (found.state.as_str(), &found.path));
        let kept = self.plan.kept.iter().map(|found| (word(&found.why), &found.path));
        let unlisted = self.unlisted.iter().map(|file| ("unlisted", file));
        let line = |(word, file): (&str, &String)| {
            [word, " ", &self.directory.name_of(file), "\n"].concat()
        };
        changes.chain(kept).chain(unlisted).map(line).collect()
    }

    /// The findings of `--check`.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<_> = self.out_of_date().into_iter().collect();
        findings.extend(self.kept());
        findings.extend(self.unlisted.iter().map(|file| unlisted(&self.directory.name_of(file))));
        findings
    }

    /// The files that the export keeps, with help for each.
    pub(super) fn kept(&self) -> Vec<Finding> {
        self.plan.kept.iter().map(|file| self.kept_file(file)).collect()
    }

    fn out_of_date(&self) -> Option<Finding> {
        let changes = &self.plan.changes;
        let first = changes.first()?;
        let files = changes.iter().map(|change| {
            let file = self.directory.name_of(&change.path);
            Json::object([("file", file.into()), ("state", change.state.as_str().into())])
        });
        let verb = if changes.len() == 1 { "is" } else { "are" };
        let count = count(changes.len(), "file");
        let what = format!("{count} in `{}` {verb} out of date", self.out.display());
        let command = &self.command;
        let help = match &self.other_options {
            None => format!("run `{command}` and commit the files that it writes"),
            Some(other) => format!(
                "`export {other}` wrote them: check with the same options, or run `{command}` and \
                 commit the files that it writes"
            ),
        };
        let place = Place::file(Path::new(&self.directory.name_of(&first.path)));
        let finding = Finding::error("EV0102", what).help(help).at(place);
        Some(finding.with("files", Json::List(files.collect())))
    }

    fn kept_file(&self, file: &KeptFile) -> Finding {
        let (name, command) = (self.directory.name_of(&file.path), &self.command);
        let remove = format!("`rm {}`", shell::quoted(&name));
        let (what, help) = match &file.why {
            KeptWhy::Edited => (
                format!("`{name}` was changed after it was exported"),
                format!("keep your text under another name, then run {remove} and `{command}`"),
            ),
            KeptWhy::EditedAndStale => (
                format!("`{name}` is not exported any more, and was changed after it was exported"),
                format!("keep your text under another name, then run {remove} and `{command}`"),
            ),
            KeptWhy::Foreign => (
                format!("`{name}` has the name of an exported file, but no export lists it"),
                format!(
                    "move it to another name, or export to another directory with `-o DIR`; if it \
                     is an old export, run {remove} and `{command}`"
                ),
            ),
            KeptWhy::OfExporter(other) => (
                format!("`{name}` is a file of `export {other}`"),
                "export to another directory: `-o DIR`".to_owned(),
            ),
        };
        Finding::error("EV0109", what).help(help).at(Place::file(Path::new(&name)))
    }
}

const fn word(why: &KeptWhy) -> &'static str {
    match why {
        KeptWhy::Edited | KeptWhy::EditedAndStale => "edited",
        KeptWhy::Foreign | KeptWhy::OfExporter(_) => "foreign",
    }
}

/// A file that no export updates.
fn unlisted(file: &str) -> Finding {
    let path = shell::quoted(file);
    Finding::error(
        "EV0107",
        format!("`{file}` has the name of an exported file, but no export lists it"),
    )
    .help(format!(
        "if no event has this version any more, remove it: `rm {path}`; keep your own files \
         under another name"
    ))
    .at(Place::file(Path::new(file)))
}

/// The finding for an event that an exporter does not support.
pub(super) fn refused(error: &ExportError) -> Finding {
    let mut finding = Finding::error(error.code, error.to_string());
    if let Some(help) = &error.help {
        finding = finding.help(help.clone());
    }
    match error.event {
        Some(event) => finding.at(&event.source).event(event),
        None => finding,
    }
}
