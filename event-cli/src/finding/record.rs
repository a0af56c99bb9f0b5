//! One finding.

use super::kinds::may_be;
use super::place::Place;
use super::severity::Severity;
use event_core::meta::EventMeta;
use event_schema::{Json, SchemaError};
use schema_compat::Rule;

/// One finding: what is wrong, where, and how to fix it. Unknown members are empty.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    /// The code that `explain` explains.
    pub(crate) code: Option<&'static str>,
    /// The compatibility rule.
    pub(crate) rule: Option<&'static Rule>,
    /// The severity.
    pub(crate) severity: Severity,
    /// One sentence that says what is wrong.
    pub(crate) message: String,
    /// How to fix it.
    pub(crate) help: Option<String>,
    /// The place.
    pub(crate) place: Option<Place>,
    /// The place of the earlier version that this one conflicts with.
    pub(crate) old_place: Option<Place>,
    /// The event: its name in snake case, and its version.
    pub(crate) event: Option<(String, u32)>,
    /// The field, as a path from the event: `shipping.lines.sku`.
    pub(crate) field: Option<String>,
    /// The old value.
    pub(crate) old: Option<String>,
    /// The new value.
    pub(crate) new: Option<String>,
    /// The readers that break: `new readers`.
    pub(crate) reader: Option<&'static str>,
    /// A payload that shows the finding. It is generated, never one that was sent: validated
    /// payloads may be sensitive.
    pub(crate) witness: Option<Json>,
    /// Further members of the finding's JSON, set by one command.
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

    /// A finding that must be fixed.
    pub(crate) fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::coded(Severity::Error, code, message)
    }

    /// A finding that a person should look at.
    pub(crate) fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::coded(Severity::Warning, code, message)
    }

    /// A finding for information.
    pub(crate) fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::coded(Severity::Note, code, message)
    }

    /// A failure of the run that needs no explanation, such as a file that cannot be read.
    pub(crate) fn failure(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// A finding of a compatibility rule, with the rule's severity.
    pub(crate) fn of_rule(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rule: Some(rule), ..Self::new(rule.severity.into(), message) }
    }

    /// An event without a schema; the place is its declaration.
    pub(crate) fn of_schema(error: &SchemaError) -> Self {
        let finding = Self::error(error.code(), error.to_string()).help(error.help());
        finding.at(&error.event.source).event(error.event)
    }

    /// Sets the code of a finding of a rule.
    pub(crate) fn code(mut self, code: &'static str) -> Self {
        debug_assert!(may_be(code, self.severity), "{code} is not listed with its severity");
        self.code = Some(code);
        self
    }

    /// Sets the severity.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets the help: how to fix it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the place: a [`Place`], or the `source` of a descriptor.
    pub(crate) fn at(mut self, place: impl Into<Place>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Sets the place of the earlier version that this one conflicts with.
    pub(crate) fn was_at(mut self, place: impl Into<Place>) -> Self {
        self.old_place = Some(place.into());
        self
    }

    /// Sets the event.
    pub(crate) fn event(self, event: &EventMeta) -> Self {
        self.event_named(event.name.snake, event.version)
    }

    /// Sets the event by name, for an event that the catalog no longer has.
    pub(crate) fn event_named(mut self, name: impl Into<String>, version: u32) -> Self {
        self.event = Some((name.into(), version));
        self
    }

    /// Sets the path of the field.
    pub(crate) fn field(mut self, path: impl Into<String>) -> Self {
        self.field = Some(path.into());
        self
    }

    /// Sets the old and the new value.
    pub(crate) fn change(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        (self.old, self.new) = (Some(old.into()), Some(new.into()));
        self
    }

    /// Sets the readers that break.
    pub(crate) fn reader(mut self, who: &'static str) -> Self {
        self.reader = Some(who);
        self
    }

    /// Sets a payload that shows the finding.
    pub(crate) fn witness(mut self, payload: Json) -> Self {
        self.witness = Some(payload);
        self
    }

    /// Adds a member to the finding's JSON.
    pub(crate) fn with(mut self, name: &'static str, value: Json) -> Self {
        self.more.push((name, value));
        self
    }

    /// The identifier: the code, else the rule.
    pub(crate) fn id(&self) -> &'static str {
        self.code.or(self.rule.map(|rule| rule.id)).unwrap_or("failure")
    }

    /// The finding as JSON. Every member is present, in this order.
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
