//! `x-event`: the keyword for facts that JSON Schema has no word for.

use crate::json::Json;
use event_core::meta::{EventMeta, FieldMeta, Role, Sensitivity, Transition};

/// The source of a field's value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldSource {
    /// The call that emits the event.
    Payload,
    /// The context that is bound when the event is emitted.
    Context,
    /// The context that is bound when the event is emitted; it may be missing.
    OptionalContext,
    /// A contribution to a unit of work; it may be missing.
    Wide,
}

/// Members of an object; empty members are left out.
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

/// The annotation of an event.
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
    if !event.deduplicate.is_empty() {
        notes.say("deduplicate", Json::texts(event.deduplicate.iter().copied()));
    }
    Json::object(notes.0)
}

/// The legal steps from state to state: for each state, the states that may follow; `null` is no
/// state. `None` if the event has no table.
pub fn transitions(steps: &[Transition]) -> Option<Json> {
    let state = |state: Option<&'static str>| state.map_or(Json::Null, Json::from);
    let row = |row: &Transition| {
        (row.from.unwrap_or("null"), Json::List(row.to.iter().copied().map(state).collect()))
    };
    (!steps.is_empty()).then(|| Json::object(steps.iter().map(row)))
}

/// The annotation of a field; `None` if it would be empty.
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

/// The word for the role of a field; `None` for plain data.
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
