//! The question that is left when every case is decided: assertions about one kind of value.

use super::{Answer, Literal, Solver};
use crate::arena::{Arena, Atom, Kind, Node};
use serde_json::Value;
use std::sync::Arc;

/// An assertion, and whether it must hold.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) literal: Literal,
    atom: Arc<Atom>,
}

impl Fact {
    pub(super) fn new(arena: &Arena, literal: Literal) -> Option<Self> {
        match arena.node(literal.0) {
            Node::Atom(atom) => Some(Self { literal, atom: Arc::clone(atom) }),
            _ => None,
        }
    }

    pub(super) fn atom(&self) -> &Atom {
        &self.atom
    }

    pub(super) const fn holds(&self) -> bool {
        self.literal.1
    }

    /// The assertion and whether it must hold, for matching.
    pub(super) fn says(&self) -> (&Atom, bool) {
        (&self.atom, self.literal.1)
    }
}

/// The result for a set of assertions.
#[derive(Debug)]
pub(super) enum Leaf {
    /// A value that fulfils them.
    Witness(Value),
    /// No value fulfils these assertions.
    Nothing(Vec<Literal>),
    /// It is undecided whether a value fulfils these assertions.
    Unknown(Vec<Literal>),
}

/// How often assertions are left out to see whether they matter.
const TRIED: usize = 48;

pub(super) fn all(facts: &[Fact]) -> Vec<Literal> {
    facts.iter().map(|fact| fact.literal).collect()
}

impl Solver {
    /// Solves the assertions of a case.
    pub(super) fn leaf(&mut self, query: &[Literal], kind: Kind, facts: &[Fact]) -> Leaf {
        if !self.work(facts.len()) {
            return Leaf::Unknown(all(facts));
        }
        let listed = facts
            .iter()
            .filter(|fact| fact.holds())
            .find_map(|fact| self.listed(query, kind, fact, facts));
        if let Some(leaf) = listed {
            return leaf;
        }
        if let Some(core) = (kind == Kind::Array).then(|| self.impossible_item(facts)).flatten() {
            return Leaf::Nothing(core);
        }
        match kind {
            Kind::Object => self.properties(query, facts),
            _ => match self.plain(query, kind, facts) {
                Answer::Witness(value) => Leaf::Witness(value),
                Answer::Unknown => Leaf::Unknown(all(facts)),
                Answer::Nothing => {
                    let is_it = |solver: &mut Self, some: &[Fact]| {
                        solver.plain(query, kind, some) == Answer::Nothing
                    };
                    let core = self.fewest(facts, is_it);
                    Leaf::Nothing(all(&core))
                }
            },
        }
    }

    fn plain(&mut self, query: &[Literal], kind: Kind, facts: &[Fact]) -> Answer {
        match kind {
            Kind::Integer | Kind::Fraction => self.number(query, kind, facts),
            Kind::String => self.text(query, facts),
            Kind::Array => self.items(query, facts),
            Kind::Object | Kind::Bool | Kind::Null => Answer::Unknown,
        }
    }

    /// A small subset for which `is_so` still holds, preferring early elements (`QuickXplain`,
    /// Junker 2004).
    pub(super) fn fewest<T: Clone>(
        &mut self,
        all: &[T],
        mut is_so: impl FnMut(&mut Self, &[T]) -> bool,
    ) -> Vec<T> {
        if all.len() < 2 {
            return all.to_vec();
        }
        let mut tries = TRIED;
        self.explain(&[], false, all, &mut |solver, some| {
            tries = tries.saturating_sub(1);
            // Without tries left, everything is kept.
            tries > 0 && is_so(solver, some)
        })
    }

    fn explain<T: Clone>(
        &mut self,
        base: &[T],
        is_new: bool,
        all: &[T],
        is_so: &mut dyn FnMut(&mut Self, &[T]) -> bool,
    ) -> Vec<T> {
        if is_new && is_so(self, base) {
            return Vec::new();
        }
        if all.len() == 1 {
            return all.to_vec();
        }
        let (first, last) = all.split_at(all.len() / 2);
        let of_last = self.explain(&[base, first].concat(), true, last, is_so);
        let of_first =
            self.explain(&[base, of_last.as_slice()].concat(), !of_last.is_empty(), first, is_so);
        [of_first, of_last].concat()
    }
}
