//! The cases of a question about one kind of value: what formulas leave open is decided, one
//! literal at a time.
//!
//! What a formula means is only spelled out when it is said to hold or not to, so alternatives that
//! do not matter cost nothing.

use super::Literal;
use super::clauses::{Clauses, Conflict, Lit};
use super::leaf::Fact;
use crate::arena::{Arena, Atom, Id, Kind, Node};
use crate::tri::Tri;
use std::collections::HashMap;
use std::rc::Rc;

/// How deep formulas are looked into when nothing is assumed yet.
pub(super) const GLANCE: usize = 2;
/// So many cases are compared with each other, if there is a plain one among them.
const LOOKED_AT: usize = 8;
/// The effort of a case that is itself composed.
const COMPOSED: usize = 3;

/// What a literal means, spelled out.
#[derive(Clone, Debug)]
enum Meaning {
    /// All of these.
    All(Rc<[Lit]>),
    /// One of these, at least.
    Any(Rc<[Lit]>),
    /// An assertion of one keyword.
    Fact,
    /// An assertion of one keyword, from which another one follows.
    FactWith(Lit),
    /// That there are no other properties than an assertion names.
    Closes(Rc<Atom>),
    /// That there is a property.
    Requires(Rc<Atom>),
    /// Nothing: it always holds, for values of the kind.
    Nothing,
    /// It never holds.
    Never,
}

/// What says that exactly one holds, and of which.
type Group = (Lit, Rc<[Lit]>);

pub(super) struct Cases {
    kind: Kind,
    pub(super) clauses: Clauses,
    variables: HashMap<Id, usize>,
    ids: Vec<Id>,
    /// By literal, as far as they are spelled out.
    meanings: Vec<Option<Meaning>>,
    /// Of which exactly one holds, by member: what says so, and all of them.
    exclusive: HashMap<Lit, Vec<Group>>,
    /// The same by what says so.
    groups: HashMap<Lit, Rc<[Lit]>>,
    /// Which properties there are, and what closes objects: by name, and with the names that it
    /// lets pass.
    required: Vec<(Rc<str>, Lit)>,
    closed: Vec<(Lit, Rc<Atom>)>,
    /// Up to where the trail has nothing left to decide, at every decision.
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
            self.required.push((Rc::clone(name), Lit::new(variable, true)));
        }
        Lit::new(variable, holds)
    }

    fn literal(&self, lit: Lit) -> Literal {
        (self.ids[lit.variable()], lit.holds())
    }

    /// What can be told of a literal without taking it apart.
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

    /// Spells out what a literal means.
    fn meaning(&mut self, arena: &mut Arena, lit: Lit) -> Result<Meaning, Conflict> {
        if let Some(known) = &self.meanings[lit.index()] {
            return Ok(known.clone());
        }
        let (id, holds) = self.literal(lit);
        let node = arena.node(id).clone();
        let mut lits = |ids: &[Id], holds: bool| -> Rc<[Lit]> {
            ids.iter().map(|id| self.lit(arena, (*id, holds))).collect()
        };
        let meaning = match (&node, holds) {
            (Node::And(ids), true) | (Node::Or(ids), false) => Meaning::All(lits(ids, holds)),
            (Node::And(ids), false) | (Node::Or(ids), true) => Meaning::Any(lits(ids, holds)),
            (Node::Not(inner), _) => Meaning::All(lits(&[*inner], !holds)),
            (Node::One(ids), true) => {
                let group = lits(ids, true);
                for member in group.iter() {
                    self.exclusive.entry(*member).or_default().push((lit, Rc::clone(&group)));
                }
                self.groups.insert(lit, Rc::clone(&group));
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

    /// What the assertion of a keyword means, or that it does not hold.
    fn asserted(&mut self, arena: &mut Arena, atom: &Rc<Atom>, lit: Lit) -> Meaning {
        match (atom.for_kind(self.kind), lit.holds()) {
            (Tri::True, true) | (Tri::False, false) => return Meaning::Nothing,
            (Tri::True, false) | (Tri::False, true) => return Meaning::Never,
            (Tri::Unknown, _) => {}
        }
        match (&**atom, lit.holds()) {
            // What does not fit is there.
            (Atom::Property(name, _), false) => {
                let there = arena.atom(Atom::Required(Rc::clone(name)));
                Meaning::FactWith(self.lit(arena, (there, true)))
            }
            (Atom::Required(_), true) => Meaning::Requires(Rc::clone(atom)),
            (Atom::Additional(..), true) if arena.closes(atom) => {
                self.closed.push((lit, Rc::clone(atom)));
                Meaning::Closes(Rc::clone(atom))
            }
            _ => Meaning::Fact,
        }
    }

    /// A closed object has no property that it does not name. Gives how much was looked at.
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

    /// Everything that follows; gives how much was looked at.
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

    /// Of several that exclude each other, all but the one that holds.
    fn exclude(&mut self, lit: Lit) -> Result<usize, Conflict> {
        let mut work = 0;
        let of_member = self.exclusive.get(&lit).into_iter().flatten();
        let of_member = of_member.filter(|(group, _)| self.clauses.value(*group) == Some(true));
        let mut found: Vec<(Lit, Lit, Rc<[Lit]>)> =
            of_member.map(|(group, members)| (*group, lit, Rc::clone(members))).collect();
        if let Some(members) = self.groups.get(&lit) {
            let hold = members.iter().filter(|member| self.clauses.value(**member) == Some(true));
            found.extend(hold.map(|member| (lit, *member, Rc::clone(members))));
        }
        for (group, holds, members) in found {
            work += members.len();
            let mut is_own = true;
            for member in members.iter() {
                // The same alternative twice excludes itself.
                if *member == holds && std::mem::take(&mut is_own) {
                    continue;
                }
                self.clauses.follow_of_both(group, holds, !*member)?;
            }
        }
        Ok(work)
    }

    /// What is to be decided next: a plain case of the first literal that leaves several. Adds what
    /// it took to the work.
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

    /// Of several cases, one of those that ask the least, as far as they have to be looked at to
    /// find one.
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

    /// How much is asked of a value by a case.
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

    /// How many literals there are, of one sign.
    pub(super) const fn len(&self) -> usize {
        self.ids.len()
    }

    /// What keywords assert, as far as it is decided.
    pub(super) fn facts(&self, arena: &Arena) -> Vec<Fact> {
        let is_fact = |lit: &&Lit| {
            use Meaning::{Closes, Fact, FactWith, Requires};
            matches!(self.meanings[lit.index()], Some(Fact | FactWith(_) | Closes(_) | Requires(_)))
        };
        let fact = |lit: &Lit| Fact::new(arena, self.literal(*lit));
        self.clauses.trail().iter().filter(is_fact).filter_map(fact).collect()
    }

    /// That these do not all hold.
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
