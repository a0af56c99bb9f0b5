//! Objects: which properties there must be, which there must not be, and under which names.

use super::{Answer, Literal, Solver};
use crate::compat::arena::{Atom, Constant, Id, Kind};
use crate::compat::tri::Tri;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A property under some name that there must be.
enum Wanted {
    /// Under a name with the pattern, not of the schema.
    Matching(Rc<str>, Id),
    /// Under a name that is none of these, not of the schema.
    Other(Vec<Rc<str>>, Vec<Rc<str>>, Id),
    /// Under a name that is not of the schema.
    Named(Id),
}

/// What is asked of an object.
#[derive(Default)]
struct Wishes {
    present: BTreeMap<Rc<str>, Vec<Literal>>,
    absent: BTreeSet<Rc<str>>,
    names: BTreeSet<Rc<str>>,
    patterns: BTreeSet<Rc<str>>,
    key_rules: Vec<Literal>,
    wanted: Vec<Wanted>,
    least: usize,
    most: Option<usize>,
}

/// More patterns make too many sorts of names.
const PATTERNS: usize = 5;
/// More properties than that are not placed in every way.
const PLACED: usize = 3;
/// Larger objects are not made.
const SIZE: usize = 128;

impl Wishes {
    fn of(atoms: &[(Atom, bool)]) -> Option<Self> {
        let mut wishes = Self::default();
        for (atom, holds) in atoms {
            match (atom, holds) {
                (Atom::Required(name), true) => {
                    wishes.present.entry(name.clone()).or_default();
                }
                (Atom::Required(name), false) => {
                    wishes.absent.insert(name.clone());
                }
                (Atom::Property(name, id), false) => {
                    wishes.present.entry(name.clone()).or_default().push((*id, false));
                }
                (Atom::Property(name, _), true) => {
                    wishes.names.insert(name.clone());
                }
                (Atom::PatternProperty(pattern, id), _) => {
                    wishes.patterns.insert(pattern.clone());
                    if !holds {
                        wishes.wanted.push(Wanted::Matching(pattern.clone(), *id));
                    }
                }
                (Atom::Additional(names, patterns, id), _) => {
                    wishes.names.extend(names.iter().cloned());
                    wishes.patterns.extend(patterns.iter().cloned());
                    if !holds {
                        wishes.wanted.push(Wanted::Other(names.clone(), patterns.clone(), *id));
                    }
                }
                (Atom::PropertyNames(id), true) => wishes.key_rules.push((*id, true)),
                (Atom::PropertyNames(id), false) => wishes.wanted.push(Wanted::Named(*id)),
                (Atom::MinProperties(count), true) => wishes.at_least(*count),
                (Atom::MaxProperties(count), true) => wishes.at_most(*count),
                (Atom::MinProperties(count), false) => wishes.at_most(count.checked_sub(1)?),
                (Atom::MaxProperties(count), false) => wishes.at_least(count.checked_add(1)?),
                _ => {}
            }
        }
        wishes.names.extend(wishes.present.keys().chain(&wishes.absent).cloned());
        let is_possible = wishes.present.keys().all(|name| !wishes.absent.contains(name))
            && wishes.most.is_none_or(|most| most >= wishes.least && most >= wishes.present.len());
        is_possible.then_some(wishes)
    }

    fn at_least(&mut self, count: u64) {
        self.least = self.least.max(usize::try_from(count).unwrap_or(usize::MAX));
    }

    fn at_most(&mut self, count: u64) {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        self.most = Some(self.most.map_or(count, |most| most.min(count)));
    }
}

/// The properties of an object so far, and what each is to be.
type Members = BTreeMap<Rc<str>, Vec<Literal>>;

