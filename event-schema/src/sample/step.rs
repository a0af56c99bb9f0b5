//! The states of a transition: makes them a step of the event's table.

use super::record::Members;
use super::value::Sampler;
use super::variant;
use crate::json::Json;
use event_core::meta::shape::Shape;
use event_core::meta::{EventMeta, FieldMeta, LevelValue, Role, Transition};

/// The number of pairs of states to try: tables and their enums are small.
const ATTEMPTS: u64 = 1_000;

/// Replaces an illegal step with a legal step.
pub(super) fn make_legal(event: &EventMeta, seed: u64, members: &mut Members) {
    let steps = event.transitions();
    let fields = event.fields();
    let with = |role: Role| fields.iter().copied().find(|field| field.role == role);
    let (Some(before), Some(after)) = (with(Role::Before), with(Role::After)) else { return };
    if steps.is_empty() {
        return;
    }
    let is_legal =
        |from: &Json, to: &Json| Transition::allows(steps, state(before, from), state(after, to));
    let sampled = |attempt: u64| {
        let mut sampler = Sampler::new(seed.wrapping_mul(ATTEMPTS).wrapping_add(attempt));
        Some((sampler.field(before)?, sampler.field(after)?))
    };
    let found = |members: &Members, key: &str| members.iter().position(|(name, _)| name == key);
    let (Some(from), Some(to)) = (found(members, before.name), found(members, after.name)) else {
        return;
    };
    if is_legal(&members[from].1, &members[to].1) {
        return;
    }
    if let Some((one, other)) =
        (1..=ATTEMPTS).filter_map(sampled).find(|(one, other)| is_legal(one, other))
    {
        members[from].1 = one;
        members[to].1 = other;
    }
}

/// The name of the state; `None` for `null`.
fn state<'j>(field: &FieldMeta, value: &'j Json) -> Option<&'j str> {
    match (value, field.shape.bare()) {
        (Json::Text(name), _) => Some(name),
        (Json::Object(members), Shape::Enum(shape)) => match variant(shape.tagging, members) {
            LevelValue::Text(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}
