//! Lists: which items there must be, where they can stand, and what stands between.

use super::{Answer, Literal, Solver};
use crate::compat::arena::{Atom, Constant};
use serde_json::Value;

/// An item that there must be: from which place on, up to which, and what it is.
struct Wanted {
    from: usize,
    to: Option<usize>,
    what: Vec<Literal>,
}

/// What is asked of a list.
#[derive(Default)]
struct Wishes {
    least: usize,
    most: Option<usize>,
    wanted: Vec<Wanted>,
    /// What items are from a place on, or (`to`) only there.
    rules: Vec<(usize, Option<usize>, Literal)>,
    is_unique: bool,
    has_pair: bool,
    /// Too much is asked to try every way.
    is_too_much: bool,
}

/// More items than that are not placed in every way.
const PLACED: usize = 4;
/// Longer lists are not made.
const LENGTH: usize = 256;

impl Wishes {
    fn of(atoms: &[(Atom, bool)]) -> Option<Self> {
        let mut wishes = Self::default();
        for (atom, holds) in atoms {
            match (atom, holds) {
                (Atom::MinItems(count), true) => wishes.at_least(*count),
                (Atom::MaxItems(count), true) => wishes.at_most(*count),
                (Atom::MinItems(count), false) => wishes.at_most(count.checked_sub(1)?),
                (Atom::MaxItems(count), false) => wishes.at_least(count.checked_add(1)?),
                (Atom::Unique, true) => wishes.is_unique = true,
                (Atom::Unique, false) => wishes.has_pair = true,
                (Atom::Item(at, id), true) => wishes.rules.push((*at, Some(*at), (*id, true))),
                (Atom::ItemsFrom(from, id), true) => wishes.rules.push((*from, None, (*id, true))),
                (Atom::Item(at, id), false) => {
                    wishes.wanted.push(Wanted { from: *at, to: Some(*at), what: vec![(*id, false)] });
                }
                (Atom::ItemsFrom(from, id), false) => {
                    wishes.wanted.push(Wanted { from: *from, to: None, what: vec![(*id, false)] });
                }
                (Atom::Contains(id, min, _), true) => {
                    wishes.is_too_much |= *min > PLACED as u64;
                    for _ in 0..(*min).min(PLACED as u64) {
                        wishes.wanted.push(Wanted { from: 0, to: None, what: vec![(*id, true)] });
                    }
                }
                // Always so: `minContains` of 0 without an upper bound.
                (Atom::Contains(_, 0, None), false) => return None,
                (Atom::Contains(id, 1, None), false) => wishes.rules.push((0, None, (*id, false))),
                (Atom::Contains(id, 0, Some(max)), false) => {
                    let more = max.checked_add(1)?;
                    wishes.is_too_much |= more > PLACED as u64;
                    for _ in 0..more.min(PLACED as u64) {
                        wishes.wanted.push(Wanted { from: 0, to: None, what: vec![(*id, true)] });
                    }
                }
                _ => {}
            }
        }
        if wishes.has_pair {
            wishes.at_least(2);
        }
        wishes.most.is_none_or(|most| most >= wishes.least).then_some(wishes)
    }

    fn at_least(&mut self, count: u64) {
        self.least = self.least.max(usize::try_from(count).unwrap_or(usize::MAX));
    }

    fn at_most(&mut self, count: u64) {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        self.most = Some(self.most.map_or(count, |most| most.min(count)));
    }

    /// The first place from which on all places are alike.
    fn alike_from(&self) -> usize {
        let rules = self.rules.iter().map(|(from, to, _)| to.map_or(*from, |to| to + 1));
        let wanted = self.wanted.iter().map(|wanted| wanted.to.map_or(wanted.from, |to| to + 1));
        rules.chain(wanted).max().unwrap_or(0)
    }

    fn at(&self, place: usize) -> Vec<Literal> {
        let here = |(from, to, _): &&(usize, Option<usize>, Literal)| *from <= place && to.is_none_or(|to| place <= to);
        self.rules.iter().filter(here).map(|(_, _, literal)| *literal).collect()
    }
}

