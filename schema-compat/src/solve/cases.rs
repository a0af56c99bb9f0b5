//! The cases of a question about one kind of value: decides open formulas, one literal at a time.
//!
//! A formula is expanded only when it is assumed true or false, so alternatives that do not matter
//! cost nothing.

use super::Literal;
use super::clauses::{Clauses, Conflict, Lit};
use super::leaf::Fact;
use crate::arena::{Arena, Atom, Id, Kind, Node};
use crate::tri::Tri;
use std::collections::HashMap;
use std::sync::Arc;

/// How deep formulas are searched before anything is assumed.
pub(super) const GLANCE: usize = 2;
/// How many cases are compared to find a plain one.
const LOOKED_AT: usize = 8;
/// The effort of a case that is composed itself.
const COMPOSED: usize = 3;

/// The expanded meaning of a literal.
#[derive(Clone, Debug)]
enum Meaning {
    /// All of these.
    All(Arc<[Lit]>),
    /// At least one of these.
    Any(Arc<[Lit]>),
    /// The assertion of one keyword.
    Fact,
    /// The assertion of one keyword, and a literal that follows from it.
    FactWith(Lit),
    /// That there are no other properties than an assertion names.
    Closes(Arc<Atom>),
    /// That there is a property.
    Requires(Arc<Atom>),
    /// Always true, for values of the kind.
    Nothing,
    /// Always false.
    Never,
}

/// The literal that says that exactly one holds, and the alternatives.
type Group = (Lit, Arc<[Lit]>);

pub(super) struct Cases {
    kind: Kind,
    pub(super) clauses: Clauses,
    variables: HashMap<Id, usize>,
    ids: Vec<Id>,
    /// The meanings by literal, as far as they are expanded.
    meanings: Vec<Option<Meaning>>,
    /// For each alternative of an "exactly one": the literals that say so, and the alternatives.
    exclusive: HashMap<Lit, Vec<Group>>,
    /// The alternatives by the literal that says that exactly one holds.
    groups: HashMap<Lit, Arc<[Lit]>>,
    /// The required properties, and the assertions that close objects: by name, and with the names
    /// that they allow.
    required: Vec<(Arc<str>, Lit)>,
    closed: Vec<(Lit, Arc<Atom>)>,
    /// For each decision: how much of the trail needs no further decision.
    decided: Vec<usize>,
}