impl Solver {
    pub(super) fn properties(&mut self, query: &[Literal], atoms: &[(Atom, bool)]) -> Answer {
        let Some(wishes) = Wishes::of(atoms) else { return Answer::Nothing };
        if wishes.patterns.len() > PATTERNS || wishes.wanted.len() > PLACED || wishes.least > SIZE {
            return Answer::Unknown;
        }
        // What every way has in common; most contradictions show here.
        if self.values(atoms, &wishes, &wishes.present) == Err(Answer::Nothing) {
            return Answer::Nothing;
        }
        let mut ways: Vec<Members> = vec![wishes.present.clone()];
        let mut is_exact = true;
        for wanted in &wishes.wanted {
            let mut next = Vec::new();
            for way in ways {
                let (found, found_all) = self.places(&wishes, &way, wanted);
                is_exact &= found_all;
                next.extend(found);
            }
            ways = next;
        }
        let mut all = if is_exact { Answer::Nothing } else { Answer::Unknown };
        for way in ways {
            if wishes.most.is_some_and(|most| way.len() > most) {
                continue;
            }
            if !self.step() {
                return Answer::Unknown;
            }
            match self.object(query, atoms, &wishes, way) {
                Answer::Witness(value) => return Answer::Witness(value),
                Answer::Unknown => all = Answer::Unknown,
                Answer::Nothing => {}
            }
        }
        all
    }

    /// Every way to have a wanted property too, and whether these are all.
    fn places(&mut self, wishes: &Wishes, way: &Members, wanted: &Wanted) -> (Vec<Members>, bool) {
        let mut is_exact = true;
        let mut names: Vec<Rc<str>> = Vec::new();
        for name in wishes.names.iter().chain(way.keys()) {
            if wishes.absent.contains(name) || names.contains(name) {
                continue;
            }
            match self.is_for(wanted, name) {
                Tri::True => names.push(name.clone()),
                Tri::Unknown => is_exact = false,
                Tri::False => {}
            }
        }
        let (fresh, found_all) = self.fresh_names(wishes, way, Some(wanted));
        is_exact &= found_all;
        names.extend(fresh);
        let with = |name: Rc<str>| {
            let mut way = way.clone();
            way.entry(name).or_default().extend(match wanted {
                Wanted::Matching(_, id) | Wanted::Other(_, _, id) => Some((*id, false)),
                Wanted::Named(_) => None,
            });
            way
        };
        (names.into_iter().map(with).collect(), is_exact)
    }

    /// Whether a wanted property may have the name.
    fn is_for(&self, wanted: &Wanted, name: &str) -> Tri {
        match wanted {
            Wanted::Matching(pattern, _) => self.arena.matches(pattern, name),
            Wanted::Other(names, patterns, _) => !self.arena.is_named(name, names, patterns),
            Wanted::Named(id) => !self.arena.evaluate(*id, &Value::from(name)),
        }
    }

    /// A name of every sort that no other rule names: one for every set of patterns that it may have. And whether these are all sorts.
    fn fresh_names(&mut self, wishes: &Wishes, way: &Members, wanted: Option<&Wanted>) -> (Vec<Rc<str>>, bool) {
        let text = self.arena.atom(Atom::Kinds(vec![Kind::String]));
        let taken: BTreeSet<&Rc<str>> = wishes.names.iter().chain(way.keys()).collect();
        let taken = taken.into_iter().map(|name| Constant::Text(name.to_string())).collect();
        let taken = self.arena.atom(Atom::Enum(taken));
        let patterns: Vec<_> = wishes.patterns.iter().cloned().collect();
        let (mut names, mut is_exact) = (Vec::new(), true);
        for set in 0..1_u32 << patterns.len() {
            let mut query = vec![(text, true), (taken, false)];
            query.extend(&wishes.key_rules);
            for (index, pattern) in patterns.iter().enumerate() {
                query.push((self.arena.atom(Atom::Pattern(pattern.clone())), set >> index & 1 == 1));
            }
            match wanted {
                Some(Wanted::Matching(pattern, _)) => {
                    query.push((self.arena.atom(Atom::Pattern(pattern.clone())), true));
                }
                Some(Wanted::Other(_, patterns, _)) => {
                    for pattern in patterns {
                        query.push((self.arena.atom(Atom::Pattern(pattern.clone())), false));
                    }
                }
                Some(Wanted::Named(id)) => query.push((*id, false)),
                None => {}
            }
            match self.solve_part(query) {
                Answer::Witness(Value::String(name)) => names.push(Rc::from(name)),
                Answer::Nothing => {}
                _ => is_exact = false,
            }
        }
        (names, is_exact)
    }

