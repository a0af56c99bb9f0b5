//! What each query answers, computed from the history by loops.

use crate::history::{Happened, IDS, TYPES};
use std::collections::{BTreeMap, BTreeSet};

/// The events with their numbers.
fn numbered(history: &[Happened]) -> impl Iterator<Item = (i64, &Happened)> {
    (1..).zip(history)
}

/// The numbers of the events of an entity.
pub(crate) fn timeline(history: &[Happened], entity: usize) -> Vec<i64> {
    let of_entity = numbered(history).filter(|(_, event)| event.entity == Some(entity));
    of_entity.map(|(seq, _)| seq).collect()
}

/// How many entities reach each step.
pub(crate) fn funnel(history: &[Happened], steps: &[usize], within: Option<u64>) -> Vec<u64> {
    let mut reached = vec![0; steps.len()];
    for entity in 0..IDS.len() {
        let events = history.iter().filter(|event| event.entity == Some(entity));
        let (mut step, mut begun_at) = (0, 0);
        for event in events {
            let in_time =
                step == 0 || within.is_none_or(|within| event.minute <= begun_at + within);
            if step < steps.len() && event.ty == steps[step] && in_time {
                if step == 0 {
                    begun_at = event.minute;
                }
                reached[step] += 1;
                step += 1;
            }
        }
    }
    reached
}

/// The entities with more than one event of a type and amount: id, amount, count, first, last.
pub(crate) fn duplicates(
    history: &[Happened],
    ty: usize,
) -> BTreeSet<(String, i64, u64, i64, i64)> {
    let mut groups: BTreeMap<_, Vec<i64>> = BTreeMap::new();
    for (seq, event) in numbered(history).filter(|(_, event)| event.ty == ty) {
        if let Some(entity) = event.entity {
            groups.entry((IDS[entity].to_owned(), event.amount_cents)).or_default().push(seq);
        }
    }
    let repeated = groups.into_iter().filter(|(_, seqs)| seqs.len() > 1);
    repeated
        .map(|((id, amount), seqs)| (id, amount, seqs.len() as u64, seqs[0], *seqs.last().unwrap()))
        .collect()
}

/// The numbers of the events by which payments began before a minute that have not ended.
pub(crate) fn stuck(history: &[Happened], minute: u64) -> Vec<i64> {
    let mut open: BTreeMap<usize, (i64, u64)> = BTreeMap::new();
    for (seq, event) in numbered(history) {
        let Some(entity) = event.entity else { continue };
        match TYPES[event.ty] {
            "order.payment.started" => {
                open.insert(entity, (seq, event.minute));
            }
            "order.payment.completed" | "order.payment.failed" => {
                open.remove(&entity);
            }
            _ => {}
        }
    }
    let open = open.into_values().filter(|(_, begun)| *begun <= minute);
    open.map(|(seq, _)| seq).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The missing versions of each entity, one by one.
pub(crate) fn missing(history: &[Happened]) -> BTreeSet<(String, i64)> {
    let mut missing = BTreeSet::new();
    for (entity, id) in IDS.into_iter().enumerate() {
        let of_entity = history.iter().filter(|event| event.entity == Some(entity));
        let versions: BTreeSet<_> = of_entity.filter_map(|event| event.entity_version).collect();
        let (Some(first), Some(last)) = (versions.first(), versions.last()) else { continue };
        let between = (*first..*last).filter(|version| !versions.contains(version));
        missing.extend(between.map(|version| (id.to_owned(), version)));
    }
    missing
}

/// The number of the event that set the state of an entity at a minute, and the state.
pub(crate) fn state(
    history: &[Happened],
    entity: usize,
    minute: u64,
) -> Option<(i64, &'static str)> {
    let changes = numbered(history).filter(|(_, event)| {
        event.entity == Some(entity) && event.minute <= minute && event.changes()
    });
    changes.last().map(|(seq, event)| (seq, event.after))
}
