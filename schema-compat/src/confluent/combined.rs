//! `allOf`, `anyOf`, `oneOf`: matches the schemas of one side with those of the other.

use super::comparison::{Comparison, Pair};
use super::kind::Kind;
use super::schemas::{Criterion, Id};
use std::collections::VecDeque;

/// Compares two combinations. Equal schemas of one side are already collapsed: the registry treats
/// the schemas as a set.
pub(super) fn compare(
    comparison: &mut Comparison<'_, '_>,
    (original, parts): (Criterion, &[Id]),
    (update, others): (Criterion, &[Id]),
) {
    let keyword = update.keyword();
    if !is_kept_or_extended((original, parts.len()), (update, others.len())) {
        comparison.differs(Kind::CombinedTypeChanged, keyword);
        return;
    }
    if parts.len() < others.len() && update == Criterion::All {
        comparison.differs(Kind::ProductTypeExtended, keyword);
    }
    if parts.len() > others.len() && original != Criterion::All {
        comparison.differs(Kind::SumTypeNarrowed, keyword);
    }
    if !Matching::new(parts, others, &mut *comparison.ask).takes_all() {
        comparison.differs(Kind::CombinedTypeSubschemasChanged, keyword);
    }
}

/// Whether the keyword is unchanged, or the registry reports `COMBINED_TYPE_EXTENDED`, which
/// passes. The numbers are the counts of combined schemas.
fn is_kept_or_extended(
    (original, before): (Criterion, usize),
    (update, after): (Criterion, usize),
) -> bool {
    original == update
        || update == Criterion::Any
        || (before == 1 && after == 1)
        || (before == 1 && update == Criterion::One)
        || (after == 1 && original == Criterion::All)
}

/// A maximum bipartite matching by augmenting paths. It starts from the side with fewer schemas, so
/// the first schema without a match ends it. A pair is compared only when it matters, and likely
/// pairs come first: after a small change, few pairs are compared.
struct Matching<'a> {
    parts: &'a [Id],
    others: &'a [Id],
    /// The match of each schema of the smaller side.
    given: Vec<Option<usize>>,
    /// The match of each schema of the larger side.
    taken: Vec<Option<usize>>,
    ask: &'a mut dyn FnMut(Pair) -> bool,
}

impl<'a> Matching<'a> {
    fn new(parts: &'a [Id], others: &'a [Id], ask: &'a mut dyn FnMut(Pair) -> bool) -> Self {
        let (fewer, more) = (parts.len().min(others.len()), parts.len().max(others.len()));
        Self { parts, others, given: vec![None; fewer], taken: vec![None; more], ask }
    }

    /// Whether every schema of the smaller side has a match.
    fn takes_all(&mut self) -> bool {
        (0..self.given.len()).all(|one| self.take_likely(one) || self.search(one))
    }

    fn is_compatible(&mut self, one: usize, other: usize) -> bool {
        let (part, other) =
            if self.parts.len() <= self.others.len() { (one, other) } else { (other, one) };
        (self.ask)((self.parts[part], self.others[other]))
    }

    /// Tries the schema at the same index, and the one after the previous schema's match.
    fn take_likely(&mut self, one: usize) -> bool {
        let next =
            one.checked_sub(1).and_then(|before| self.given[before]).map_or(one, |other| other + 1);
        for other in [next, one] {
            if self.taken.get(other).is_some_and(Option::is_none) && self.is_compatible(one, other)
            {
                self.given[one] = Some(other);
                self.taken[other] = Some(one);
                return true;
            }
        }
        false
    }

    /// Searches breadth-first for a free match. Earlier schemas may have to change their match.
    fn search(&mut self, first: usize) -> bool {
        let mut reached_from: Vec<Option<usize>> = vec![None; self.taken.len()];
        let mut waiting = VecDeque::from([first]);
        while let Some(one) = waiting.pop_front() {
            for other in 0..self.taken.len() {
                if reached_from[other].is_some() || !self.is_compatible(one, other) {
                    continue;
                }
                reached_from[other] = Some(one);
                match self.taken[other] {
                    Some(holder) => waiting.push_back(holder),
                    None => {
                        self.move_along(other, &reached_from);
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Gives the free match to the schema that reached it, that schema's old match to the schema
    /// that reached it before, and so on.
    fn move_along(&mut self, free: usize, reached_from: &[Option<usize>]) {
        let mut next = Some(free);
        while let Some((other, one)) = next.and_then(|other| Some((other, reached_from[other]?))) {
            next = self.given[one].replace(other);
            self.taken[other] = Some(one);
        }
    }
}