    /// An object with these properties, and as many others as there must be.
    fn object(&mut self, query: &[Literal], atoms: &[(Atom, bool)], wishes: &Wishes, mut way: Members) -> Answer {
        let mut members = match self.values(atoms, wishes, &way) {
            Ok(members) => members,
            Err(answer) => return answer,
        };
        let first = self.checked(query, Value::Object(members.clone()));
        let must_grow = members.len() < wishes.least;
        if first != Answer::Unknown && !must_grow {
            return first;
        }
        // One more also tells whether only the flattest object is excluded.
        let size = if must_grow { wishes.least } else { members.len() + 1 };
        let mut is_exact = true;
        while members.len() < size {
            let (fresh, found_all) = self.fresh_names(wishes, &way, None);
            is_exact &= found_all;
            let free = wishes.names.iter().filter(|name| !wishes.absent.contains(*name) && !way.contains_key(*name));
            let names: Vec<_> = free.cloned().chain(fresh).collect();
            let mut grown = None;
            for name in names {
                match self.values(atoms, wishes, &BTreeMap::from([(name.clone(), Vec::new())])) {
                    Ok(more) => {
                        grown = Some((name, more));
                        break;
                    }
                    Err(Answer::Nothing) => {}
                    Err(_) => is_exact = false,
                }
            }
            let Some((name, more)) = grown else {
                return if is_exact && must_grow { Answer::Nothing } else { Answer::Unknown };
            };
            way.insert(name, Vec::new());
            members.extend(more);
        }
        if wishes.most.is_some_and(|most| members.len() > most) {
            return Answer::Unknown;
        }
        self.checked(query, Value::Object(members))
    }

    /// A value for every property; the answer if there is none.
    fn values(&mut self, atoms: &[(Atom, bool)], wishes: &Wishes, way: &Members) -> Result<Map<String, Value>, Answer> {
        let mut members = Map::new();
        let mut unknown = false;
        for (name, wanted) in way {
            let key = Value::from(&**name);
            for (id, _) in &wishes.key_rules {
                if self.arena.evaluate(*id, &key) == Tri::False {
                    return Err(Answer::Nothing);
                }
            }
            let (mut query, _) = self.constraints(atoms, name);
            query.extend(wanted);
            match self.solve_part(query) {
                Answer::Witness(value) => {
                    members.insert(name.to_string(), value);
                }
                Answer::Nothing => return Err(Answer::Nothing),
                Answer::Unknown => unknown = true,
            }
        }
        if unknown { Err(Answer::Unknown) } else { Ok(members) }
    }

    /// What a property of the name has to be, and whether that is all of it.
    pub(super) fn constraints(&self, atoms: &[(Atom, bool)], name: &str) -> (Vec<Literal>, bool) {
        let mut is_exact = true;
        let mut constraints = Vec::new();
        for (atom, holds) in atoms {
            if !holds {
                continue;
            }
            let (applies, id) = match atom {
                Atom::Property(own, id) => (Tri::from(**own == *name), id),
                Atom::PatternProperty(pattern, id) => (self.arena.matches(pattern, name), id),
                Atom::Additional(names, patterns, id) => (!self.arena.is_named(name, names, patterns), id),
                _ => continue,
            };
            match applies {
                Tri::True => constraints.push((*id, true)),
                Tri::Unknown => is_exact = false,
                Tri::False => {}
            }
        }
        (constraints, is_exact)
    }
}
