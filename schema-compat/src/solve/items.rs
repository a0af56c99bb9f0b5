//! Lists: the required items, their possible positions, and the items between them.

use super::leaf::Fact;
use super::{Answer, Literal, Solver};
use crate::arena::{Atom, Constant, Id};
use serde_json::Value;

/// A required item: its first and last position, and its schema.
struct Wanted {
    from: usize,
    to: Option<usize>,
    what: Literal,
    /// Another item of the same schema comes before it.
    is_another: bool,
}

/// The requirements for a list.
#[derive(Default)]
struct Wishes {
    least: usize,
    most: Option<usize>,
    wanted: Vec<Wanted>,
    /// What the items from an index on must be, or (`to`) only up to an index.
    rules: Vec<(usize, Option<usize>, Literal)>,
    /// Schemas that at most so many items may match.
    few: Vec<(Id, u64)>,
    is_unique: bool,
    has_pair: bool,
    /// There are too many requirements to try every placement.
    is_too_much: bool,
}

/// The maximum number of placed items.
const PLACED: usize = 512;
/// The maximum length of a generated list.
const LENGTH: usize = 10_000;
/// The maximum length of a generated list without repeated items.
const UNIQUE: usize = 256;
/// The maximum number of placements to try.
const WAYS: usize = 2_000;

impl Wishes {
    fn of(facts: &[Fact]) -> Option<Self> {
        let mut wishes = Self::default();
        for fact in facts {
            match fact.says() {
                (Atom::MinItems(count), true) => wishes.at_least(*count),
                (Atom::MaxItems(count), true) => wishes.at_most(*count),
                (Atom::MinItems(count), false) => wishes.at_most(count.checked_sub(1)?),
                (Atom::MaxItems(count), false) => wishes.at_least(count.checked_add(1)?),
                (Atom::Unique, true) => wishes.is_unique = true,
                (Atom::Unique, false) => wishes.has_pair = true,
                (Atom::Item(at, id), true) => wishes.rules.push((*at, Some(*at), (*id, true))),
                (Atom::ItemsFrom(from, id), true) => wishes.rules.push((*from, None, (*id, true))),
                // An item that does not match must be present.
                (Atom::Item(at, id), false) => {
                    wishes.at_least(*at as u64 + 1);
                    wishes.rules.push((*at, Some(*at), (*id, false)));
                }
                (Atom::ItemsFrom(from, id), false) => {
                    wishes.wanted.push(Wanted {
                        from: *from,
                        to: None,
                        what: (*id, false),
                        is_another: false,
                    });
                }
                (Atom::Contains(id, least), true) => wishes.want(*id, *least),
                // Always true.
                (Atom::Contains(_, 0), false) => return None,
                (Atom::Contains(id, 1), false) => wishes.rules.push((0, None, (*id, false))),
                (Atom::Contains(id, more), false) => wishes.few.push((*id, more - 1)),
                _ => {}
            }
        }
        if wishes.has_pair {
            wishes.at_least(2);
        }
        wishes.most.is_none_or(|most| most >= wishes.least).then_some(wishes)
    }

    /// Requires `count` items of the schema.
    fn want(&mut self, id: Id, count: u64) {
        self.is_too_much |= count > PLACED as u64;
        let some = (0..count.min(PLACED as u64)).map(|index| index > 0);
        self.wanted.extend(some.map(|is_another| Wanted {
            from: 0,
            to: None,
            what: (id, true),
            is_another,
        }));
    }

    fn at_least(&mut self, count: u64) {
        self.least = self.least.max(usize::try_from(count).unwrap_or(usize::MAX));
    }

    fn at_most(&mut self, count: u64) {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        self.most = Some(self.most.map_or(count, |most| most.min(count)));
    }

    /// The first index from which all positions have the same rules.
    fn alike_from(&self) -> usize {
        let rules = self.rules.iter().map(|(from, to, _)| to.map_or(*from, |to| to + 1));
        let wanted = self.wanted.iter().map(|wanted| wanted.to.map_or(wanted.from, |to| to + 1));
        rules.chain(wanted).max().unwrap_or(0)
    }

    fn at(&self, place: usize) -> Vec<Literal> {
        let here = |(from, to, _): &&(usize, Option<usize>, Literal)| {
            *from <= place && to.is_none_or(|to| place <= to)
        };
        self.rules.iter().filter(here).map(|(_, _, literal)| *literal).collect()
    }
}

