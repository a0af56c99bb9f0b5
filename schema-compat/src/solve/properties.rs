//! Objects: the required and the forbidden properties, and their schemas.

use super::leaf::{Fact, Leaf, all};
use super::{Answer, Doubt, Literal, Solver};
use crate::arena::Atom;
use crate::tri::Tri;
use serde_json::{Map, Value};
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The maximum number of properties of a generated object.
pub(super) const SIZE: usize = 512;

/// The schema of a property, and the assertion that gives it.
pub(super) type Demand = (Literal, Literal);

/// The requirements for an object.
pub(super) struct Wishes<'f> {
    facts: &'f [Fact],
    /// The assertions about a property, by its name.
    named: HashMap<&'f str, Vec<&'f Fact>>,
    /// The required properties, each with an assertion that requires it.
    pub(super) present: BTreeMap<&'f Arc<str>, Literal>,
    pub(super) absent: BTreeMap<&'f str, Literal>,
    /// The assertions about properties by pattern, and about all other properties.
    over: Vec<&'f Fact>,
    pub(super) key_rules: Vec<Literal>,
    /// Required properties whose names are not given.
    pub(super) wanted: Vec<&'f Fact>,
    least: (usize, Option<Literal>),
    most: Option<(usize, Literal)>,
    names: OnceCell<Vec<Arc<str>>>,
}

/// The result for one property.
pub(super) enum Part {
    Value(Value),
    /// It is impossible, because of these assertions.
    Nothing(Vec<Literal>),
    Unknown(Vec<Literal>),
}

impl<'f> Wishes<'f> {
    fn of(facts: &'f [Fact]) -> Result<Self, Vec<Literal>> {
        let mut wishes = Self {
            facts,
            named: HashMap::new(),
            present: BTreeMap::new(),
            absent: BTreeMap::new(),
            over: Vec::new(),
            key_rules: Vec::new(),
            wanted: Vec::new(),
            least: (0, None),
            most: None,
            names: OnceCell::new(),
        };
        for fact in facts {
            match fact.says() {
                (Atom::Required(name), true) => {
                    wishes.present.insert(name, fact.literal);
                }
                (Atom::Required(name), false) => {
                    wishes.absent.insert(name, fact.literal);
                }
                (Atom::Property(name, _), holds) => {
                    wishes.named.entry(name).or_default().push(fact);
                    if !holds {
                        wishes.present.entry(name).or_insert(fact.literal);
                    }
                }
                (Atom::PatternProperty(..) | Atom::Additional(..), true) => wishes.over.push(fact),
                (Atom::PropertyNames(_), true) => wishes.key_rules.push(fact.literal),
                (
                    Atom::PatternProperty(..) | Atom::Additional(..) | Atom::PropertyNames(_),
                    false,
                ) => {
                    wishes.wanted.push(fact);
                }
                (Atom::MinProperties(count), true) => wishes.at_least(*count, fact.literal),
                (Atom::MaxProperties(count), true) => wishes.at_most(*count, fact.literal),
                (Atom::MinProperties(count), false) => match count.checked_sub(1) {
                    Some(most) => wishes.at_most(most, fact.literal),
                    None => return Err(vec![fact.literal]),
                },
                (Atom::MaxProperties(count), false) => {
                    wishes.at_least(count.saturating_add(1), fact.literal);
                }
                _ => {}
            }
        }
        wishes.contradiction().map_or(Ok(wishes), Err)
    }

    fn at_least(&mut self, count: u64, says: Literal) {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        if count > self.least.0 {
            self.least = (count, Some(says));
        }
    }

    fn at_most(&mut self, count: u64, says: Literal) {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        if self.most.is_none_or(|(most, _)| count < most) {
            self.most = Some((count, says));
        }
    }

    fn contradiction(&self) -> Option<Vec<Literal>> {
        let both = self
            .absent
            .iter()
            .find_map(|(name, absent)| Some(vec![*absent, *self.present.get(&Arc::from(*name))?]));
        if both.is_some() {
            return both;
        }
        let (most, says) = self.most?;
        if self.least.0 > most {
            return Some(self.least.1.into_iter().chain([says]).collect());
        }
        (self.present.len() > most)
            .then(|| self.present.values().take(most + 1).copied().chain([says]).collect())
    }

    /// The maximum number of properties.
    pub(super) fn most(&self) -> usize {
        self.most.map_or(usize::MAX, |(most, _)| most)
    }

