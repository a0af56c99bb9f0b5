//! Sample values that match a declaration: they show what an event looks like, and schemas are
//! tested with them.

mod foreign;
mod random;
mod record;
mod step;
mod value;

use crate::json::Json;
use event_core::Level;
use event_core::meta::shape::{Shape, Tagging};
use event_core::meta::{EventMeta, FieldMeta, LevelRule, LevelValue};
use event_grammar::record::Within;
use record::{Around, Bound, Members, Sample};
use value::Sampler;

/// A possible flat line of the event, masked, with its context bound. Equal seeds give equal lines.
/// Seed 0 gives the line for documentation: only the event, with every field, the declared examples
/// and plain values. Other seeds vary everything that may vary, and the rest of the bound context.
pub fn line(event: &EventMeta, seed: u64) -> String {
    let sample = sample(event, seed);
    let bound = if seed == 0 { Bound::Nothing } else { Bound::ByChance };
    let mut members = Around::new(&sample, seed, bound).members(Within::Line);
    members.extend(sample.context);
    members.extend(sample.payload);
    Json::Object(members).to_line()
}

/// A possible envelope of the event, with the values of [`line()`] for the same seed. Seed 0 gives
/// an envelope with everything bound.
pub fn envelope(event: &EventMeta, seed: u64) -> String {
    let sample = sample(event, seed);
    let bound = if seed == 0 { Bound::All } else { Bound::ByChance };
    Json::Object(Around::new(&sample, seed, bound).members(Within::Envelope)).to_line()
}

fn sample(event: &EventMeta, seed: u64) -> Sample<'_> {
    let (context, payload) = (sampled(&event.context_fields(), seed), sampled_payload(event, seed));
    Sample { event, level: level(event, [&context, &payload]), context, payload }
}

/// The event's own fields and its contributions as one object, with the values of [`line()`] for
/// the same seed.
pub fn payload(event: &EventMeta, seed: u64) -> String {
    Json::Object(sampled_payload(event, seed)).to_line()
}

fn sampled(fields: &[&'static FieldMeta], seed: u64) -> Members {
    let mut sampler = Sampler::new(seed);
    fields.iter().filter_map(|field| Some((field.name.to_owned(), sampler.field(field)?))).collect()
}

/// The event's own fields and the contributions to a unit of work: for documentation all
/// contributions, else each by chance.
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

/// The name of a variant with content.
fn variant(tagging: Tagging, members: &Members) -> LevelValue<'_> {
    let name = match tagging {
        Tagging::External => members.first().map(|(name, _)| name.as_str()),
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
            members.iter().find_map(|(key, value)| match value {
                Json::Text(name) if key == tag => Some(name.as_str()),
                _ => None,
            })
        }
        // Only a reader of the type can tell the variant.
        Tagging::Untagged => None,
    };
    name.map_or(LevelValue::Other, LevelValue::Text)
}