impl Solver {
    /// A required item that fits at no position, with the assertions that cause it.
    pub(super) fn impossible_item(&mut self, facts: &[Fact]) -> Option<Vec<Literal>> {
        let everywhere: Vec<(Literal, Literal)> = facts
            .iter()
            .filter_map(|fact| match fact.says() {
                (Atom::ItemsFrom(0, id), true) => Some(((*id, true), fact.literal)),
                (Atom::Contains(id, 1), false) => Some(((*id, false), fact.literal)),
                _ => None,
            })
            .collect();
        for fact in facts {
            let what = match fact.says() {
                (Atom::Contains(id, 1..), true) => (*id, true),
                (Atom::Item(_, id) | Atom::ItemsFrom(_, id), false) => (*id, false),
                _ => continue,
            };
            // A rule for every item is no contradiction by itself: a list may be empty.
            let is_so = |solver: &mut Self, some: &[(Literal, Literal)]| {
                let query = some.iter().map(|(what, _)| *what).chain([what]).collect();
                solver.solve_part(query) == Answer::Nothing
            };
            if is_so(self, &everywhere) {
                let core =
                    if is_so(self, &[]) { Vec::new() } else { self.fewest(&everywhere, is_so) };
                return Some(
                    core.into_iter().map(|(_, says)| says).chain([fact.literal]).collect(),
                );
            }
        }
        None
    }

    pub(super) fn items(&mut self, query: &[Literal], facts: &[Fact]) -> Answer {
        let Some(wishes) = Wishes::of(facts) else { return Answer::Nothing };
        let longest = wishes.alike_from().max(wishes.least);
        let is_too_long = longest > LENGTH || wishes.is_unique && longest > UNIQUE;
        if wishes.wanted.len() > PLACED || wishes.is_too_much || is_too_long {
            return Answer::Unknown;
        }
        let mut ways = WAYS;
        self.place(query, &wishes, &mut Vec::new(), &mut ways)
    }

    /// Tries every placement of the required items that are not placed yet.
    fn place(
        &mut self,
        query: &[Literal],
        wishes: &Wishes,
        placed: &mut Vec<usize>,
        ways: &mut usize,
    ) -> Answer {
        let Some(wanted) = wishes.wanted.get(placed.len()) else {
            *ways = ways.saturating_sub(1);
            if *ways == 0 || !self.work(wishes.wanted.len()) {
                return Answer::Unknown;
            }
            return self.placed_at(query, wishes, placed);
        };
        let end = wishes.alike_from() + wishes.wanted.len();
        let last =
            wishes.most.map_or(Some(end), |most| most.checked_sub(1).map(|last| last.min(end)));
        let Some(last) = last else { return Answer::Nothing };
        let from = if wanted.is_another {
            placed.last().map_or(0, |place| place + 1)
        } else {
            wanted.from
        };
        let mut all = Answer::Nothing;
        for place in from..=wanted.to.unwrap_or(last).min(last) {
            let mut here: Vec<Literal> = wishes.at(place);
            let also = placed.iter().zip(&wishes.wanted).filter(|(other, _)| **other == place);
            here.extend(also.map(|(_, other)| other.what).chain([wanted.what]));
            // An item that does not fit at a position alone never fits there.
            let answer = match self.solve_part(here) {
                Answer::Nothing => continue,
                _ if *ways == 0 => return Answer::Unknown,
                _ => {
                    placed.push(place);
                    let answer = self.one_more(|solver| solver.place(query, wishes, placed, ways));
                    placed.pop();
                    answer
                }
            };
            match answer {
                Answer::Witness(value) => return Answer::Witness(value),
                Answer::Unknown => all = Answer::Unknown,
                Answer::Nothing => {}
            }
        }
        all
    }

    /// A list with every required item at its position.
    fn placed_at(&mut self, query: &[Literal], wishes: &Wishes, placed: &[usize]) -> Answer {
        let length = placed.iter().map(|place| place + 1).chain([wishes.least]).max().unwrap_or(0);
        if !self.work(length * wishes.rules.len() / 16) {
            return Answer::Unknown;
        }
        let mut rules: Vec<Vec<Literal>> = (0..length).map(|place| wishes.at(place)).collect();
        for (wanted, place) in wishes.wanted.iter().zip(placed) {
            rules[*place].push(wanted.what);
        }
        if let Some(answer) = self.few(wishes, &mut rules) {
            return answer;
        }
        if wishes.has_pair {
            return self.with_a_pair(query, wishes, rules);
        }
        let items = self.fill(&rules, wishes.is_unique);
        match items {
            Ok(items) => self.or_longer(query, wishes, items),
            Err(answer) => answer,
        }
    }

