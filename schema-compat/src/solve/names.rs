//! Finds names for required properties whose names are not given.

use super::leaf::Fact;
use super::properties::{Demand, Members, Part, Wishes};
use super::{Answer, Literal, Solver};
use crate::arena::{Atom, Constant, Kind};
use crate::tri::Tri;
use serde_json::Value;
use std::sync::Arc;

/// The maximum number of kinds of names.
const SORTS: usize = 64;
/// How often an unused name is searched for.
const TAKEN: usize = 64;

impl Solver {
    /// Finds a name for every required property. The witness for a solution contains nothing else.
    pub(super) fn placed(
        &mut self,
        wishes: &Wishes<'_>,
        wanted: &[&Fact],
        members: &mut Members,
    ) -> Answer {
        let Some((wanted, rest)) = wanted.split_first() else {
            return Answer::Witness(Value::Null);
        };
        if !self.work(1) {
            return Answer::Unknown;
        }
        let mut all = Answer::Nothing;
        let own: Vec<Arc<str>> = members.keys().cloned().collect();
        let others = wishes.free_names().filter(|name| !members.contains_key(name));
        let mut names: Vec<Arc<str>> = own.into_iter().chain(others).collect();
        names.retain(|name| match self.is_for(wanted, name) {
            Tri::Unknown => {
                all = Answer::Unknown;
                false
            }
            is_for => is_for == Tri::True,
        });
        let known = names.len();
        let mut at = 0;
        loop {
            if at == known {
                // A new name is made up only if no known name works.
                let (fresh, found_all) = self.fresh_names(wishes, members, Some(wanted));
                names.extend(fresh);
                if !found_all {
                    all = Answer::Unknown;
                }
            }
            let Some(name) = names.get(at).cloned() else { return all };
            at += 1;
            match self.with(wishes, (wanted, rest), members, name) {
                Answer::Witness(value) => return Answer::Witness(value),
                Answer::Unknown => all = Answer::Unknown,
                Answer::Nothing => {}
            }
        }
    }

    /// Tries the name for the required property.
    fn with(
        &mut self,
        wishes: &Wishes<'_>,
        (wanted, rest): (&Fact, &[&Fact]),
        members: &mut Members,
        name: Arc<str>,
    ) -> Answer {
        let before = members.get(&name).cloned();
        if before.is_none() && members.len() >= wishes.most() {
            return Answer::Nothing;
        }
        let mut demands = before.as_ref().map(|(demands, _)| demands.clone()).unwrap_or_default();
        demands.extend(demand(wanted));
        let value = match self.part(wishes, &name, &demands) {
            Part::Value(value) => value,
            Part::Nothing(_) => return Answer::Nothing,
            Part::Unknown(_) => return Answer::Unknown,
        };
        members.insert(Arc::clone(&name), (demands, value));
        let answer = self.one_more(|solver| solver.placed(wishes, rest, members));
        if !matches!(answer, Answer::Witness(_)) {
            match before {
                Some(before) => members.insert(name, before),
                None => members.remove(&name),
            };
        }
        answer
    }

    /// Whether a required property may have the name.
    fn is_for(&self, wanted: &Fact, name: &str) -> Tri {
        match wanted.atom() {
            Atom::PatternProperty(pattern, _) => self.arena.matches(pattern, name),
            Atom::Additional(names, patterns, _) => !self.arena.is_named(name, names, patterns),
            Atom::PropertyNames(id) => !self.arena.evaluate(*id, &Value::from(name)),
            _ => Tri::False,
        }
    }

    /// A name for every kind of name that no assertion names: one for every set of patterns that it
    /// may match. Also returns whether these are all kinds.
    pub(super) fn fresh_names(
        &mut self,
        wishes: &Wishes<'_>,
        members: &Members,
        wanted: Option<&Fact>,
    ) -> (Vec<Arc<str>>, bool) {
        let mut query = vec![(self.arena.atom(Atom::Kinds(vec![Kind::String])), true)];
        for rule in &wishes.key_rules {
            if let Some(Atom::PropertyNames(id)) =
                Fact::new(&self.arena, *rule).map(|fact| fact.atom().clone())
            {
                query.push((id, true));
            }
        }
        match wanted.map(Fact::atom) {
            Some(Atom::PatternProperty(pattern, _)) => {
                query.push((self.arena.atom(Atom::Pattern(Arc::clone(pattern))), true));
            }
            Some(Atom::Additional(_, patterns, _)) => {
                for pattern in patterns.iter() {
                    query.push((self.arena.atom(Atom::Pattern(Arc::clone(pattern))), false));
                }
            }
            Some(Atom::PropertyNames(id)) => query.push((*id, false)),
            _ => {}
        }
        let taken = |name: &str| members.contains_key(name) || wishes.is_named(name);
        // Each pattern splits the kinds found so far into those that match it and those that do
        // not.
        let mut sorts = vec![query];
        let mut is_exact = true;
        let patterns = wishes.patterns();
        is_exact &= patterns.len() <= SORTS;
        for pattern in patterns.into_iter().take(SORTS) {
            let pattern = self.arena.atom(Atom::Pattern(pattern));
            let mut next = Vec::new();
            for sort in sorts {
                for holds in [false, true] {
                    let mut sort = sort.clone();
                    sort.push((pattern, holds));
                    match self.solve_part(sort.clone()) {
                        Answer::Nothing => {}
                        _ => next.push(sort),
                    }
                }
            }
            is_exact &= next.len() <= SORTS;
            next.truncate(SORTS);
            sorts = next;
        }
        let mut names = Vec::new();
        for sort in sorts {
            match self.untaken(&sort, &taken) {
                Answer::Witness(Value::String(name)) => names.push(Arc::from(name)),
                Answer::Nothing => {}
                _ => is_exact = false,
            }
        }
        (names, is_exact)
    }

    /// A name that is not taken.
    fn untaken(&mut self, sort: &[Literal], is_taken: &dyn Fn(&str) -> bool) -> Answer {
        let mut excluded: Vec<Constant> = Vec::new();
        for _ in 0..TAKEN {
            let mut query = sort.to_vec();
            if !excluded.is_empty() {
                excluded.sort_unstable();
                query.push((self.arena.atom(Atom::Enum(excluded.clone())), false));
            }
            match self.solve_part(query) {
                Answer::Witness(Value::String(name)) if is_taken(&name) => {
                    excluded.push(Constant::Text(name));
                }
                answer => return answer,
            }
        }
        Answer::Unknown
    }
}

/// The schema of a required property.
fn demand(wanted: &Fact) -> Option<Demand> {
    match wanted.atom() {
        Atom::PatternProperty(_, id) | Atom::Additional(_, _, id) => {
            Some(((*id, false), wanted.literal))
        }
        _ => None,
    }
}
