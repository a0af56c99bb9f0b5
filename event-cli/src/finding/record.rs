//! One finding.

use super::kinds::may_be;
use super::place::Place;
use super::severity::Severity;
use event_core::meta::EventMeta;
use event_schema::{Json, SchemaError};
use schema_compat::Rule;

/// One finding: what is, where, and what to do. What is not known of it is left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    /// The code that `explain` explains.
    pub(crate) code: Option<&'static str>,
    /// The rule of compatibility that it is about.
    pub(crate) rule: Option<&'static Rule>,
    /// How bad it is.
    pub(crate) severity: Severity,
    /// What is, in a sentence.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Option<String>,
    /// Where.
    pub(crate) place: Option<Place>,
    /// Where the other of two things is that do not agree: an earlier version.
    pub(crate) old_place: Option<Place>,
    /// The event, by name in snake case and by version.
    pub(crate) event: Option<(String, u32)>,
    /// The field, as a path from the event: `shipping.lines.sku`.
    pub(crate) field: Option<String>,
    /// How it was.
    pub(crate) old: Option<String>,
    /// How it is.
    pub(crate) new: Option<String>,
    /// Who can no longer read: `new readers`.
    pub(crate) reader: Option<&'static str>,
    /// A payload that shows it. Never one that was sent: what is validated may be sensitive.
    pub(crate) witness: Option<Json>,
    /// What only this command says of a finding, as further members of its JSON.
    pub(crate) more: Vec<(&'static str, Json)>,
}

impl Finding {
    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code: None,
            rule: None,
            severity,
            message: message.into(),
            help: None,
            place: None,
            old_place: None,
            event: None,
            field: None,
            old: None,
            new: None,
            reader: None,
            witness: None,
            more: Vec::new(),
        }
    }

    fn coded(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        debug_assert!(may_be(code, severity), "{code} is not listed as {}", severity.as_str());
        Self { code: Some(code), ..Self::new(severity, message) }
    }

    /// Something that must be mended.
    pub(crate) fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::coded(Severity::Error, code, message)
    }

    /// Something that should be looked at.
    pub(crate) fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::coded(Severity::Warning, code, message)
    }

    /// Something worth knowing.
    pub(crate) fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::coded(Severity::Note, code, message)
    }

    /// An error of the run that needs no explanation: a file that cannot be read.
    pub(crate) fn failure(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// What a rule of compatibility says, as bad as the rule is.
    pub(crate) fn of_rule(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rule: Some(rule), ..Self::new(rule.severity.into(), message) }
    }

    /// An event that has no schema, at its declaration.
    pub(crate) fn of_schema(error: &SchemaError) -> Self {
        let finding = Self::error(error.code(), error.to_string()).help(error.help());
        finding.at(&error.event.source).event(error.event)
    }

    /// Gives a finding of a rule a code that `explain` explains.
    pub(crate) fn code(mut self, code: &'static str) -> Self {
        debug_assert!(may_be(code, self.severity), "{code} is not listed with its severity");
        self.code = Some(code);
        self
    }

    /// As bad as the command line says it is.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// What to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Where it is: a [`Place`], or the `source` of a descriptor.
    pub(crate) fn at(mut self, place: impl Into<Place>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Where the earlier version is that it does not agree with.
    pub(crate) fn was_at(mut self, place: impl Into<Place>) -> Self {
        self.old_place = Some(place.into());
        self
    }

    /// Which event it is about.
    pub(crate) fn event(self, event: &EventMeta) -> Self {
        self.event_named(event.name.snake, event.version)
    }

    /// Which event it is about, where the catalog has none of this name any more.
    pub(crate) fn event_named(mut self, name: impl Into<String>, version: u32) -> Self {
        self.event = Some((name.into(), version));
        self
    }

    /// Which field of the event, as a path.
    pub(crate) fn field(mut self, path: impl Into<String>) -> Self {
        self.field = Some(path.into());
        self
    }

    /// How it was and how it is.
    pub(crate) fn change(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        (self.old, self.new) = (Some(old.into()), Some(new.into()));
        self
    }

    /// Who can no longer read.
    pub(crate) fn reader(mut self, who: &'static str) -> Self {
        self.reader = Some(who);
        self
    }

    /// A payload that shows it.
    pub(crate) fn witness(mut self, payload: Json) -> Self {
        self.witness = Some(payload);
        self
    }

    /// One more member of its JSON.
    pub(crate) fn with(mut self, name: &'static str, value: Json) -> Self {
        self.more.push((name, value));
        self
    }

    /// What it is found again by: its code, else its rule.
    pub(crate) fn id(&self) -> &'static str {
        self.code.or(self.rule.map(|rule| rule.id)).unwrap_or("failure")
    }

    /// Every member is there, and in this order.
    pub(super) fn json(&self) -> Json {
        let (place, old) = (self.place.as_ref(), self.old_place.as_ref());
        let text = |text: &Option<String>| Json::from(text.as_deref());
        let event = self.event.as_ref();
        let event = event.map(|(name, version)| {
            Json::object([("name", name.as_str().into()), ("version", Json::from(*version))])
        });
        let members = [
            ("code", self.code.into()),
            ("rule", self.rule.map(|rule| rule.id).into()),
            ("severity", self.severity.as_str().into()),
            ("message", self.message.as_str().into()),
            ("help", text(&self.help)),
            ("file", place.map(|place| place.file.as_str()).into()),
            ("line", place.and_then(|place| place.line).into()),
            ("column", place.and_then(|place| place.column).into()),
            ("end_column", place.and_then(|place| place.end_column).into()),
            ("path", place.and_then(|place| place.pointer.as_deref()).into()),
            ("old_file", old.map(|place| place.file.as_str()).into()),
            ("old_path", old.and_then(|place| place.pointer.as_deref()).into()),
            ("event", event.into()),
            ("field", text(&self.field)),
            ("old_text", text(&self.old)),
            ("new_text", text(&self.new)),
            ("reader", self.reader.and_then(|who| who.strip_suffix(" readers")).into()),
            ("witness", self.witness.clone().into()),
        ];
        Json::object(members.into_iter().chain(self.more.iter().cloned()))
    }
}