    /// Keeps the items of a limited schema out of all positions that allow it; returns the answer
    /// if too many positions do not.
    fn few(&mut self, wishes: &Wishes, places: &mut [Vec<Literal>]) -> Option<Answer> {
        for (id, most) in &wishes.few {
            let mut count = 0;
            for place in places.iter_mut() {
                place.push((*id, false));
                if self.solve_part(place.clone()) == Answer::Nothing {
                    place.pop();
                    count += 1;
                }
            }
            if count > *most {
                // One schema may have used a position that another schema needs.
                return Some(if wishes.few.len() == 1 { Answer::Nothing } else { Answer::Unknown });
            }
        }
        None
    }

    /// The list, or a list with one more item if the list itself is excluded.
    fn or_longer(&mut self, query: &[Literal], wishes: &Wishes, mut items: Vec<Value>) -> Answer {
        let first = self.checked(query, Value::Array(items.clone()));
        if first != Answer::Unknown || wishes.most.is_some_and(|most| most <= items.len()) {
            return first;
        }
        match self.solve_part(wishes.at(items.len())) {
            Answer::Witness(value) => items.push(value),
            _ => return first,
        }
        self.checked(query, Value::Array(items))
    }

    /// One value for every position; an error with the answer if there is none.
    fn fill(&mut self, places: &[Vec<Literal>], is_unique: bool) -> Result<Vec<Value>, Answer> {
        let (mut items, mut made): (Vec<Value>, usize) = (Vec::new(), 0);
        for place in places {
            let mut wanted = place.clone();
            if is_unique && !items.is_empty() {
                // Using the first value found may block another position, so a failure is not
                // conclusive.
                let mut taken: Vec<_> = items.iter().map(Constant::from).collect();
                taken.sort();
                taken.dedup();
                wanted.push((self.arena.atom(Atom::Enum(taken)), false));
            }
            match self.solve_part(wanted) {
                Answer::Witness(value) if self.counts(&value, &mut made) => items.push(value),
                Answer::Nothing if self.solve_part(place.clone()) == Answer::Nothing => {
                    return Err(Answer::Nothing);
                }
                _ => return Err(Answer::Unknown),
            }
        }
        Ok(items)
    }

    /// A list with two equal items.
    fn with_a_pair(
        &mut self,
        query: &[Literal],
        wishes: &Wishes,
        mut places: Vec<Vec<Literal>>,
    ) -> Answer {
        // If the items of a schema are limited, a pair of other items needs its own positions.
        let own = if wishes.few.is_empty() { 0 } else { 2 };
        let end = (wishes.alike_from() + 2).max(places.len() + own);
        let end = wishes.most.map_or(end, |most| most.min(end));
        let shortest = places.len();
        let few = wishes.few.iter().map(|(id, _)| (*id, false));
        places.extend(
            (shortest..end).map(|place| wishes.at(place).into_iter().chain(few.clone()).collect()),
        );
        let mut all = if wishes.few.is_empty() { Answer::Nothing } else { Answer::Unknown };
        for second in 1..end {
            for first in 0..second {
                let mut places = places[..shortest.max(second + 1)].to_vec();
                let both: Vec<Literal> =
                    places[first].iter().chain(&places[second]).copied().collect();
                let Answer::Witness(value) = self.solve_part(both.clone()) else {
                    if self.solve_part(both) == Answer::Unknown {
                        all = Answer::Unknown;
                    }
                    continue;
                };
                let exactly = self.arena.atom(Atom::Enum(vec![Constant::from(&value)]));
                places[first].push((exactly, true));
                places[second].push((exactly, true));
                match self
                    .fill(&places, false)
                    .map(|items| self.checked(query, Value::Array(items)))
                {
                    Ok(Answer::Witness(value)) => return Answer::Witness(value),
                    Err(Answer::Nothing) => {}
                    _ => all = Answer::Unknown,
                }
            }
        }
        all
    }
}
