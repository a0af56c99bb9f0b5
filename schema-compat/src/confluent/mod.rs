//! The verdict of a Confluent-compatible registry, which does not always follow the meaning of the
//! schemas.
//!
//! The registry reads a schema into classes (a text, an object, several schemas joined by `anyOf`
//! ..) and compares class by class. [`read`] makes the classes, [`alike`] collapses equal ones,
//! [`compare`] and its neighbours are the registry's `SchemaDiff` for one pair, and [`relation`]
//! decides which pairs are compatible if schemas refer to themselves. The names of differences are
//! the registry's (`Difference.Type`).

mod alike;
mod combined;
mod compare;
mod comparison;
mod content;
mod kind;
mod known;
mod lists;
mod objects;
mod policy;
mod read;
mod relation;
mod schemas;

pub use kind::CONFLUENT_RULES;
pub(super) use policy::Policy;

use super::arena::Arena;
use super::direction;
use super::lower::{Excused, lower};
use super::reasons;
use super::report::{Finding, Reader, Report, Verdict};
use super::source::{Source, Unreadable};
use super::words;
use comparison::Difference;
use known::Known;
use read::read;
use relation::{Outcome, decide};
use schemas::Schemas;
use serde_json::Value;

/// The work limit of the search for witnesses, which are optional here.
const PROOF_STEPS: usize = 3_000_000;

/// The registry's verdict on a reader and its writer.
pub(super) fn check(writer: &Value, reader: &Value, who: Reader, policy: Policy) -> Report {
    let [writer_is, reader_is] = who.roles();
    let outcome = Source::new(writer, writer_is).and_then(|writer| {
        let reader = Source::new(reader, reader_is)?;
        compared(&writer, &reader, policy)
    });
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => return Report::unreadable(&error),
    };
    match outcome {
        Outcome::Compatible => Report::default(),
        Outcome::Open(reasons) => {
            Report { verdict: Verdict::Undecided, findings: Vec::new(), undecided: reasons }
        }
        Outcome::Incompatible(differences) => {
            let proofs = direction::check_within(writer, reader, who, PROOF_STEPS).findings;
            let findings = differences
                .into_iter()
                .map(|difference| finding(difference, who, reader, &proofs))
                .collect();
            Report { verdict: Verdict::Incompatible, findings, undecided: Vec::new() }
        }
    }
}

fn compared(
    writer: &Source<'_>,
    reader: &Source<'_>,
    policy: Policy,
) -> Result<Outcome, Unreadable> {
    // An invalid schema is invalid under every rule set.
    for source in [writer, reader] {
        lower(&mut Arena::default(), source, &Excused::default())?;
    }
    if writer.root == reader.root {
        return Ok(Outcome::Compatible);
    }
    let mut schemas = Schemas::default();
    let pair = (read(&mut schemas, writer), read(&mut schemas, reader));
    let known = Known::new(schemas);
    Ok(decide(&known, pair, policy).unwrap_or_else(|(original, update)| {
        let sides = [(original, writer), (update, reader)];
        let at = sides.map(|(id, source)| reasons::place(source, &known.get(id).pointer));
        Outcome::Open(vec![reasons::too_much(&at)])
    }))
}

/// The finding, with a proof if meaning and structure agree: a payload that the writer writes at
/// this place and the reader refuses there.
fn finding(difference: Difference, who: Reader, reader: &Value, proofs: &[Finding]) -> Finding {
    let part = words::part_at(reader, &difference.update);
    let Difference { kind, original, update } = difference;
    let proof = proofs.iter().find(|proof| {
        let (written, read) = match who {
            Reader::New => (&proof.old, &proof.new),
            Reader::Old => (&proof.new, &proof.old),
        };
        is_within(read, &update) && (is_within(written, &original) || is_within(&original, written))
    });
    let witness = proof.and_then(|proof| proof.witness.clone());
    let (old, new) = match who {
        Reader::New => (original, update),
        Reader::Old => (update, original),
    };
    let rule = kind.rule();
    Finding {
        rule,
        reader: Some(who),
        old,
        new,
        version: 0,
        message: words::broken(&part, who, &format!("{} ({})", rule.explanation, kind.name())),
        witness,
    }
}

/// Whether a pointer equals the other one, or is inside it.
fn is_within(pointer: &str, other: &str) -> bool {
    pointer.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
