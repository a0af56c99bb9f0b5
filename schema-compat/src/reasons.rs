//! Why a check is undecided: the place, and what to write instead.

use crate::arena::{Id, Node};
use crate::explain::Side;
use crate::solve::{Doubt, Literal, Solver};
use crate::source::Source;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The maximum number of reported reasons.
const TOLD: usize = 4;

/// The solver's doubts in words.
pub(crate) fn reasons(solver: &Solver, writer: &Side<'_>, reader: &Side<'_>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for (doubt, query) in solver.doubts() {
        let reason = match doubt {
            Doubt::Opaque(id) => opaque(id, [writer, reader]),
            Doubt::Work => Some(work(solver, &query, writer, reader)),
            Doubt::Size => Some(size(&query, writer, reader)),
            Doubt::NotFound => None,
        };
        let reason = reason.unwrap_or_else(|| not_found(&query, writer, reader));
        if !told.contains(&reason) && told.len() < TOLD {
            told.push(reason);
        }
    }
    if told.is_empty() {
        told.push(not_found(&[], writer, reader));
    }
    told
}

fn opaque(id: Id, sides: [&Side<'_>; 2]) -> Option<String> {
    let places: Vec<_> = sides
        .into_iter()
        .filter_map(|side| Some((side, side.lowered.opaque.iter().find(|opaque| opaque.id == id)?)))
        .collect();
    let (_, first) = places.first()?;
    let at: Vec<String> =
        places.iter().map(|(side, opaque)| place(side.source, &opaque.pointer)).collect();
    Some(format!("at {}: {}; {}", at.join(" and "), first.why, first.instead))
}

fn work(solver: &Solver, query: &[Literal], writer: &Side<'_>, reader: &Side<'_>) -> String {
    let found = [writer, reader].map(|side| alternatives(solver, query, side));
    if found.iter().all(Option::is_none) {
        let at = [writer, reader].map(|side| place_of(query, side));
        return format!(
            "{} against {}: the comparison takes too long; compare a part of each at a time",
            at[0], at[1]
        );
    }
    let [one, other] = found;
    too_much(&[
        one.unwrap_or_else(|| place_of(query, writer)),
        other.unwrap_or_else(|| place_of(query, reader)),
    ])
}

/// The reason that the comparison of two places takes too long, and what to write instead.
pub(crate) fn too_much(at: &[String; 2]) -> String {
    format!(
        "{} against {}: the comparison takes too long; give each alternative a required property with a different `const`",
        at[0], at[1]
    )
}

fn size(query: &[Literal], writer: &Side<'_>, reader: &Side<'_>) -> String {
    format!(
        "{} against {}: a breaking payload would be too large, or the patterns have too many parts; compare them with lower bounds and shorter repetitions",
        place_of(query, writer),
        place_of(query, reader)
    )
}

fn not_found(query: &[Literal], writer: &Side<'_>, reader: &Side<'_>) -> String {
    format!(
        "{} against {}: found neither a breaking payload nor a proof that there is none; write both with the same keywords, and change one of them at a time",
        place_of(query, writer),
        place_of(query, reader)
    )
}

/// The larger number of alternatives that a question is about, and their place.
fn alternatives(solver: &Solver, query: &[Literal], side: &Side<'_>) -> Option<String> {
    let mut waiting: Vec<(Id, usize)> = query.iter().map(|(id, _)| (*id, 0)).collect();
    let mut counts: HashMap<Id, usize> = HashMap::new();
    while let Some((id, depth)) = waiting.pop() {
        match solver.arena.node(id) {
            Node::And(ids) if depth < 3 => waiting.extend(ids.iter().map(|id| (*id, depth + 1))),
            Node::Or(ids) | Node::One(ids) if ids.len() > 1 => {
                counts.insert(id, ids.len());
            }
            _ => {}
        }
    }
    let written =
        side.lowered.keywords.iter().filter_map(|(pointer, id)| Some((*counts.get(id)?, pointer)));
    let (count, pointer) = written.max_by_key(|(count, pointer)| (*count, Reverse(*pointer)))?;
    Some(format!("the {count} alternatives at {}", place(side.source, pointer)))
}

/// The schema of one side that a question is about.
fn place_of(query: &[Literal], side: &Side<'_>) -> String {
    let asked: HashSet<Id> = query.iter().map(|(id, _)| *id).collect();
    let pointers = side
        .lowered
        .schemas
        .iter()
        .filter(|(_, id)| asked.contains(id))
        .map(|(pointer, _)| pointer.as_str());
    // The outermost place, if the same schema is at several places.
    let pointer =
        pointers.min_by_key(|pointer| (pointer.matches('/').count(), *pointer)).unwrap_or_default();
    place(side.source, pointer)
}

/// A place in one of two documents, in words.
pub(crate) fn place(source: &Source<'_>, pointer: &str) -> String {
    let pointer = if pointer.is_empty() { "#" } else { pointer };
    format!("`{pointer}` of the {} schema", source.side)
}
