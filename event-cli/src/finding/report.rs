//! The result of a run: its findings and its answer.

use super::record::Finding;
use super::severity::Severity;
use event_schema::Json;

/// The result of a run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    findings: Vec<Finding>,
    text: String,
    members: Vec<(&'static str, Json)>,
    summary: Vec<(&'static str, Json)>,
    not_shown: Vec<(Severity, usize)>,
}

impl Report {
    /// A report with these findings, in this order.
    pub(crate) fn new(findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::default() }
    }

    /// Sets the text for standard output in the human format. Findings go to standard error.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Adds a member to the JSON document, before the findings.
    pub(crate) fn with(mut self, name: &'static str, value: Json) -> Self {
        self.members.push((name, value));
        self
    }

    /// Adds a member to the JSON document's summary, before the counts of findings.
    pub(crate) fn summary(mut self, name: &'static str, value: Json) -> Self {
        self.summary.push((name, value));
        self
    }

    /// Adds a number of findings that are counted but not listed.
    pub(crate) fn not_shown(mut self, severity: Severity, count: usize) -> Self {
        self.not_shown.push((severity, count));
        self
    }

    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The text for standard output, if the format is not a document.
    pub(crate) fn to_read(&self) -> &str {
        &self.text
    }

    /// Whether a finding is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    fn count(&self, severity: Severity) -> usize {
        let shown = self.findings.iter().filter(|finding| finding.severity == severity).count();
        let not_shown = self.not_shown.iter().filter(|(of, _)| *of == severity);
        shown + not_shown.map(|(_, count)| count).sum::<usize>()
    }

    /// The JSON document: the command's members, `findings`, `summary`.
    pub(super) fn json(&self) -> Json {
        let count = |severity| Json::Number(self.count(severity).into());
        let counts = [
            ("errors", count(Severity::Error)),
            ("warnings", count(Severity::Warning)),
            ("notes", count(Severity::Note)),
        ];
        let findings = Json::List(self.findings.iter().map(Finding::json).collect());
        let summary = Json::object(self.summary.iter().cloned().chain(counts));
        Json::object(
            self.members.iter().cloned().chain([("findings", findings), ("summary", summary)]),
        )
    }
}
