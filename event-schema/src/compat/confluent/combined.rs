//! `allOf`, `anyOf`, `oneOf`: which of the one side goes with which of the other.

use super::compare::Comparison;
use super::kind::Kind;
use super::schemas::{Criterion, Id};

pub(super) fn compare(
    comparison: &mut Comparison<'_, '_>,
    (original, parts): (Criterion, &[Id]),
    (update, others): (Criterion, &[Id]),
) {
    let keyword = update.keyword();
    // Whatever fits one or all of them fits any.
    if original != update && update != Criterion::Any {
        comparison.differs(Kind::CombinedTypeChanged, keyword);
        return;
    }
    if parts.len() < others.len() && update == Criterion::All {
        comparison.differs(Kind::ProductTypeExtended, keyword);
    }
    if parts.len() > others.len() && original != Criterion::All {
        comparison.differs(Kind::SumTypeNarrowed, keyword);
    }
    let mut matching = Matching { parts, others, taken: vec![None; others.len()], ask: &mut *comparison.ask };
    if matching.size() < parts.len().min(others.len()) {
        comparison.differs(Kind::CombinedTypeSubschemasChanged, keyword);
    }
}

/// A maximum bipartite matching by augmenting paths (Kuhn). Whether two go together is only asked when it matters, those at the same place first: where little
/// has changed, few pairs are looked at.
struct Matching<'a> {
    parts: &'a [Id],
    others: &'a [Id],
    /// Which part has been given each of the others.
    taken: Vec<Option<usize>>,
    ask: &'a mut dyn FnMut((Id, Id)) -> bool,
}

impl Matching<'_> {
    fn size(&mut self) -> usize {
        let mut size = 0;
        for part in 0..self.parts.len() {
            let mut visited = vec![false; self.others.len()];
            size += usize::from(self.place(part, &mut visited));
        }
        size
    }

    /// Finds one for the part; whoever has it may be given another one.
    fn place(&mut self, part: usize, visited: &mut [bool]) -> bool {
        let own = (part < self.others.len()).then_some(part);
        for other in own.into_iter().chain((0..self.others.len()).filter(|other| Some(*other) != own)) {
            if visited[other] || !(self.ask)((self.parts[part], self.others[other])) {
                continue;
            }
            visited[other] = true;
            let is_free = self.taken[other].is_none_or(|holder| self.place(holder, visited));
            if is_free {
                self.taken[other] = Some(part);
                return true;
            }
        }
        false
    }
}
