//! Is there a value that matches these nodes and does not match those?
//!
//! The solver works kind by kind. It takes formulas apart into assertions of keywords, and decides
//! open alternatives case by case ([`cases`], [`decide`]). The rest is a question about numbers,
//! texts, items or properties ([`leaf`]). Items and properties are questions of the same form about
//! smaller values. A contradictory case is traced to the few assertions that cause it, and no other
//! case with these assertions is tried ([`clauses`]): alternatives that exclude each other by a
//! key, a tag, a type or a closed object take one step each, not one case for every combination.
//!
//! Three rules make the answers correct:
//! - a value is returned only after it was evaluated against the whole question;
//! - "there is no value" is returned only if every case is contradictory; any assertion that was
//!   left out on the way can only have made a case easier;
//! - a question that occurs within itself is assumed to have no answer there: of all values that
//!   match, a flattest one has no part that matches the same question. Questions that are nested
//!   too deeply are also assumed to have no answer, and are asked separately later.

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

/// A node, and whether it must hold.
pub(super) type Literal = (Id, bool);

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// A value that matches.
    Witness(Value),
    /// There is no such value.
    Nothing,
    /// Not decided.
    Unknown,
}

/// How much work a solver does before it gives up.
const WORK: usize = 10_000_000;
/// The maximum depth of nested questions; deeper questions are asked separately.
const NESTED: usize = 40;
/// The maximum number of nested steps that place required properties and items: more would overflow
/// the stack.
const FRAMES: usize = 400;
/// The maximum number of parts of a value.
const VALUES: usize = 20_000;
/// The maximum number of questions whose reasons are kept.
const DOUBTS: usize = 16;

/// Why a question is undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Doubt {
    /// It took the most work, and none is left.
    Work,
    /// It depends on a part that cannot be decided.
    Opaque(Id),
    /// The value to build, or the patterns, are too large.
    Size,
    /// No value was found, and no proof that there is none.
    NotFound,
}

/// The arena and the results so far.
pub(super) struct Solver {
    pub(super) arena: Arena,
    known: HashMap<Vec<Literal>, Answer>,
    /// Questions without an answer, provided that the questions up to this depth have none.
    assumed: HashMap<Vec<Literal>, usize>,
    /// Questions in progress: their depth in questions, and in values.
    active: HashMap<Vec<Literal>, (usize, usize)>,
    /// The outermost question that the current one assumes to have no answer.
    lowest: usize,
    level: usize,
    /// How many steps of placing are in progress, over all questions.
    placing: usize,
    /// Questions that were nested too deeply and are assumed to have no answer.
    postponed: HashSet<Vec<Literal>>,
    /// Postponed questions that are not asked yet.
    waiting: Vec<Vec<Literal>>,
    work: usize,
    /// The work of each question in progress, without its nested questions.
    own_work: Vec<usize>,
    /// The costliest question.
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

    /// The work limit for all questions about two documents.
    pub(super) const fn budget() -> usize {
        WORK
    }

    /// The remaining work.
    pub(super) fn work_left(&self) -> usize {
        self.work.saturating_sub(self.arena.looked_at())
    }

    /// Uses some work; false if none is left.
    fn work(&mut self, some: usize) -> bool {
        self.work = self.work.saturating_sub(some + 1);
        if let Some(own) = self.own_work.last_mut() {
            *own += some + 1;
        }
        self.work_left() > 0
    }

    /// Why questions are undecided, with the questions.
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

    /// A value for which all of these hold; postponed questions are answered too.
    pub(super) fn answer(&mut self, query: &[Literal]) -> Answer {
        loop {
            let answer = self.solve(query.to_vec());
            if answer != Answer::Nothing {
                return answer;
            }
            // A postponed question was assumed to have no answer. If it has one, that is known from
            // here on, and everything else is asked again.
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
            // For the same value, the question is not smaller.
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

    /// A value of a part for which all of these hold.
    fn solve_part(&mut self, query: Vec<Literal>) -> Answer {
        self.level += 1;
        let answer = self.solve(query);
        self.level -= 1;
        answer
    }

    /// Remembers an answer for as long as its assumptions hold.
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
            // An assumption about this question is now confirmed or refuted.
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

    /// One of these values, if no other value can match.
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

    /// Whether the value matches the whole question.
    fn fits(&self, query: &[Literal], value: &Value) -> Tri {
        Tri::all(query.iter().map(|(id, holds)| {
            let answer = self.arena.evaluate(*id, value);
            if *holds { answer } else { !answer }
        }))
    }

    /// Runs a nested step; undecided if there are too many.
    fn one_more(&mut self, step: impl FnOnce(&mut Self) -> Answer) -> Answer {
        if self.placing >= FRAMES {
            return Answer::Unknown;
        }
        self.placing += 1;
        let answer = step(self);
        self.placing -= 1;
        answer
    }

    /// Counts a part of a generated value; false if the value becomes too large. Shared parts are
    /// written again each time, so the size may double at every level.
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

    /// The value, if it matches the question.
    fn checked(&self, query: &[Literal], value: Value) -> Answer {
        if self.fits(query, &value) == Tri::True { Answer::Witness(value) } else { Answer::Unknown }
    }
}
