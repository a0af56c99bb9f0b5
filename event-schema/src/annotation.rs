//! `x-event`: what JSON Schema has no word for, in one keyword.

use crate::json::Json;
use event_core::meta::{EventMeta, FieldMeta, Role, Sensitivity, Transition};

/// Where a field's value comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldSource {
    /// The call that emits the event.
    Payload,
    /// What is bound when it is emitted.
    Context,
    /// What is bound when it is emitted, if it is.
    OptionalContext,
    /// What a unit of work added to it, or did not.
    Wide,
}

/// Members that are left out where they say nothing.
struct Notes(Vec<(&'static str, Json)>);

impl Notes {
    fn say(&mut self, key: &'static str, value: impl Into<Json>) {
        self.0.push((key, value.into()));
    }

    fn say_some(&mut self, key: &'static str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.say(key, value);
        }
    }
}

/// What is said about an event.
pub(crate) fn of_event(event: &EventMeta) -> Json {
    let mut notes = Notes(Vec::new());
    let (name, governance) = (&event.name, &event.governance);
    notes.say("name", name.snake);
    notes.say("event_type", name.dotted);
    notes.say("domain", name.domain);
    notes.say_some("action", name.action);
    let status = |status: event_core::meta::Status| {
        Json::object([("word", status.word.into()), ("class", status.class.as_str().into())])
    };
    notes.say_some("status", name.status.map(status));
    notes.say("version", event.version);
    notes.say("level", event.level.to_string());
    notes.say_some("transitions", transitions(event.transitions()));
    if !event.aliases.is_empty() {
        notes.say("aliases", Json::texts(event.aliases.iter().copied()));
    }
    notes.say_some("owner", governance.owner);
    notes.say_some("stability", governance.stability.map(event_core::meta::Stability::as_str));
    notes.say_some("since", governance.since);
    notes.say_some("deprecated", governance.deprecated);
    notes.say_some("replaced_by", governance.replaced_by);
    notes.say_some("expires", governance.expires);
    notes.say_some("retention", governance.retention);
    let sample = |rate: event_core::meta::SampleRate| {
        Json::object([("keep", rate.keep.into()), ("of", rate.of.into())])
    };
    notes.say_some("sample", event.sample.map(sample));
    Json::object(notes.0)
}

/// The steps from state to state that are legal: from each state, the ones that may follow, `null`
/// for none. Nothing where there is no table.
pub fn transitions(steps: &[Transition]) -> Option<Json> {
    let state = |state: Option<&'static str>| state.map_or(Json::Null, Json::from);
    let row = |row: &Transition| {
        (row.from.unwrap_or("null"), Json::List(row.to.iter().copied().map(state).collect()))
    };
    (!steps.is_empty()).then(|| Json::object(steps.iter().map(row)))
}

/// What is said about a field, if anything is.
pub(crate) fn of_field(field: &FieldMeta, source: FieldSource) -> Option<Json> {
    let mut notes = Notes(Vec::new());
    match source {
        FieldSource::Payload => {}
        FieldSource::Context | FieldSource::OptionalContext => notes.say("source", "context"),
        FieldSource::Wide => notes.say("source", "wide"),
    }
    notes.say_some("sensitivity", field.sensitivity.map(|mask| mask.as_str()));
    if let Some(Sensitivity::Clear { reason }) = field.sensitivity {
        notes.say("reason", reason);
    }
    if let Some(Sensitivity::Custom { name }) = field.sensitivity {
        notes.say("mask", name);
    }
    notes.say_some("unit", field.unit);
    notes.say_some("role", role(field.role));
    if let Role::Entity { kind } = field.role {
        notes.say("entity", kind);
    }
    if field.label {
        notes.say("label", true);
    }
    if notes.0.is_empty() { None } else { Some(Json::object(notes.0)) }
}

/// The word for what a field is to its event; none for plain data.
pub fn role(role: Role) -> Option<&'static str> {
    match role {
        Role::Entity { .. } => Some("entity"),
        Role::EntityVersion => Some("entity_version"),
        Role::Elapsed => Some("elapsed"),
        Role::Before => Some("before"),
        Role::After => Some("after"),
        _ => None,
    }
}
