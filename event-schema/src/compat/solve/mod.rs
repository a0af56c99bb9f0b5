//! Is there a value that fits these nodes and does not fit those?
//!
//! A tableau, kind by kind: formulas are taken apart into what keywords assert, cases are tried one after the other, and what is left is a question about
//! numbers, texts, items or properties. Items and properties are questions of the same sort about smaller values.
//!
//! Three things make the answers hold:
//! - a value is only given after it has been evaluated against everything that was asked;
//! - "there is none" is only said where every case is contradictory, whatever was left out of account on the way can only have made it easier;
//! - a question that comes up within itself has no answer there: of all values that fit, a flattest one has no part that fits the same question.

mod branch;
mod items;
mod numbers;
mod properties;
mod texts;

use super::arena::{Arena, Atom, Constant, Id, Kind};
use super::tri::Tri;
use branch::Branch;
use serde_json::Value;
use std::collections::HashMap;

/// A node that is to hold, or not to.
pub(super) type Literal = (Id, bool);

/// What a question comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// Such a value.
    Witness(Value),
    /// There is no such value.
    Nothing,
    /// Not decided.
    Unknown,
}

/// How much work a solver does before it gives up.
const STEPS: usize = 12_000;
/// Values are looked for that are at most so deep.
const LEVELS: usize = 40;
/// Questions nest at most so deep.
const NESTED: usize = 120;

/// The arena with what is known about it.
pub(super) struct Solver {
    pub(super) arena: Arena,
    known: HashMap<Vec<Literal>, Answer>,
    /// Has no answer if the questions up to this depth have none.
    assumed: HashMap<Vec<Literal>, usize>,
    /// Asked and not yet answered: how deep in questions, how deep in values.
    active: HashMap<Vec<Literal>, (usize, usize)>,
    /// The outermost question that the present one is assumed to have no answer for.
    lowest: usize,
    level: usize,
    steps: usize,
}

impl Solver {
    pub(super) fn new(arena: Arena, steps: usize) -> Self {
        Self {
            arena,
            known: HashMap::new(),
            assumed: HashMap::new(),
            active: HashMap::new(),
            lowest: usize::MAX,
            level: 0,
            steps,
        }
    }

    /// The work that all questions about two documents may take.
    pub(super) const fn budget() -> usize {
        STEPS
    }

    /// The work that is left.
    pub(super) const fn steps_left(&self) -> usize {
        self.steps
    }

