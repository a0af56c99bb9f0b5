//! Derives consequences of assumptions, and learns from contradictions.
//!
//! Conflict-driven clause learning (Marques-Silva and Sakallah 1999, watched literals after
//! Moskewicz et al. 2001): a contradiction is traced to the decisions that cause it. The learned
//! clause excludes every other case with the same decisions, so irrelevant cases are not tried one
//! by one.

/// A variable that is true, or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Lit(u32);

impl Lit {
    pub(super) fn new(variable: usize, holds: bool) -> Self {
        Self(u32::try_from(variable * 2 + usize::from(!holds)).unwrap_or(u32::MAX))
    }

    pub(super) const fn variable(self) -> usize {
        self.0 as usize / 2
    }

    pub(super) const fn holds(self) -> bool {
        self.0.is_multiple_of(2)
    }

    /// An index, different for every literal.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl std::ops::Not for Lit {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// Why a literal is true.
#[derive(Clone, Copy, Debug)]
enum Reason {
    /// It is assumed, or required.
    Assumed,
    /// Another literal is true.
    Follows(Lit),
    /// Two other literals are true.
    FollowsOfBoth(Lit, Lit),
    /// All other literals of the clause are false.
    LastOf(usize),
}

/// A contradiction: a clause whose literals are all false.
pub(super) type Conflict = Vec<Lit>;

/// The clauses, and the literals that are currently true.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    values: Vec<Option<bool>>,
    levels: Vec<usize>,
    reasons: Vec<Reason>,
    /// The true literals, in the order in which they became true.
    trail: Vec<Lit>,
    /// How many of them were searched for consequences.
    seen: usize,
    /// The positions of the decisions in the trail.
    decisions: Vec<usize>,
    all: Vec<Vec<Lit>>,
    /// The clauses that watch each literal, by literal.
    watchers: Vec<Vec<usize>>,
    /// For each literal, the literals that imply it.
    sources: Vec<Vec<Lit>>,
}

impl Clauses {
    pub(super) fn variable(&mut self) -> usize {
        self.values.push(None);
        self.levels.push(0);
        self.reasons.push(Reason::Assumed);
        self.watchers.extend([Vec::new(), Vec::new()]);
        self.sources.extend([Vec::new(), Vec::new()]);
        self.values.len() - 1
    }

    /// Whether the literal is true; `None` if it is open.
    pub(super) fn value(&self, lit: Lit) -> Option<bool> {
        self.values[lit.variable()].map(|value| value == lit.holds())
    }

    pub(super) fn trail(&self) -> &[Lit] {
        &self.trail
    }

    /// The next true literal whose consequences are not derived yet.
    pub(super) fn next(&mut self) -> Option<Lit> {
        let next = self.trail.get(self.seen).copied();
        self.seen += usize::from(next.is_some());
        next
    }

    /// The number of current decisions.
    pub(super) const fn level(&self) -> usize {
        self.decisions.len()
    }

    pub(super) fn decide(&mut self, lit: Lit) {
        self.decisions.push(self.trail.len());
        self.set(lit, Reason::Assumed);
    }

    fn set(&mut self, lit: Lit, reason: Reason) {
        let variable = lit.variable();
        self.values[variable] = Some(lit.holds());
        self.levels[variable] = self.level();
        self.reasons[variable] = reason;
        self.trail.push(lit);
    }

    /// Makes a literal true, because it is required.
    pub(super) fn require(&mut self, lit: Lit) -> Result<(), Conflict> {
        self.imply(lit, Reason::Assumed, || vec![lit])
    }

    /// Makes a literal true, because it follows from another one.
    pub(super) fn follow(&mut self, from: Lit, lit: Lit) -> Result<(), Conflict> {
        self.imply(lit, Reason::Follows(from), || vec![!from, lit])
    }

    /// Makes a literal true, because it follows from two others.
    pub(super) fn follow_of_both(
        &mut self,
        one: Lit,
        other: Lit,
        lit: Lit,
    ) -> Result<(), Conflict> {
        self.imply(lit, Reason::FollowsOfBoth(one, other), || vec![!one, !other, lit])
    }

    /// Adds an implication, which holds permanently.
    pub(super) fn always(&mut self, from: Lit, lit: Lit) {
        self.sources[lit.index()].push(from);
    }

    fn imply(
        &mut self,
        lit: Lit,
        reason: Reason,
        clause: impl FnOnce() -> Conflict,
    ) -> Result<(), Conflict> {
        match self.value(lit) {
            Some(true) => Ok(()),
            Some(false) => Err(clause()),
            None => {
                self.set(lit, reason);
                Ok(())
            }
        }
    }

