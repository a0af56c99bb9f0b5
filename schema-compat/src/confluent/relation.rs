//! Which pairs are compatible, if schemas refer to themselves.
//!
//! The result is the greatest consistent relation: every pair is assumed compatible until a
//! difference is found; then the pairs that depend on it are compared again. To follow a circle
//! once and to assume that its end is compatible would hide breaks. To follow every path to a pair
//! would take exponential time.

use super::compare::compare;
use super::comparison::{Difference, Pair, Step};
use super::known::Known;
use super::policy::Policy;
use std::collections::{HashMap, HashSet, VecDeque};

/// The maximum number of reported differences.
const DIFFERENCES: usize = 32;
/// The maximum number of questions. It also limits memory: each question needs a few words.
const QUESTIONS: usize = 2_000_000;

/// The result of the registry's comparison.
pub(super) enum Outcome {
    Compatible,
    Incompatible(Vec<Difference>),
    /// Not decided; the texts say why.
    Open(Vec<String>),
}

/// The result of the registry's comparison; an error with the costliest pair if there are too many
/// questions.
pub(super) fn decide(schemas: &Known<'_>, root: Pair, policy: Policy) -> Result<Outcome, Pair> {
    // A compatible pair can only make more pairs compatible. So the schemas are compatible if they
    // are so when every open question counts against them, and incompatible if they are so when
    // every open question counts for them.
    let mut for_it = Relation::new(schemas, policy, true);
    let is_solved = for_it.solve(root);
    // A pair with a difference stays incompatible, whatever is left to compare.
    if !for_it.holds(root) {
        return Ok(Outcome::Incompatible(for_it.differences(root)));
    }
    if !is_solved {
        return Err(for_it.heaviest.1);
    }
    if for_it.open.is_empty() {
        return Ok(Outcome::Compatible);
    }
    let mut against_it = Relation::new(schemas, policy, false);
    if !against_it.solve(root) {
        return Err(against_it.heaviest.1);
    }
    Ok(if against_it.holds(root) { Outcome::Compatible } else { Outcome::Open(for_it.open) })
}

/// The known results for pairs. A pair is stored by the representatives of its schemas.
struct Relation<'a, 's> {
    schemas: &'a Known<'s>,
    policy: Policy,
    /// The answer for undecidable questions.
    open_holds: bool,
    open: Vec<String>,
    holds: HashMap<Pair, bool>,
    /// Which pairs depend on a pair.
    asked_by: HashMap<Pair, Vec<Pair>>,
    queue: VecDeque<Pair>,
    queued: HashSet<Pair>,
    questions: usize,
    /// The costliest pair, and its cost.
    heaviest: (usize, Pair),
}

impl<'a, 's> Relation<'a, 's> {
    fn new(schemas: &'a Known<'s>, policy: Policy, open_holds: bool) -> Self {
        Self {
            schemas,
            policy,
            open_holds,
            open: Vec::new(),
            holds: HashMap::new(),
            asked_by: HashMap::new(),
            queue: VecDeque::new(),
            queued: HashSet::new(),
            questions: QUESTIONS,
            heaviest: (0, (0, 0)),
        }
    }

    fn holds(&self, pair: Pair) -> bool {
        self.holds.get(&self.representative(pair)).copied().unwrap_or(true)
    }

    fn representative(&self, (original, update): Pair) -> Pair {
        (self.schemas.representative(original), self.schemas.representative(update))
    }

    /// Compares every pair that the root depends on until nothing changes; false if that takes too
    /// long.
    fn solve(&mut self, root: Pair) -> bool {
        self.enqueue(self.representative(root));
        // First in, first out: a pair is compared again after the pairs that it depends on.
        while let Some(pair) = self.queue.pop_front() {
            self.queued.remove(&pair);
            if !self.holds(pair) {
                continue;
            }
            let Some(holds) = self.look_at(pair) else { return false };
            self.holds.insert(pair, holds);
            if !holds {
                for waiting in self.asked_by.remove(&pair).unwrap_or_default() {
                    self.enqueue(waiting);
                }
            }
        }
        true
    }

    fn enqueue(&mut self, pair: Pair) {
        if self.queued.insert(pair) {
            self.queue.push_back(pair);
        }
    }

    fn look_at(&mut self, pair: Pair) -> Option<bool> {
        let mut asked = Vec::new();
        let left = self.questions;
        let compared = compare(self.schemas, pair, &mut |other| {
            asked.push(self.representative(other));
            // If no more questions are allowed, a comparison ends soon because everything counts as
            // compatible.
            asked.len() >= left || self.holds(other)
        });
        let mut all = true;
        for step in compared.steps {
            all &= match step {
                Step::Differs(difference) => self.policy.allows(difference.kind),
                Step::Inner(inner) => {
                    asked.push(self.representative(inner));
                    self.holds(inner)
                }
                Step::Open(reason) => {
                    if !self.open.contains(&reason) {
                        self.open.push(reason);
                    }
                    self.open_holds
                }
            };
        }
        let questions = asked.len() + compared.work + 1;
        if questions > self.heaviest.0 {
            self.heaviest = (questions, pair);
        }
        self.questions = self.questions.checked_sub(questions)?;
        asked.sort_unstable();
        asked.dedup();
        for other in asked {
            let is_new = !self.holds.contains_key(&other);
            if is_new {
                self.enqueue(other);
            }
            if *self.holds.entry(other).or_insert(true) {
                self.asked_by.entry(other).or_default().push(pair);
            }
        }
        Some(all)
    }

    /// The differences that make the root incompatible, one per place.
    fn differences(&self, root: Pair) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut met = HashSet::from([root]);
        let mut waiting = vec![root];
        let mut questions = 0;
        while let Some(pair) = waiting.pop() {
            let compared = compare(self.schemas, pair, &mut |other| {
                questions += 1;
                self.holds(other)
            });
            questions += compared.work;
            let mut inner = Vec::new();
            for step in compared.steps {
                match step {
                    Step::Differs(difference) if !self.policy.allows(difference.kind) => {
                        found.push(difference);
                    }
                    Step::Inner(other) if !self.holds(other) && met.insert(other) => {
                        inner.push(other);
                    }
                    _ => {}
                }
            }
            // In document order.
            waiting.extend(inner.into_iter().rev());
            if found.len() >= DIFFERENCES || (questions > QUESTIONS && !found.is_empty()) {
                break;
            }
        }
        found.truncate(DIFFERENCES);
        found
    }
}