impl Cases {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            clauses: Clauses::default(),
            variables: HashMap::new(),
            ids: Vec::new(),
            meanings: Vec::new(),
            exclusive: HashMap::new(),
            groups: HashMap::new(),
            required: Vec::new(),
            closed: Vec::new(),
            decided: vec![0],
        }
    }

    pub(super) fn lit(&mut self, arena: &Arena, (mut id, mut holds): Literal) -> Lit {
        for _ in 0..GLANCE {
            let Node::Not(inner) = arena.node(id) else { break };
            (id, holds) = (*inner, !holds);
        }
        if let Some(variable) = self.variables.get(&id) {
            return Lit::new(*variable, holds);
        }
        let variable = self.clauses.variable();
        self.variables.insert(id, variable);
        self.ids.push(id);
        self.meanings.extend([None, None]);
        if let Node::Atom(atom) = arena.node(id)
            && let Atom::Required(name) = &**atom
        {
            self.required.push((Arc::clone(name), Lit::new(variable, true)));
        }
        Lit::new(variable, holds)
    }

    fn literal(&self, lit: Lit) -> Literal {
        (self.ids[lit.variable()], lit.holds())
    }

    /// What is known of a literal without expanding it.
    fn glance(&self, arena: &Arena, (id, holds): Literal, depth: usize) -> Tri {
        if let Some(value) = self
            .variables
            .get(&id)
            .and_then(|variable| self.clauses.value(Lit::new(*variable, true)))
        {
            return Tri::from(value == holds);
        }
        if depth > GLANCE {
            return Tri::Unknown;
        }
        let mut each = |id: &Id| self.glance(arena, (*id, true), depth + 1);
        let answer = match arena.node(id) {
            Node::And(ids) => Tri::all(ids.iter().map(&mut each)),
            Node::Or(ids) => Tri::any(ids.iter().map(&mut each)),
            Node::Not(inner) => !each(inner),
            Node::Atom(atom) => atom.for_kind(self.kind),
            Node::One(_) => Tri::Unknown,
        };
        if holds { answer } else { !answer }
    }

    /// Expands the meaning of a literal.
    fn meaning(&mut self, arena: &mut Arena, lit: Lit) -> Result<Meaning, Conflict> {
        if let Some(known) = &self.meanings[lit.index()] {
            return Ok(known.clone());
        }
        let (id, holds) = self.literal(lit);
        let node = arena.node(id).clone();
        let mut lits = |ids: &[Id], holds: bool| -> Arc<[Lit]> {
            ids.iter().map(|id| self.lit(arena, (*id, holds))).collect()
        };
        let meaning = match (&node, holds) {
            (Node::And(ids), true) | (Node::Or(ids), false) => Meaning::All(lits(ids, holds)),
            (Node::And(ids), false) | (Node::Or(ids), true) => Meaning::Any(lits(ids, holds)),
            (Node::Not(inner), _) => Meaning::All(lits(&[*inner], !holds)),
            (Node::One(ids), true) => {
                let group = lits(ids, true);
                for member in group.iter() {
                    self.exclusive.entry(*member).or_default().push((lit, Arc::clone(&group)));
                }
                self.groups.insert(lit, Arc::clone(&group));
                Meaning::Any(group)
            }
            (Node::One(ids), false) => {
                let cases = arena.none_or_two(ids);
                Meaning::Any(cases.iter().map(|id| self.lit(arena, (*id, true))).collect())
            }
            (Node::Atom(atom), _) => self.asserted(arena, atom, lit),
        };
        self.meanings[lit.index()] = Some(meaning.clone());
        match &meaning {
            Meaning::Any(lits) => self.clauses.add(lits.iter().copied().chain([!lit]).collect())?,
            Meaning::All(lits) => {
                lits.iter().for_each(|follows| self.clauses.always(lit, *follows));
            }
            Meaning::FactWith(follows) => self.clauses.always(lit, *follows),
            _ => {}
        }
        Ok(meaning)
    }

    /// The meaning of a keyword's assertion, or of its negation.
    fn asserted(&mut self, arena: &mut Arena, atom: &Arc<Atom>, lit: Lit) -> Meaning {
        match (atom.for_kind(self.kind), lit.holds()) {
            (Tri::True, true) | (Tri::False, false) => return Meaning::Nothing,
            (Tri::True, false) | (Tri::False, true) => return Meaning::Never,
            (Tri::Unknown, _) => {}
        }
        match (&**atom, lit.holds()) {
            // A property that does not match must be present.
            (Atom::Property(name, _), false) => {
                let there = arena.atom(Atom::Required(Arc::clone(name)));
                Meaning::FactWith(self.lit(arena, (there, true)))
            }
            (Atom::Required(_), true) => Meaning::Requires(Arc::clone(atom)),
            (Atom::Additional(..), true) if arena.closes(atom) => {
                self.closed.push((lit, Arc::clone(atom)));
                Meaning::Closes(Arc::clone(atom))
            }
            _ => Meaning::Fact,
        }
    }

    /// A closed object has no property that it does not name. Returns the work.
    fn close(&mut self, closed: Lit, atom: &Atom) -> Result<usize, Conflict> {
        for (name, required) in &self.required {
            if !is_let_pass(atom, name) {
                self.clauses.follow(closed, !*required)?;
            }
        }
        Ok(self.required.len())
    }

    fn require(&mut self, required: Lit, atom: &Atom) -> Result<(), Conflict> {
        let Atom::Required(name) = atom else { return Ok(()) };
        let closed =
            self.closed.iter().filter(|(closed, _)| self.clauses.value(*closed) == Some(true));
        match closed.into_iter().find(|(_, atom)| !is_let_pass(atom, name)) {
            Some((closed, _)) => Err(vec![!*closed, !required]),
            None => Ok(()),
        }
    }

    /// Derives all consequences; returns the work.
    pub(super) fn propagate(&mut self, arena: &mut Arena) -> Result<usize, Conflict> {
        let mut work = 0;
        while let Some(lit) = self.clauses.next() {
            match self.meaning(arena, lit)? {
                Meaning::Never => return Err(vec![!lit]),
                Meaning::All(lits) => {
                    work += lits.len();
                    for follows in lits.iter() {
                        self.clauses.follow(lit, *follows)?;
                    }
                }
                Meaning::FactWith(follows) => self.clauses.follow(lit, follows)?,
                Meaning::Closes(atom) => work += self.close(lit, &atom)?,
                Meaning::Requires(atom) => self.require(lit, &atom)?,
                Meaning::Any(_) | Meaning::Fact | Meaning::Nothing => {}
            }
            work += 1 + self.exclude(lit)? + self.clauses.propagate(lit)?;
        }
        Ok(work)
    }

    /// Makes all alternatives false except the one that holds.
    fn exclude(&mut self, lit: Lit) -> Result<usize, Conflict> {
        let mut work = 0;
        let of_member = self.exclusive.get(&lit).into_iter().flatten();
        let of_member = of_member.filter(|(group, _)| self.clauses.value(*group) == Some(true));
        let mut found: Vec<(Lit, Lit, Arc<[Lit]>)> =
            of_member.map(|(group, members)| (*group, lit, Arc::clone(members))).collect();
        if let Some(members) = self.groups.get(&lit) {
            let hold = members.iter().filter(|member| self.clauses.value(**member) == Some(true));
            found.extend(hold.map(|member| (lit, *member, Arc::clone(members))));
        }
        for (group, holds, members) in found {
            work += members.len();
            let mut is_own = true;
            for member in members.iter() {
                // If an alternative is listed twice, it excludes itself.
                if *member == holds && std::mem::take(&mut is_own) {
                    continue;
                }
                self.clauses.follow_of_both(group, holds, !*member)?;
            }
        }
        Ok(work)
    }

    /// The next literal to decide: a plain case of the first literal with several cases. Adds to
    /// the work.
    pub(super) fn open(&mut self, arena: &Arena, work: &mut usize) -> Option<Lit> {
        self.decided.truncate(self.clauses.level() + 1);
        let mut at = self.decided.last().copied().unwrap_or(0);
        let found = loop {
            let Some(lit) = self.clauses.trail().get(at) else { break None };
            if let Some(Meaning::Any(lits)) = &self.meanings[lit.index()] {
                *work += lits.len() / 64;
                let holds = |lit: &Lit| self.clauses.value(*lit) == Some(true);
                if !lits.iter().any(holds) {
                    break self.plainest(arena, lits, work);
                }
            }
            at += 1;
        };
        *work += (at - self.decided.last().copied().unwrap_or(0)) / 8;
        self.decided.push(at);
        found
    }

    /// A case with the least effort, searched only until a plain one is found.
    fn plainest(&self, arena: &Arena, lits: &[Lit], work: &mut usize) -> Option<Lit> {
        let mut best: Option<(usize, Lit)> = None;
        let open = lits.iter().filter(|lit| self.clauses.value(**lit).is_none());
        for (tried, lit) in open.enumerate() {
            *work += 1;
            let effort = self.effort(arena, *lit);
            if best.is_none_or(|(least, _)| effort < least) {
                best = Some((effort, *lit));
            }
            if tried >= LOOKED_AT && best.is_some_and(|(least, _)| least <= COMPOSED) {
                break;
            }
        }
        best.map(|(_, lit)| lit)
    }

    /// How much a case requires of a value.
    fn effort(&self, arena: &Arena, lit: Lit) -> usize {
        let (id, holds) = self.literal(lit);
        match self.glance(arena, (id, holds), 0) {
            Tri::True => return 0,
            Tri::False => return usize::MAX,
            Tri::Unknown => {}
        }
        let Node::Atom(atom) = arena.node(id) else { return COMPOSED };
        match (&**atom, holds) {
            (Atom::Required(_), false) => 1,
            (Atom::Property(..) | Atom::Item(..) | Atom::Contains(..), false) => 4,
            (Atom::PatternProperty(..) | Atom::ItemsFrom(..) | Atom::Unique, false) => 5,
            (Atom::Additional(..) | Atom::PropertyNames(_), false) => 6,
            (Atom::Opaque(..), _) => 8,
            _ => 2,
        }
    }

    /// The number of literals of one sign.
    pub(super) const fn len(&self) -> usize {
        self.ids.len()
    }

    /// The assertions of keywords that are decided so far.
    pub(super) fn facts(&self, arena: &Arena) -> Vec<Fact> {
        let is_fact = |lit: &&Lit| {
            use Meaning::{Closes, Fact, FactWith, Requires};
            matches!(self.meanings[lit.index()], Some(Fact | FactWith(_) | Closes(_) | Requires(_)))
        };
        let fact = |lit: &Lit| Fact::new(arena, self.literal(*lit));
        self.clauses.trail().iter().filter(is_fact).filter_map(fact).collect()
    }

    /// The conflict that these do not all hold.
    pub(super) fn not_all(&self, facts: &[Literal]) -> Conflict {
        facts
            .iter()
            .filter_map(|(id, holds)| Some(!Lit::new(*self.variables.get(id)?, *holds)))
            .collect()
    }
}

fn is_let_pass(atom: &Atom, name: &str) -> bool {
    matches!(atom, Atom::Additional(names, ..) if names.binary_search_by(|own| (**own).cmp(name)).is_ok())
}