    /// Adds a clause: one of the literals must be true.
    pub(super) fn add(&mut self, mut clause: Vec<Lit>) -> Result<(), Conflict> {
        clause.sort_unstable();
        clause.dedup();
        // Literals that are not false come first, then those that became false last: undoing
        // decisions frees these first.
        clause.sort_by_key(|lit| match self.value(*lit) {
            Some(true) => 0,
            None => 1,
            Some(false) => usize::MAX - self.levels[lit.variable()],
        });
        let Some(first) = clause.first().copied() else { return Err(clause) };
        let index = self.all.len();
        for lit in clause.iter().take(2) {
            self.watchers[lit.index()].push(index);
        }
        let is_last = clause.get(1).is_none_or(|second| self.value(*second) == Some(false));
        let conflict = (self.value(first) == Some(false)).then(|| clause.clone());
        self.all.push(clause);
        match conflict {
            Some(conflict) => Err(conflict),
            None if is_last && self.value(first).is_none() => {
                self.set(first, Reason::LastOf(index));
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Derives what follows from a true literal by clauses; returns the number of clauses visited.
    pub(super) fn propagate(&mut self, lit: Lit) -> Result<usize, Conflict> {
        for at in 0..self.sources[(!lit).index()].len() {
            let source = self.sources[(!lit).index()][at];
            self.follow(lit, !source)?;
        }
        let mut still = std::mem::take(&mut self.watchers[(!lit).index()]);
        let count = still.len();
        let mut conflict = None;
        still.retain(|index| {
            let index = *index;
            if conflict.is_some() || self.is_served(index, !lit) {
                return true;
            }
            if self.watch_another(index, !lit) {
                return false;
            }
            let own = usize::from(self.all[index][0] == !lit);
            match self.all[index].get(own).copied().filter(|other| *other != !lit) {
                Some(other) if self.value(other).is_none() => {
                    self.set(other, Reason::LastOf(index));
                }
                _ => conflict = Some(self.all[index].clone()),
            }
            true
        });
        self.watchers[(!lit).index()].append(&mut still);
        conflict.map_or(Ok(count), Err)
    }

    /// Whether the other literal that the clause watches is true.
    fn is_served(&self, index: usize, lit: Lit) -> bool {
        self.all[index]
            .iter()
            .take(2)
            .any(|watched| *watched != lit && self.value(*watched) == Some(true))
    }

    /// Makes the clause watch another literal that is not false.
    fn watch_another(&mut self, index: usize, lit: Lit) -> bool {
        let clause = &self.all[index];
        let Some(own) = clause.iter().take(2).position(|watched| *watched == lit) else {
            return false;
        };
        let free = (2..clause.len()).find(|at| self.value(clause[*at]) != Some(false));
        if let Some(free) = free {
            self.all[index].swap(own, free);
            let now = self.all[index][own];
            self.watchers[now.index()].push(index);
        }
        free.is_some()
    }

    /// Undoes decisions until this many are left.
    fn back_to(&mut self, level: usize) {
        let Some(start) = self.decisions.get(level).copied() else { return };
        for lit in self.trail.drain(start..) {
            self.values[lit.variable()] = None;
        }
        self.decisions.truncate(level);
        self.seen = self.seen.min(start);
    }

    /// Learns from a contradiction: undoes decisions until the contradiction could have been seen,
    /// and adds what follows there. False if no decision causes it.
    pub(super) fn learn(&mut self, mut conflict: Conflict) -> bool {
        let level = conflict.iter().map(|lit| self.levels[lit.variable()]).max().unwrap_or(0);
        if level == 0 {
            return false;
        }
        self.back_to(level);
        let (mut learned, mut open, mut met) =
            (Vec::new(), 0_usize, vec![false; self.values.len()]);
        let mut at = self.trail.len();
        let last = loop {
            for lit in conflict {
                let variable = lit.variable();
                if met[variable] || self.levels[variable] == 0 {
                    continue;
                }
                met[variable] = true;
                if self.levels[variable] == level {
                    open += 1;
                } else {
                    learned.push(lit);
                }
            }
            // The last literal that causes the contradiction.
            let lit = loop {
                at -= 1;
                if met[self.trail[at].variable()] {
                    break self.trail[at];
                }
            };
            open -= 1;
            if open == 0 {
                break lit;
            }
            conflict = self.reason(lit);
        };
        let back = learned.iter().map(|lit| self.levels[lit.variable()]).max().unwrap_or(0);
        self.back_to(back);
        learned.push(!last);
        // All others are false, so the literal follows immediately.
        self.add(learned).is_ok()
    }

    /// The literals whose truth made the literal true, negated.
    fn reason(&self, lit: Lit) -> Vec<Lit> {
        match self.reasons[lit.variable()] {
            Reason::Assumed => Vec::new(),
            Reason::Follows(from) => vec![!from],
            Reason::FollowsOfBoth(one, other) => vec![!one, !other],
            Reason::LastOf(index) => {
                self.all[index].iter().copied().filter(|other| *other != lit).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clauses, Lit};

    /// Whether all clauses can hold, by deciding the first open variable.
    fn is_possible(variables: usize, clauses: &[Vec<(usize, bool)>]) -> bool {
        let mut all = Clauses::default();
        for _ in 0..variables {
            all.variable();
        }
        for clause in clauses {
            if all
                .add(clause.iter().map(|(variable, holds)| Lit::new(*variable, *holds)).collect())
                .is_err()
            {
                return false;
            }
        }
        loop {
            let mut conflict = None;
            while conflict.is_none() {
                let Some(lit) = all.next() else { break };
                conflict = all.propagate(lit).err();
            }
            if let Some(conflict) = conflict {
                if !all.learn(conflict) {
                    return false;
                }
                continue;
            }
            match (0..variables).find(|variable| all.value(Lit::new(*variable, true)).is_none()) {
                Some(variable) => all.decide(Lit::new(variable, true)),
                None => return true,
            }
        }
    }

    #[test]
    fn agrees_with_trying_every_case() {
        let mut state = 7_u64;
        let mut next = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let (mut possible, total) = (0, 400);
        for _ in 0..total {
            let variables = 8;
            let clauses: Vec<Vec<(usize, bool)>> = (0..34)
                .map(|_| (0..3).map(|_| (next(variables), next(2) == 0)).collect())
                .collect();
            let holds = |case: usize| {
                clauses.iter().all(|clause| {
                    clause.iter().any(|(variable, holds)| (case >> variable & 1 == 1) == *holds)
                })
            };
            let expected = (0..1 << variables).any(holds);
            possible += usize::from(expected);
            assert_eq!(is_possible(variables, &clauses), expected, "{clauses:?}");
        }
        assert!(possible > total / 10 && possible < total * 9 / 10, "{possible}");
    }
}
