//! An event as JSON.

use crate::field_type::describe;
use event_core::meta::{EventMeta, FieldMeta, Role, Sensitivity, Source, Stability};
use event_schema::Json;

pub(crate) fn of_event(event: &EventMeta) -> Vec<(&'static str, Json)> {
    let (name, governance) = (&event.name, &event.governance);
    let payload = event.fields().into_iter().map(|field| of_field(field, "payload"));
    let context = event.context_fields().into_iter().map(|field| of_field(field, "context"));
    let wide = event.wide_fields().into_iter().map(|field| of_field(field, "wide"));
    vec![
        ("name", name.snake.into()),
        ("event_type", name.dotted.into()),
        ("domain", name.domain.into()),
        ("action", name.action.into()),
        ("status", name.status.map(|status| status.word).into()),
        ("status_class", name.status.map(|status| status.class.as_str()).into()),
        ("version", event.version.into()),
        ("latest", event.latest.into()),
        ("level", event.level.to_string().into()),
        ("transitions", event_schema::transitions(event.transitions()).unwrap_or(Json::Null)),
        ("aliases", Json::texts(event.aliases.iter().copied())),
        ("docs", event.docs.trim().into()),
        ("owner", governance.owner.into()),
        ("stability", governance.stability.map(Stability::as_str).into()),
        ("since", governance.since.into()),
        ("deprecated", governance.deprecated.into()),
        ("replaced_by", governance.replaced_by.into()),
        ("expires", governance.expires.into()),
        ("retention", governance.retention.into()),
        ("deduplicate", Json::texts(event.deduplicate.iter().copied())),
        ("type", event.type_name.into()),
        ("source", place(&event.source).into()),
        ("fields", Json::List(payload.chain(context).chain(wide).collect())),
    ]
}

fn of_field(field: &FieldMeta, source: &str) -> Json {
    let entity = match field.role {
        Role::Entity { kind } => Some(kind),
        _ => None,
    };
    let mask = match field.sensitivity {
        Some(Sensitivity::Custom { name }) => Some(name),
        _ => None,
    };
    Json::object([
        ("name", field.name.into()),
        ("type", describe(field.shape).into()),
        ("required", (!field.shape.is_optional()).into()),
        ("sensitivity", field.sensitivity.map(|mask| mask.as_str()).into()),
        ("mask", mask.into()),
        ("source", source.into()),
        ("unit", field.unit.into()),
        ("finite", field.finite.into()),
        ("role", event_schema::role(field.role).into()),
        ("entity", entity.into()),
        ("docs", field.docs.trim().into()),
    ])
}

/// `catalog/events/src/payment.rs:12`, which editors and terminals can open.
pub(crate) fn place(source: &Source) -> String {
    format!("{}:{}", source.file, source.line)
}
