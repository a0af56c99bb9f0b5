//! Which pairs are compatible, where schemas refer to themselves.
//!
//! The greatest relation that agrees with itself: every pair is taken for compatible until
//! something speaks against it, and what was built on it is then looked at again. To follow a
//! circle once and call its end compatible would hide breaks, and to follow every way to a pair
//! would take for ever.

use super::compare::compare;
use super::comparison::{Difference, Pair, Step};
use super::known::Known;
use super::policy::Policy;
use std::collections::{HashMap, HashSet, VecDeque};

/// A comparison lists so many differences.
const DIFFERENCES: usize = 32;
/// Questions that are asked before it gives up. They bound the memory too: what is kept of each is
/// a few words.
const QUESTIONS: usize = 2_000_000;

/// What the registry comes to.
pub(super) enum Outcome {
    Compatible,
    Incompatible(Vec<Difference>),
    /// Not decided, and why.
    Open(Vec<String>),
}

/// What the registry comes to; the pair that took the most questions, if there are too many.
pub(super) fn decide(schemas: &Known<'_>, root: Pair, policy: Policy) -> Result<Outcome, Pair> {
    // Compatible pairs only ever make more pairs compatible. So it is compatible if it is when
    // whatever is open speaks against it, and not if it is not when whatever is open speaks for it.
    let mut for_it = Relation::new(schemas, policy, true);
    let is_solved = for_it.solve(root);
    // A pair that something speaks against stays incompatible, whatever is left to look at.
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

/// What is known of pairs. A pair is known by the schemas that stand for all that are alike.
struct Relation<'a, 's> {
    schemas: &'a Known<'s>,
    policy: Policy,
    /// What is said of what cannot be known.
    open_holds: bool,
    open: Vec<String>,
    holds: HashMap<Pair, bool>,
    /// Who asked about a pair.
    asked_by: HashMap<Pair, Vec<Pair>>,
    queue: VecDeque<Pair>,
    queued: HashSet<Pair>,
    questions: usize,
    /// The pair that took the most of them at once.
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

    /// Looks at every pair that the root depends on until nothing changes; false if that takes too
    /// long.
    fn solve(&mut self, root: Pair) -> bool {
        self.enqueue(self.representative(root));
        // First in, first out: a pair is looked at again when all that it asked about have been.
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
            // A comparison that may ask no more ends soon when everything is compatible.
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

    /// What speaks against the root, each place once.
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
            // In the order in which they stand.
            waiting.extend(inner.into_iter().rev());
            if found.len() >= DIFFERENCES || (questions > QUESTIONS && !found.is_empty()) {
                break;
            }
        }
        found.truncate(DIFFERENCES);
        found
    }
}
