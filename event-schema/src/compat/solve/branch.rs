//! One case: what is assumed so far, and which cases are still open.

use super::{Answer, Literal, Solver};
use crate::compat::arena::{Arena, Atom, Constant, Id, Kind, Node};
use crate::compat::tri::Tri;
use std::collections::HashSet;

/// One of several cases holds, each of them a list of assumptions.
pub(super) type Clause = Vec<Vec<Literal>>;

#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub(super) kind: Kind,
    assumed: HashSet<Literal>,
    atoms: Vec<Literal>,
    pub(super) clauses: Vec<Clause>,
}

/// More alternatives of a `oneOf` are not compared with each other in advance.
const COMPARED: usize = 40;
/// How deep formulas are looked into when nothing is assumed yet.
const GLANCE: usize = 4;

impl Branch {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, assumed: HashSet::new(), atoms: Vec::new(), clauses: Vec::new() }
    }

    pub(super) fn atoms(&self, arena: &Arena) -> Vec<(Atom, bool)> {
        let atom = |(id, holds): &Literal| match arena.node(*id) {
            Node::Atom(atom) => Some((atom.clone(), *holds)),
            _ => None,
        };
        self.atoms.iter().filter_map(atom).collect()
    }

    /// The only values that are possible, where they are listed.
    pub(super) fn values(&self, arena: &Arena) -> Option<Vec<Constant>> {
        self.atoms.iter().find_map(|(id, holds)| match arena.node(*id) {
            Node::Atom(Atom::Enum(values)) if *holds => Some(values.clone()),
            _ => None,
        })
    }

    pub(super) fn take_shortest(&mut self) -> Option<Clause> {
        let at = (0..self.clauses.len()).min_by_key(|at| self.clauses[*at].len())?;
        Some(self.clauses.swap_remove(at))
    }

    /// What can be told of a literal without taking it apart.
    fn glance(&self, arena: &Arena, (id, holds): Literal, depth: usize) -> Tri {
        if self.assumed.contains(&(id, holds)) {
            return Tri::True;
        }
        if self.assumed.contains(&(id, !holds)) {
            return Tri::False;
        }
        if depth > GLANCE {
            return Tri::Unknown;
        }
        let mut each = |id: &Id| self.glance(arena, (*id, true), depth + 1);
        let answer = match arena.node(id) {
            Node::And(ids) => Tri::all(ids.iter().map(&mut each)),
            Node::Or(ids) => Tri::any(ids.iter().map(&mut each)),
            Node::Not(inner) => !each(inner),
            Node::Atom(Atom::Kinds(kinds)) => Tri::from(kinds.contains(&self.kind)),
            Node::Atom(atom) if !atom.is_about(self.kind) => Tri::True,
            Node::One(_) | Node::Atom(_) => Tri::Unknown,
        };
        if holds { answer } else { !answer }
    }
}

impl Solver {
    /// Adds an assumption; false if it contradicts what is assumed already.
    pub(super) fn assume(&mut self, branch: &mut Branch, literal: Literal) -> bool {
        let mut waiting = vec![literal];
        while let Some((id, holds)) = waiting.pop() {
            if branch.assumed.contains(&(id, !holds)) {
                return false;
            }
            if !branch.assumed.insert((id, holds)) {
                continue;
            }
            match (self.arena.node(id).clone(), holds) {
                (Node::And(ids), true) | (Node::Or(ids), false) => {
                    waiting.extend(ids.into_iter().map(|id| (id, holds)));
                }
                (Node::Not(inner), _) => waiting.push((inner, !holds)),
                (Node::And(_), false) | (Node::Or(_), true) => {
                    let mut cases = Vec::new();
                    self.cases((id, holds), &mut HashSet::new(), &mut cases);
                    branch.clauses.push(cases.into_iter().map(|literal| vec![literal]).collect());
                }
                (Node::One(ids), true) => {
                    let clause = self.exactly_one(&ids);
                    branch.clauses.push(clause);
                }
                (Node::One(ids), false) => {
                    let clause = self.none_or_two(&ids);
                    branch.clauses.push(clause);
                }
                (Node::Atom(Atom::Kinds(kinds)), _) => {
                    if kinds.contains(&branch.kind) != holds {
                        return false;
                    }
                }
                (Node::Atom(atom), _) if atom.is_about(branch.kind) => branch.atoms.push((id, holds)),
                (Node::Atom(_), true) => {}
                (Node::Atom(_), false) => return false,
            }
        }
        true
    }