    /// Whether work is left; takes some of it.
    fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0
    }

    /// A value for which all of these hold.
    pub(super) fn solve(&mut self, mut query: Vec<Literal>) -> Answer {
        query.sort_unstable();
        query.dedup();
        if query.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Answer::Nothing;
        }
        if let Some(answer) = self.known.get(&query) {
            return answer.clone();
        }
        if let Some(lowest) = self.assumed.get(&query) {
            self.lowest = self.lowest.min(*lowest);
            return Answer::Nothing;
        }
        if let Some((index, level)) = self.active.get(&query) {
            // About the same value it is no smaller question.
            if *level == self.level {
                return Answer::Unknown;
            }
            self.lowest = self.lowest.min(*index);
            return Answer::Nothing;
        }
        if !self.step() || self.level > LEVELS || self.active.len() > NESTED {
            return Answer::Unknown;
        }
        let index = self.active.len();
        self.active.insert(query.clone(), (index, self.level));
        let outer = std::mem::replace(&mut self.lowest, usize::MAX);
        let answer = self.search(&query);
        self.active.remove(&query);
        let own = std::mem::replace(&mut self.lowest, outer);
        self.learn(query, &answer, index, own);
        answer
    }

    /// The same about a part of the value.
    fn solve_part(&mut self, query: Vec<Literal>) -> Answer {
        self.level += 1;
        let answer = self.solve(query);
        self.level -= 1;
        answer
    }

    /// Remembers an answer for as long as what it was built on holds.
    fn learn(&mut self, query: Vec<Literal>, answer: &Answer, index: usize, own: usize) {
        let is_free = own >= index;
        if *answer == Answer::Nothing && !is_free {
            self.lowest = self.lowest.min(own);
            for lowest in self.assumed.values_mut() {
                *lowest = if *lowest >= index { own } else { *lowest };
            }
            self.assumed.insert(query, own);
            return;
        }
        if !self.assumed.is_empty() {
            // What was assumed of this question is now known, or was wrong.
            let (now, kept): (HashMap<_, _>, _) = self.assumed.drain().partition(|(_, lowest)| *lowest >= index);
            self.assumed = kept;
            if *answer == Answer::Nothing {
                self.known.extend(now.into_keys().map(|query| (query, Answer::Nothing)));
            }
        }
        self.known.insert(query, answer.clone());
    }

    fn search(&mut self, query: &[Literal]) -> Answer {
        let mut all = Answer::Nothing;
        for kind in Kind::ALL {
            let answer = match kind {
                Kind::Null => self.among(query, [Value::Null]),
                Kind::Bool => self.among(query, [Value::Bool(false), Value::Bool(true)]),
                _ => self.search_kind(query, kind),
            };
            match answer {
                Answer::Witness(value) => return Answer::Witness(value),
                Answer::Unknown => all = Answer::Unknown,
                Answer::Nothing => {}
            }
        }
        all
    }

    fn search_kind(&mut self, query: &[Literal], kind: Kind) -> Answer {
        let mut branch = Branch::new(kind);
        if query.iter().all(|literal| self.assume(&mut branch, *literal)) {
            self.explore(query, branch)
        } else {
            Answer::Nothing
        }
    }

    /// Whether one of these values is it, when no other can be.
    fn among(&self, query: &[Literal], values: impl IntoIterator<Item = Value>) -> Answer {
        let mut all = Answer::Nothing;
        for value in values {
            match self.fits(query, &value) {
                Tri::True => return Answer::Witness(value),
                Tri::Unknown => all = Answer::Unknown,
                Tri::False => {}
            }
        }
        all
    }

    /// Whether everything that is asked holds for the value.
    fn fits(&self, query: &[Literal], value: &Value) -> Tri {
        Tri::all(query.iter().map(|(id, holds)| {
            let answer = self.arena.evaluate(*id, value);
            if *holds { answer } else { !answer }
        }))
    }

    fn explore(&mut self, query: &[Literal], mut branch: Branch) -> Answer {
        if !self.step() {
            return Answer::Unknown;
        }
        if !self.propagate(&mut branch) {
            return Answer::Nothing;
        }
        if let Some(values) = branch.values(&self.arena) {
            let of_kind = |value: &Constant| value.to_value().filter(|value| Kind::of(value) == branch.kind);
            let values: Vec<_> = values.iter().filter_map(of_kind).collect();
            return self.among(query, values);
        }
        match self.leaf(query, &branch) {
            Answer::Nothing => return Answer::Nothing,
            Answer::Witness(value) => return Answer::Witness(value),
            Answer::Unknown if branch.clauses.is_empty() => return Answer::Unknown,
            Answer::Unknown => {}
        }
        if branch.kind == Kind::Object && !self.discriminate(&mut branch) {
            return Answer::Nothing;
        }
        let Some(clause) = branch.take_shortest() else { return self.leaf(query, &branch) };
        let mut all = Answer::Nothing;
        for case in clause {
            let mut branch = branch.clone();
            if !case.into_iter().all(|literal| self.assume(&mut branch, literal)) {
                continue;
            }
            match self.explore(query, branch) {
                Answer::Witness(value) => return Answer::Witness(value),
                Answer::Unknown => all = Answer::Unknown,
                Answer::Nothing => {}
            }
        }
        all
    }

    /// What the assertions of a branch come to, without its open cases.
    fn leaf(&mut self, query: &[Literal], branch: &Branch) -> Answer {
        let atoms: Vec<(Atom, bool)> = branch.atoms(&self.arena);
        match branch.kind {
            Kind::Integer | Kind::Fraction => self.number(query, branch.kind, &atoms),
            Kind::String => self.text(query, &atoms),
            Kind::Array => self.items(query, &atoms),
            Kind::Object => self.properties(query, &atoms),
            Kind::Bool | Kind::Null => Answer::Unknown,
        }
    }

    /// The value, if it is what is asked for.
    fn checked(&self, query: &[Literal], value: Value) -> Answer {
        if self.fits(query, &value) == Tri::True { Answer::Witness(value) } else { Answer::Unknown }
    }
}
