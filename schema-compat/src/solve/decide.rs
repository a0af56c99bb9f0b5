//! Tries case after case of a question about one kind of value, until a case has a value or no case
//! is left.

use super::cases::{Cases, GLANCE};
use super::leaf::{Fact, Leaf};
use super::{Answer, Doubt, Literal, Solver};
use crate::arena::{Atom, Constant, Id, Kind, Node};
use crate::tri::Tri;
use serde_json::Value;

/// How many undecided cases are allowed before the search stops.
const UNDECIDED: usize = 64;
/// A count above this may be too large to build.
const LARGE: u64 = 256;

impl Solver {
    /// A value of the kind for which everything holds.
    pub(super) fn of_kind(&mut self, query: &[Literal], kind: Kind) -> Answer {
        if query.iter().any(|literal| self.is_out(*literal, kind, 0)) {
            return Answer::Nothing;
        }
        let mut cases = Cases::new(kind);
        for literal in query {
            let lit = cases.lit(&self.arena, *literal);
            if cases.clauses.require(lit).is_err() {
                return Answer::Nothing;
            }
        }
        let mut undecided = 0;
        loop {
            let conflict = match cases.propagate(&mut self.arena) {
                Err(conflict) => conflict,
                Ok(mut work) => {
                    let case = cases.open(&self.arena, &mut work);
                    if !self.work(work) {
                        return Answer::Unknown;
                    }
                    if let Some(case) = case {
                        cases.clauses.decide(case);
                        continue;
                    }
                    let facts = cases.facts(&self.arena);
                    match self.leaf(query, kind, &facts) {
                        Leaf::Witness(value) => return Answer::Witness(value),
                        Leaf::Nothing(core) => cases.not_all(&core),
                        Leaf::Unknown(core) => {
                            undecided += 1;
                            self.doubt_of(query, &facts);
                            if undecided > UNDECIDED {
                                return Answer::Unknown;
                            }
                            cases.not_all(&core)
                        }
                    }
                }
            };
            if !self.work((conflict.len() + cases.len()) / 8) {
                return Answer::Unknown;
            }
            if !cases.clauses.learn(conflict) {
                return if undecided == 0 { Answer::Nothing } else { Answer::Unknown };
            }
        }
    }

    /// Whether no value of the kind can match. Most schemas name one type, so the cases of other
    /// types need not be expanded.
    fn is_out(&self, (id, holds): Literal, kind: Kind, depth: usize) -> bool {
        if depth > GLANCE {
            return false;
        }
        let all = |ids: &[Id]| ids.iter().any(|id| self.is_out((*id, holds), kind, depth + 1));
        match (self.arena.node(id), holds) {
            (Node::And(ids), true) | (Node::Or(ids), false) => all(ids),
            (Node::Not(inner), _) => self.is_out((*inner, !holds), kind, depth + 1),
            (Node::Atom(atom), _) => atom.for_kind(kind) == Tri::from(!holds),
            _ => false,
        }
    }

    /// Remembers why a case is undecided.
    fn doubt_of(&mut self, query: &[Literal], facts: &[Fact]) {
        let opaque = facts.iter().find(|fact| match fact.atom() {
            Atom::Opaque(..) => true,
            Atom::Pattern(pattern) | Atom::PatternProperty(pattern, _) => {
                self.arena.language(pattern).is_none()
            }
            _ => false,
        });
        match opaque {
            Some(fact) => self.doubt(Doubt::Opaque(fact.literal.0), query),
            None if facts.iter().any(is_large) => self.doubt(Doubt::Size, query),
            // Otherwise a reason was already recorded for a smaller question.
            None if self.doubts.is_empty() => self.doubt(Doubt::NotFound, query),
            None => {}
        }
    }

    /// The listed values of the kind, if no other value can match.
    pub(super) fn listed(
        &mut self,
        query: &[Literal],
        kind: Kind,
        listed: &Fact,
        facts: &[Fact],
    ) -> Option<Leaf> {
        let Atom::Enum(values) = listed.atom() else { return None };
        let of_kind = |value: &Constant| value.to_value().filter(|value| Kind::of(value) == kind);
        let values: Vec<Value> = values.iter().filter_map(of_kind).collect();
        Some(match self.among(query, values) {
            Answer::Witness(value) => Leaf::Witness(value),
            // Each was checked against the whole question: no other case can match.
            Answer::Nothing => Leaf::Nothing(vec![listed.literal]),
            Answer::Unknown => Leaf::Unknown(super::leaf::all(facts)),
        })
    }
}

/// Whether an assertion may be the reason that a value is too large.
fn is_large(fact: &Fact) -> bool {
    match fact.atom() {
        Atom::MinLength(count) | Atom::MinItems(count) | Atom::MinProperties(count) => {
            *count > LARGE
        }
        Atom::MaxLength(count) | Atom::MaxItems(count) | Atom::MaxProperties(count) => {
            !fact.holds() && *count > LARGE
        }
        Atom::Pattern(_) => true,
        _ => false,
    }
}