    /// Takes nested alternatives apart into one list.
    fn cases(&self, (id, holds): Literal, met: &mut HashSet<Literal>, into: &mut Vec<Literal>) {
        if !met.insert((id, holds)) || met.len() > 4_000 {
            into.push((id, holds));
            return;
        }
        match (self.arena.node(id), holds) {
            (Node::And(ids), false) | (Node::Or(ids), true) => {
                for id in ids {
                    self.cases((*id, holds), met, into);
                }
            }
            (Node::Not(inner), _) => self.cases((*inner, !holds), met, into),
            _ => into.push((id, holds)),
        }
    }

    /// Whether no value fits both.
    fn are_disjoint(&mut self, a: Id, b: Id) -> bool {
        self.solve(vec![(a, true), (b, true)]) == Answer::Nothing
    }

    fn exactly_one(&mut self, ids: &[Id]) -> Clause {
        let mut clause = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            let mut case = vec![(*id, true)];
            for (other_at, other) in ids.iter().enumerate() {
                // What is disjoint anyway need not be ruled out.
                if other_at != at && (*other == *id || ids.len() > COMPARED || !self.are_disjoint(*id, *other)) {
                    case.push((*other, false));
                }
            }
            clause.push(case);
        }
        clause
    }

    fn none_or_two(&mut self, ids: &[Id]) -> Clause {
        let mut clause = vec![ids.iter().map(|id| (*id, false)).collect::<Vec<_>>()];
        for (at, id) in ids.iter().enumerate() {
            for other in &ids[at + 1..] {
                if *other == *id || ids.len() > COMPARED || !self.are_disjoint(*id, *other) {
                    clause.push(vec![(*id, true), (*other, true)]);
                }
            }
        }
        clause
    }

    /// Rules out cases until nothing changes; false if nothing is left.
    pub(super) fn propagate(&mut self, branch: &mut Branch) -> bool {
        loop {
            let mut forced = Vec::new();
            let mut open = Vec::new();
            for mut clause in std::mem::take(&mut branch.clauses) {
                let verdict =
                    |case: &Vec<Literal>| Tri::all(case.iter().map(|literal| branch.glance(&self.arena, *literal, 0)));
                if clause.iter().any(|case| verdict(case) == Tri::True) {
                    continue;
                }
                clause.retain(|case| verdict(case) != Tri::False);
                match clause.len() {
                    0 => return false,
                    1 => forced.extend(clause.into_iter().flatten()),
                    _ => open.push(clause),
                }
            }
            branch.clauses = open;
            if forced.is_empty() {
                return true;
            }
            if !forced.into_iter().all(|literal| self.assume(branch, literal)) {
                return false;
            }
        }
    }

    /// Rules out, and settles, cases by what required properties may be: tagged alternatives are told apart by their tag. False if nothing is left.
    pub(super) fn discriminate(&mut self, branch: &mut Branch) -> bool {
        let atoms = branch.atoms(&self.arena);
        let mut open = Vec::new();
        for mut clause in std::mem::take(&mut branch.clauses) {
            let mut is_settled = false;
            let mut left = Vec::new();
            for case in clause.drain(..) {
                let verdict = if let [literal] = case[..] { self.by_tag(&atoms, literal) } else { Tri::Unknown };
                match verdict {
                    Tri::True => is_settled = true,
                    Tri::False => {}
                    Tri::Unknown => left.push(case),
                }
            }
            if is_settled {
                continue;
            }
            if left.is_empty() {
                return false;
            }
            open.push(left);
        }
        branch.clauses = open;
        self.propagate(branch)
    }

    /// Whether "the property does not fit" holds anyway, or cannot.
    fn by_tag(&mut self, atoms: &[(Atom, bool)], (id, holds): Literal) -> Tri {
        let Node::Atom(Atom::Property(name, schema)) = self.arena.node(id).clone() else { return Tri::Unknown };
        if holds
            || !atoms
                .iter()
                .any(|(atom, holds)| *holds && matches!(atom, Atom::Required(required) if *required == name))
        {
            return Tri::Unknown;
        }
        let (mut fits, _) = self.constraints(atoms, &name);
        let mut misfits = fits.clone();
        fits.push((schema, true));
        misfits.push((schema, false));
        if self.solve_part(fits) == Answer::Nothing {
            Tri::True
        } else if self.solve_part(misfits) == Answer::Nothing {
            Tri::False
        } else {
            Tri::Unknown
        }
    }
}