impl Solver {
    pub(super) fn items(&mut self, query: &[Literal], atoms: &[(Atom, bool)]) -> Answer {
        let Some(wishes) = Wishes::of(atoms) else { return Answer::Nothing };
        let alike = wishes.alike_from();
        if wishes.wanted.len() > PLACED || wishes.is_too_much || alike > LENGTH || wishes.least > LENGTH {
            return Answer::Unknown;
        }
        let end = alike + wishes.wanted.len();
        let mut placements = vec![Vec::new()];
        for wanted in &wishes.wanted {
            let places = wanted.from..=wanted.to.unwrap_or(end);
            placements = placements
                .into_iter()
                .flat_map(|placed: Vec<usize>| {
                    places.clone().map(move |place| placed.iter().copied().chain([place]).collect())
                })
                .filter(|placed: &Vec<usize>| wishes.most.is_none_or(|most| placed.iter().all(|place| *place < most)))
                .collect();
        }
        let mut all = Answer::Nothing;
        for placed in placements {
            if !self.step() {
                return Answer::Unknown;
            }
            match self.placed(query, &wishes, &placed) {
                Answer::Witness(value) => return Answer::Witness(value),
                Answer::Unknown => all = Answer::Unknown,
                Answer::Nothing => {}
            }
        }
        all
    }

    /// A list with every wanted item at its place.
    fn placed(&mut self, query: &[Literal], wishes: &Wishes, placed: &[usize]) -> Answer {
        let length = placed.iter().map(|place| place + 1).chain([wishes.least]).max().unwrap_or(0);
        let mut rules: Vec<Vec<Literal>> = (0..length).map(|place| wishes.at(place)).collect();
        for (wanted, place) in wishes.wanted.iter().zip(placed) {
            rules[*place].extend(&wanted.what);
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

    /// The list, or one with an item more, if the list itself is excluded.
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

    /// One value for every place; the answer if there is none.
    fn fill(&mut self, places: &[Vec<Literal>], is_unique: bool) -> Result<Vec<Value>, Answer> {
        let mut items: Vec<Value> = Vec::new();
        for place in places {
            let mut wanted = place.clone();
            if is_unique && !items.is_empty() {
                // Taking the first that comes may take what another place needs: no answer then says nothing.
                let mut taken: Vec<_> = items.iter().map(Constant::from).collect();
                taken.sort();
                taken.dedup();
                wanted.push((self.arena.atom(Atom::Enum(taken)), false));
            }
            match self.solve_part(wanted) {
                Answer::Witness(value) => items.push(value),
                Answer::Nothing if self.solve_part(place.clone()) == Answer::Nothing => return Err(Answer::Nothing),
                _ => return Err(Answer::Unknown),
            }
        }
        Ok(items)
    }

    /// A list in which two items are the same.
    fn with_a_pair(&mut self, query: &[Literal], wishes: &Wishes, mut places: Vec<Vec<Literal>>) -> Answer {
        let end = (wishes.alike_from() + 2).max(places.len());
        let end = wishes.most.map_or(end, |most| most.min(end));
        let shortest = places.len();
        places.extend((shortest..end).map(|place| wishes.at(place)));
        let mut all = Answer::Nothing;
        for second in 1..end {
            for first in 0..second {
                let mut places = places[..shortest.max(second + 1)].to_vec();
                let both: Vec<Literal> = places[first].iter().chain(&places[second]).copied().collect();
                let Answer::Witness(value) = self.solve_part(both.clone()) else {
                    if self.solve_part(both) == Answer::Unknown {
                        all = Answer::Unknown;
                    }
                    continue;
                };
                let exactly = self.arena.atom(Atom::Enum(vec![Constant::from(&value)]));
                places[first].push((exactly, true));
                places[second].push((exactly, true));
                match self.fill(&places, false).map(|items| self.checked(query, Value::Array(items))) {
                    Ok(Answer::Witness(value)) => return Answer::Witness(value),
                    Err(Answer::Nothing) => {}
                    _ => all = Answer::Unknown,
                }
            }
        }
        all
    }
}
