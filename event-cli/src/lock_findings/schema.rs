//! Breaks that only the stored schemas show, and undecided changes.

use super::locked::{Locked, with_field, word};
use crate::finding::Finding;
use event_schema::Json;
use event_schema::lock::UNDECIDED;
use schema_compat::Finding as SchemaFinding;

impl Locked<'_> {
    pub(super) fn schema(
        &self,
        field: Option<String>,
        revision: usize,
        found: SchemaFinding,
    ) -> Finding {
        let event = self.event();
        let what = format!("{event} is locked, and {}", found.message);
        let path = word(field.as_deref().unwrap_or_default());
        let accept = self.command(&format!(
            "accept {}@{} {}{path} --reason '..'",
            self.name, self.version, found.rule.id
        ));
        let finding = Finding::of_rule(found.rule, what)
            .code("EV0221")
            .help(format!(
                "undo the change, or declare v{}; to accept it: {accept}",
                self.version + 1
            ))
            .with("old", found.old.as_str().into())
            .with("new", found.new.as_str().into())
            .with("revision", Json::from(revision as u64));
        let finding =
            found.reader.into_iter().fold(finding, |finding, who| finding.reader(who.as_str()));
        let finding =
            found.witness.into_iter().fold(finding, |finding, line| finding.witness(line.into()));
        with_field(finding, field)
    }

    pub(super) fn undecided(&self, field: Option<String>, reasons: &[String]) -> Finding {
        let (event, next, own) = (self.event(), self.version + 1, self.version);
        let place = field
            .as_ref()
            .map_or_else(|| "the keys of every line".to_owned(), |field| format!("`{field}`"));
        let why = reasons.join("; ");
        let what = format!(
            "{event} is locked, and it is undecided whether the change of {place} breaks a \
             reader: {why}"
        );
        let path = word(field.as_deref().unwrap_or_default());
        let accept =
            self.command(&format!("accept {}@{own} {UNDECIDED}{path} --reason '..'", self.name));
        let help = format!(
            "compare the old form with the new one; if no reader breaks, accept it: {accept}; \
             else undo the change, or declare v{next} and keep this one as `..V{own}`"
        );
        let reasons = Json::texts(reasons.iter().map(String::as_str));
        with_field(Finding::warning("EV0229", what).help(help).with("undecided", reasons), field)
    }
}