    /// The names in all assertions, sorted.
    fn names(&self) -> &[Arc<str>] {
        self.names.get_or_init(|| {
            let mut names: Vec<Arc<str>> = Vec::new();
            for fact in self.facts {
                match fact.atom() {
                    Atom::Required(name) | Atom::Property(name, _) => names.push(Arc::clone(name)),
                    Atom::Additional(others, ..) => names.extend(others.iter().cloned()),
                    _ => {}
                }
            }
            names.sort_unstable();
            names.dedup();
            names
        })
    }

    /// Whether any assertion has the name.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.names().binary_search_by(|own| (**own).cmp(name)).is_ok()
    }

    /// The names in assertions that no assertion forbids.
    pub(super) fn free_names(&self) -> impl Iterator<Item = Arc<str>> {
        self.names().iter().filter(|name| !self.absent.contains_key(&***name)).cloned()
    }

    /// The patterns in all assertions.
    pub(super) fn patterns(&self) -> Vec<Arc<str>> {
        let mut patterns: Vec<Arc<str>> = Vec::new();
        for fact in self.facts {
            match fact.atom() {
                Atom::PatternProperty(pattern, _) => patterns.push(Arc::clone(pattern)),
                Atom::Additional(_, others, _) => patterns.extend(others.iter().cloned()),
                _ => {}
            }
        }
        patterns.sort_unstable();
        patterns.dedup();
        patterns
    }
}

/// The properties of an object so far: the further requirements of each, and a value.
pub(super) type Members = BTreeMap<Arc<str>, (Vec<Demand>, Value)>;

impl Solver {
    pub(super) fn properties(&mut self, query: &[Literal], facts: &[Fact]) -> Leaf {
        let wishes = match Wishes::of(facts) {
            Ok(wishes) => wishes,
            Err(core) => return Leaf::Nothing(core),
        };
        let (mut members, mut unknown, mut made) = (Members::new(), None, 0);
        for (name, says) in &wishes.present {
            match self.part(&wishes, name, &[]) {
                Part::Value(value) if !self.counts(&value, &mut made) => {
                    self.doubt(Doubt::Size, query);
                    return Leaf::Unknown(all(facts));
                }
                Part::Value(value) => {
                    members.insert(Arc::clone(name), (Vec::new(), value));
                }
                Part::Nothing(core) => {
                    return Leaf::Nothing(with_presence(core, facts, name, *says));
                }
                Part::Unknown(core) => unknown = Some(with_presence(core, facts, name, *says)),
            }
        }
        if let Some(core) = unknown {
            return Leaf::Unknown(core);
        }
        if wishes.wanted.len() > SIZE || wishes.least.0 > SIZE {
            return Leaf::Unknown(all(facts));
        }
        // A property that has no place alone has none beside the others.
        for wanted in &wishes.wanted {
            if self.placed(&wishes, &[wanted], &mut members.clone()) == Answer::Nothing {
                let is_other = |fact: &&Fact| {
                    !wishes.wanted.iter().any(|wanted| wanted.literal == fact.literal)
                };
                let others: Vec<Fact> = facts.iter().filter(is_other).cloned().collect();
                let own = std::slice::from_ref(*wanted);
                let is_it =
                    |solver: &mut Self, some: &[Fact]| solver.is_unplaced(&[some, own].concat());
                let core = self.fewest(&others, is_it);
                return Leaf::Nothing(all(&[core.as_slice(), own].concat()));
            }
        }
        match self.placed(&wishes, &wishes.wanted, &mut members) {
            Answer::Unknown => return Leaf::Unknown(all(facts)),
            Answer::Nothing => {
                let is_it = |solver: &mut Self, some: &[Fact]| solver.is_unplaced(some);
                let core = self.fewest(facts, is_it);
                return Leaf::Nothing(all(&core));
            }
            Answer::Witness(_) => {}
        }
        self.grown(query, &wishes, members)
    }

    /// Whether these assertions alone leave no place for a required property.
    fn is_unplaced(&mut self, facts: &[Fact]) -> bool {
        let Ok(wishes) = Wishes::of(facts) else { return true };
        let mut members = Members::new();
        for name in wishes.present.keys() {
            match self.part(&wishes, name, &[]) {
                Part::Value(value) => members.insert(Arc::clone(name), (Vec::new(), value)),
                Part::Nothing(_) => return true,
                Part::Unknown(_) => return false,
            };
        }
        self.placed(&wishes, &wishes.wanted, &mut members) == Answer::Nothing
    }

