//! Values that fit a declaration: for showing what an event looks like, and for holding schemas against.

mod foreign;
mod random;
mod value;

use crate::json::Json;
use event_core::meta::{EventMeta, FieldMeta, LevelRule};
use event_core::{Level, Timestamp};
use serde_json::Number;
use value::Sampler;

/// A flat line that the event could be written as, masked, with its context bound. Equal seeds give equal lines; the seed 0 gives the line to show somebody:
/// nothing left out, the declared examples, plain values. Others vary what may vary.
pub fn line(event: &EventMeta, seed: u64) -> String {
    let time = Timestamp::from_micros(1_767_323_045_678_901).to_string();
    let mut members: Vec<(String, Json)> = vec![
        ("event".into(), event.name.snake.into()),
        ("version".into(), event.version.into()),
        ("level".into(), Json::Null),
        ("timestamp".into(), time.into()),
    ];
    if let Some(rate) = event.sample {
        let share = Number::from_f64(f64::from(rate.keep) / f64::from(rate.of));
        members.push(("sample_rate".into(), share.map_or(Json::Null, Json::Number)));
    }
    add_fields(&event.context_fields(), seed, &mut members);
    add_fields(&event.fields(), seed, &mut members);
    let line = level(event.level, &members);
    members[2].1 = line.as_str().into();
    Json::Object(members).to_line()
}

/// The event's own fields only, as one object; the same values as in [`line()`] of the same seed.
pub fn payload(event: &EventMeta, seed: u64) -> String {
    let mut members = Vec::new();
    add_fields(&event.fields(), seed, &mut members);
    Json::Object(members).to_line()
}

fn add_fields(fields: &[&'static FieldMeta], seed: u64, members: &mut Vec<(String, Json)>) {
    let mut sampler = Sampler::new(seed);
    for field in fields {
        if let Some(value) = sampler.field(field) {
            members.push((field.name.to_owned(), value));
        }
    }
}

/// The level that the rule gives for these values.
fn level(rule: LevelRule, members: &[(String, Json)]) -> Level {
    let value = |field: &str| members.iter().find(|(key, _)| key == field).map(|(_, value)| value);
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
