//! Is there a value that fits these nodes and does not fit those?
//!
//! Kind by kind: formulas are taken apart into what keywords assert, and what they leave open is
//! decided, case by case ([`cases`], [`decide`]). What is left is a question about numbers, texts,
//! items or properties ([`leaf`]). Items and properties are questions of the same sort about
//! smaller values. A case that contradicts itself is traced to the few assertions that do, and no
//! other case with these is tried ([`clauses`]): alternatives that exclude each other by a key, a
//! tag, a type or a closed object take a step each, and not a case for every way to combine them.
//!
//! Three things make the answers hold:
//! - a value is only given after it has been evaluated against everything that was asked;
//! - "there is none" is only said where every case is contradictory, whatever was left out of
//!   account on the way can only have made it easier;
//! - a question that comes up within itself has no answer there: of all values that fit, a flattest
//!   one has no part that fits the same question. The same holds of questions that come up too
//!   deep: they are taken to have no answer, and asked by themselves later.

mod cases;
mod clauses;
mod decide;
mod items;
mod leaf;
mod names;
mod numbers;
mod properties;
mod texts;

use super::arena::{Arena, Id, Kind};
use super::tri::Tri;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

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
const WORK: usize = 10_000_000;
/// Questions nest at most so deep; those that come up deeper are asked by themselves.
const NESTED: usize = 40;
/// What is wanted under some name, or at some place, is placed in so many steps, one within the
/// other: more would run out of stack.
const FRAMES: usize = 400;
/// Values are made of at most so many.
const VALUES: usize = 20_000;
/// Reasons are kept for so many questions.
const DOUBTS: usize = 16;

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Doubt {
    /// It took the most of the work, and there is none left.
    Work,
    /// It depends on something that is not decided.
    Opaque(Id),
    /// What would have to be made is too large, or the patterns are.
    Size,
    /// Nothing was found, and nothing shows that there is nothing.
    NotFound,
}

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
    /// How many of them are being placed, in all questions that are being asked.
    placing: usize,
    /// Came up too deep, and is taken to have no answer.
    postponed: HashSet<Vec<Literal>>,
    /// Of these, what is still to be asked.
    waiting: Vec<Vec<Literal>>,
    work: usize,
    /// The work that the questions which are asked have taken so far, each without those within it.
    own_work: Vec<usize>,
    /// The question that took the most.
    heaviest: (usize, Vec<Literal>),
    doubts: Vec<(Doubt, Vec<Literal>)>,
}

impl Solver {
    pub(super) fn new(arena: Arena, work: usize) -> Self {
        Self {
            arena,
            known: HashMap::new(),
            assumed: HashMap::new(),
            active: HashMap::new(),
            lowest: usize::MAX,
            level: 0,
            placing: 0,
            postponed: HashSet::new(),
            waiting: Vec::new(),
            work,
            own_work: Vec::new(),
            heaviest: (0, Vec::new()),
            doubts: Vec::new(),
        }
    }

    /// The work that all questions about two documents may take.
    pub(super) const fn budget() -> usize {
        WORK
    }

    /// The work that is left.
    pub(super) fn work_left(&self) -> usize {
        self.work.saturating_sub(self.arena.looked_at.get())
    }

    /// Takes some of the work; false if none is left.
    fn work(&mut self, some: usize) -> bool {
        self.work = self.work.saturating_sub(some + 1);
        if let Some(own) = self.own_work.last_mut() {
            *own += some + 1;
        }
        self.work_left() > 0
    }

    /// Why there is no answer, and to which question.
    pub(super) fn doubts(&self) -> Vec<(Doubt, Vec<Literal>)> {
        if self.work_left() == 0 {
            return vec![(Doubt::Work, self.heaviest.1.clone())];
        }
        self.doubts.clone()
    }

    fn doubt(&mut self, why: Doubt, query: &[Literal]) {
        let doubt = (why, query.to_vec());
        if self.doubts.len() < DOUBTS && !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// A value for which all of these hold, with everything asked that came up on the way.
    pub(super) fn answer(&mut self, query: &[Literal]) -> Answer {
        loop {
            let answer = self.solve(query.to_vec());
            if answer != Answer::Nothing {
                return answer;
            }
            // What was postponed was taken to have no answer; where one has, that is known from
            // here on, and everything else is asked anew.
            let Some(other) = self.waiting.pop() else { return Answer::Nothing };
            self.postponed.remove(&other);
            self.known.remove(&other);
            let answer = self.solve(other.clone());
            if answer == Answer::Nothing {
                self.postponed.insert(other);
            } else {
                self.waiting.clear();
                self.postponed.clear();
                self.known.retain(|_, answer| *answer != Answer::Nothing);
            }
        }
    }

    /// A value for which all of these hold.
    pub(super) fn solve(&mut self, mut query: Vec<Literal>) -> Answer {
        let has_work = self.work(query.len());
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
        if self.postponed.contains(&query) {
            return Answer::Nothing;
        }
        if !has_work {
            return Answer::Unknown;
        }
        if self.active.len() >= NESTED {
            self.postponed.insert(query.clone());
            self.waiting.push(query);
            return Answer::Nothing;
        }
        let index = self.active.len();
        self.active.insert(query.clone(), (index, self.level));
        let outer = std::mem::replace(&mut self.lowest, usize::MAX);
        self.own_work.push(0);
        let answer = self.search(&query);
        self.active.remove(&query);
        let spent = self.own_work.pop().unwrap_or_default();
        if spent > self.heaviest.0 {
            self.heaviest = (spent, query.clone());
        }
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
            let (now, kept): (HashMap<_, _>, _) =
                self.assumed.drain().partition(|(_, lowest)| *lowest >= index);
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
                _ => self.of_kind(query, kind),
            };
            match answer {
                Answer::Witness(value) => return Answer::Witness(value),
                Answer::Unknown => all = Answer::Unknown,
                Answer::Nothing => {}
            }
        }
        all
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

    /// A step within the others; not decided, if these are too many.
    fn one_more(&mut self, step: impl FnOnce(&mut Self) -> Answer) -> Answer {
        if self.placing >= FRAMES {
            return Answer::Unknown;
        }
        self.placing += 1;
        let answer = step(self);
        self.placing -= 1;
        answer
    }

    /// Counts a part of a value that is made; false if it becomes too large. What is the same twice
    /// is written twice: it may double at every level.
    fn counts(&mut self, part: &Value, made: &mut usize) -> bool {
        let before = *made;
        let mut waiting = vec![part];
        while let Some(value) = waiting.pop() {
            *made += 1;
            if *made > VALUES {
                break;
            }
            match value {
                Value::Array(items) => waiting.extend(items),
                Value::Object(members) => waiting.extend(members.values()),
                _ => {}
            }
        }
        self.work((*made - before) / 8) && *made <= VALUES
    }

    /// The value, if it is what is asked for.
    fn checked(&self, query: &[Literal], value: Value) -> Answer {
        if self.fits(query, &value) == Tri::True { Answer::Witness(value) } else { Answer::Unknown }
    }
}
