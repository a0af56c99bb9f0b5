//! Values that fit a declaration: for showing what an event looks like, and for holding schemas against.

mod foreign;
mod random;
mod record;
mod value;

use crate::json::Json;
use event_core::Level;
use event_core::meta::{EventMeta, FieldMeta, LevelRule};
use record::{Around, Members, add_entity, add_sample_rate, occurred_at};
use value::Sampler;

/// A flat line that the event could be written as, masked, with its context bound. Equal seeds give equal lines; the seed 0 gives the line to show somebody:
/// the event alone, nothing of it left out, the declared examples, plain values. Others vary what may vary, and what else is bound.
pub fn line(event: &EventMeta, seed: u64) -> String {
    let (context, payload) = (sampled(&event.context_fields(), seed), sampled_payload(event, seed));
    let mut members: Members = vec![
        ("event".into(), event.name.snake.into()),
        ("version".into(), event.version.into()),
        ("level".into(), level(event.level, [&context, &payload]).as_str().into()),
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

/// An envelope that the event could be written as, with the values that [`line()`] has of the same seed. The seed 0 gives one with everything bound.
pub fn envelope(event: &EventMeta, seed: u64) -> String {
    let (context, payload) = (sampled(&event.context_fields(), seed), sampled_payload(event, seed));
    let mut around = Around::new(seed);
    let mut members: Members = vec![
        ("event_id".into(), around.event_id()),
        ("event_type".into(), event.name.dotted.into()),
        ("event_version".into(), event.version.into()),
        ("occurred_at".into(), occurred_at()),
        ("recorded_at".into(), around.recorded_at()),
        ("level".into(), level(event.level, [&context, &payload]).as_str().into()),
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

/// The event's own fields and its parts only, as one object; the same values as in [`line()`] of the same seed.
pub fn payload(event: &EventMeta, seed: u64) -> String {
    Json::Object(sampled_payload(event, seed)).to_line()
}

fn sampled(fields: &[&'static FieldMeta], seed: u64) -> Members {
    let mut sampler = Sampler::new(seed);
    fields.iter().filter_map(|field| Some((field.name.to_owned(), sampler.field(field)?))).collect()
}

/// The event's own fields, and the groups that a unit of work may have added: all of them to be shown, else each or not.
fn sampled_payload(event: &EventMeta, seed: u64) -> Members {
    let mut members = sampled(&event.fields(), seed);
    let mut sampler = Sampler::new(seed);
    for group in event.wide {
        if sampler.adds() {
            members.extend(sampled(&group.fields(), seed));
        }
    }
    members
}

/// The level that the rule gives for these values.
fn level(rule: LevelRule, members: [&Members; 2]) -> Level {
    let value = |field: &str| members.into_iter().flatten().find(|(key, _)| key == field).map(|(_, value)| value);
    match rule {
        LevelRule::Fixed(level) => level,
        LevelRule::ByInteger { field, arms, otherwise } => {
            let Some(Json::Number(number)) = value(field) else { return otherwise };
            let Some(number) = number.as_i128() else { return otherwise };
            let holds = |arm: &&(i128, i128, Level)| (arm.0..=arm.1).contains(&number);
            arms.iter().find(holds).map_or(otherwise, |arm| arm.2)
        }
        LevelRule::ByText { field, arms, otherwise } => {
            let Some(Json::Text(text)) = value(field) else { return otherwise };
            arms.iter().find(|arm| arm.0 == text).map_or(otherwise, |arm| arm.1)
        }
        LevelRule::ByBool { field, yes, no } => match value(field) {
            Some(Json::Bool(true)) => yes,
            _ => no,
        },
        _ => Level::Info,
    }
}
