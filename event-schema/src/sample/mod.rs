//! Values that fit a declaration: for showing what an event looks like, and for holding schemas
//! against.

mod foreign;
mod random;
mod record;
mod step;
mod value;

use crate::json::Json;
use event_core::Level;
use event_core::meta::{EventMeta, FieldMeta, LevelRule, LevelValue};
use event_core::shape::{Shape, Tagging};
use record::{Around, Members, add_entity, add_sample_rate, occurred_at};
use value::Sampler;

/// A flat line that the event could be written as, masked, with its context bound. Equal seeds give
/// equal lines; the seed 0 gives the line to show somebody: the event alone, nothing of it left
/// out, the declared examples, plain values. Others vary what may vary, and what else is bound.
pub fn line(event: &EventMeta, seed: u64) -> String {
    let (context, payload) = (sampled(&event.context_fields(), seed), sampled_payload(event, seed));
    let mut members: Members = vec![
        ("event".into(), event.name.snake.into()),
        ("version".into(), event.version.into()),
        ("level".into(), level(event, [&context, &payload]).as_str().into()),
        ("timestamp".into(), occurred_at()),
    ];
    let mut around = Around::new(seed);
    let is_alone = seed == 0;
    if !is_alone {
        around.add_ids(&mut members);
    }
    add_sample_rate(event, &mut members);
    if !is_alone {
        around.add_end(event, &mut members);
        around.add_actor(&mut members);
        around.add_ambient(event, &mut members);
    }
    members.extend(context);
    members.extend(payload);
    Json::Object(members).to_line()
}

/// An envelope that the event could be written as, with the values that [`line()`] has of the same
/// seed. The seed 0 gives one with everything bound.
pub fn envelope(event: &EventMeta, seed: u64) -> String {
    let (context, payload) = (sampled(&event.context_fields(), seed), sampled_payload(event, seed));
    let mut around = Around::new(seed);
    let mut members: Members = vec![
        ("event_id".into(), around.event_id()),
        ("event_type".into(), event.name.dotted.into()),
        ("event_version".into(), event.version.into()),
        ("occurred_at".into(), occurred_at()),
        ("recorded_at".into(), around.recorded_at()),
        ("level".into(), level(event, [&context, &payload]).as_str().into()),
        ("sequence".into(), around.sequence()),
    ];
    add_sample_rate(event, &mut members);
    around.add_end(event, &mut members);
    around.add_actor(&mut members);
    add_entity(event, &context, &payload, &mut members);
    let mut bound = Members::new();
    around.add_ambient(event, &mut bound);
    bound.extend(context);
    members.push(("context".into(), Json::Object(bound)));
    members.push(("payload".into(), Json::Object(payload)));
    Json::Object(members).to_line()
}

/// The event's own fields and its parts only, as one object; the same values as in [`line()`] of
/// the same seed.
pub fn payload(event: &EventMeta, seed: u64) -> String {
    Json::Object(sampled_payload(event, seed)).to_line()
}

fn sampled(fields: &[&'static FieldMeta], seed: u64) -> Members {
    let mut sampler = Sampler::new(seed);
    fields.iter().filter_map(|field| Some((field.name.to_owned(), sampler.field(field)?))).collect()
}

/// The event's own fields, and the groups that a unit of work may have added: all of them to be
/// shown, else each or not.
fn sampled_payload(event: &EventMeta, seed: u64) -> Members {
    let mut members = sampled(&event.fields(), seed);
    step::make_legal(event, seed, &mut members);
    let mut sampler = Sampler::new(seed);
    for group in event.wide {
        if sampler.adds() {
            members.extend(sampled(&group.fields(), seed));
        }
    }
    members
}

/// The level that the rule gives for these values.
fn level(event: &EventMeta, members: [&Members; 2]) -> Level {
    let key = match event.level {
        LevelRule::Fixed(level) => return level,
        LevelRule::ByField { field, .. } => field,
        _ => return Level::Info,
    };
    let fields = event.fields();
    let shape = fields.iter().find(|field| field.name == key).map(|field| field.shape.bare());
    let value = members.into_iter().flatten().find(|(name, _)| name == key).map(|(_, value)| value);
    let seen = match (value, shape) {
        (None | Some(Json::Null), _) => LevelValue::Absent,
        (Some(Json::Bool(truth)), _) => LevelValue::Bool(*truth),
        (Some(Json::Number(number)), _) => {
            number.as_i128().map_or(LevelValue::Other, LevelValue::Integer)
        }
        (Some(Json::Text(text)), _) => LevelValue::Text(text),
        (Some(Json::Object(members)), Some(Shape::Enum(shape))) => variant(shape.tagging, members),
        _ => LevelValue::Other,
    };
    event.level.of(seen).or_else(|| event.level.reachable().first().copied()).unwrap_or(Level::Info)
}

/// The name of a variant that holds something.
fn variant(tagging: Tagging, members: &Members) -> LevelValue<'_> {
    let name = match tagging {
        Tagging::External => members.first().map(|(name, _)| name.as_str()),
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
            members.iter().find_map(|(key, value)| match value {
                Json::Text(name) if key == tag => Some(name.as_str()),
                _ => None,
            })
        }
        // Only a reader of the type knows which it is.
        Tagging::Untagged => None,
    };
    name.map_or(LevelValue::Other, LevelValue::Text)
}