    /// An object with these properties, and with as many others as required.
    fn grown(&mut self, query: &[Literal], wishes: &Wishes<'_>, mut members: Members) -> Leaf {
        let object = |members: &Members| -> Value {
            let members =
                members.iter().map(|(name, (_, value))| (name.to_string(), value.clone()));
            Value::Object(members.collect::<Map<String, Value>>())
        };
        let must_grow = members.len() < wishes.least.0;
        if !must_grow && let Answer::Witness(value) = self.checked(query, object(&members)) {
            return Leaf::Witness(value);
        }
        // One more property also shows whether only the flattest object is excluded.
        let size = if must_grow { wishes.least.0 } else { members.len() + 1 };
        let mut names: Vec<Arc<str>> = wishes.free_names().collect();
        let mut is_exact = true;
        while members.len() < size {
            names.retain(|name| !members.contains_key(name));
            let (fresh, found_all) = self.fresh_names(wishes, &members, None);
            is_exact &= found_all;
            let mut grown = None;
            for name in names.iter().cloned().chain(fresh) {
                match self.part(wishes, &name, &[]) {
                    Part::Value(value) => {
                        grown = Some((name, value));
                        break;
                    }
                    Part::Nothing(_) => {}
                    Part::Unknown(_) => is_exact = false,
                }
            }
            let Some((name, value)) = grown else {
                return if is_exact && must_grow {
                    Leaf::Nothing(all(wishes.facts))
                } else {
                    Leaf::Unknown(all(wishes.facts))
                };
            };
            members.insert(name, (Vec::new(), value));
        }
        if members.len() > wishes.most() {
            return Leaf::Unknown(all(wishes.facts));
        }
        match self.checked(query, object(&members)) {
            Answer::Witness(value) => Leaf::Witness(value),
            _ => Leaf::Unknown(all(wishes.facts)),
        }
    }

    /// A value for the property with this name.
    pub(super) fn part(&mut self, wishes: &Wishes<'_>, name: &str, beside: &[Demand]) -> Part {
        for rule in &wishes.key_rules {
            let Some(Atom::PropertyNames(id)) =
                Fact::new(&self.arena, *rule).map(|fact| fact.atom().clone())
            else {
                continue;
            };
            if self.arena.evaluate(id, &Value::from(name)) == Tri::False {
                return Part::Nothing(vec![*rule]);
            }
        }
        let mut demands = self.demands(wishes, name);
        demands.extend(beside);
        let of =
            |demands: &[Demand]| demands.iter().map(|(what, _)| *what).collect::<Vec<Literal>>();
        let says =
            |demands: &[Demand]| demands.iter().map(|(_, says)| *says).collect::<Vec<Literal>>();
        match self.solve_part(of(&demands)) {
            Answer::Witness(value) => Part::Value(value),
            Answer::Unknown => Part::Unknown(says(&demands)),
            // One of two alone is seldom contradictory, and asking would take as long again.
            Answer::Nothing if demands.len() <= 2 => Part::Nothing(says(&demands)),
            Answer::Nothing => {
                let is_it = |solver: &mut Self, some: &[Demand]| {
                    solver.solve_part(of(some)) == Answer::Nothing
                };
                Part::Nothing(says(&self.fewest(&demands, is_it)))
            }
        }
    }

    /// The requirements for the property with this name.
    fn demands(&self, wishes: &Wishes<'_>, name: &str) -> Vec<Demand> {
        let mut demands = Vec::new();
        for fact in wishes.named.get(name).into_iter().flatten() {
            if let (Atom::Property(_, id), holds) = fact.says() {
                demands.push(((*id, holds), fact.literal));
            }
        }
        for fact in &wishes.over {
            // If it is unknown whether the assertion applies, it is left out: that can only make
            // the question easier.
            let (applies, id) = match fact.atom() {
                Atom::PatternProperty(pattern, id) => (self.arena.matches(pattern, name), id),
                Atom::Additional(names, patterns, id) => {
                    (!self.arena.is_named(name, names, patterns), id)
                }
                _ => continue,
            };
            if applies == Tri::True {
                demands.push(((*id, true), fact.literal));
            }
        }
        demands
    }
}

/// A contradiction about a property counts only if the property is present.
fn with_presence(
    mut core: Vec<Literal>,
    facts: &[Fact],
    name: &str,
    says: Literal,
) -> Vec<Literal> {
    let has =
        |fact: &Fact| matches!(fact.says(), (Atom::Property(own, _), false) if **own == *name);
    if !facts.iter().any(|fact| core.contains(&fact.literal) && has(fact)) {
        core.push(says);
    }
    core
}
