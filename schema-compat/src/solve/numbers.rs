//! Numbers between bounds that are multiples of some steps and not of others.

use super::leaf::Fact;
use super::{Answer, Literal, Solver};
use crate::arena::{Atom, Constant, Kind};
use crate::decimal::Decimal;
use crate::tri::Tri;
use serde_json::Value;
use std::cmp::Ordering;
use std::collections::BTreeSet;

type Bound = Option<(Decimal, bool)>;

/// How many multiples are tried, and how many are skipped.
const TRIED: usize = 64;
const PASSED: usize = 100_000;

impl Solver {
    pub(super) fn number(&self, query: &[Literal], kind: Kind, facts: &[Fact]) -> Answer {
        let (mut low, mut high): (Bound, Bound) = (None, None);
        let mut step = (kind == Kind::Integer).then_some(Decimal::ONE);
        let mut excluded = BTreeSet::new();
        for fact in facts {
            match fact.says() {
                (Atom::Minimum(bound, exclusive), true) => {
                    tighten(&mut low, *bound, *exclusive, Ordering::Greater);
                }
                (Atom::Maximum(bound, exclusive), true) => {
                    tighten(&mut high, *bound, *exclusive, Ordering::Less);
                }
                (Atom::Minimum(bound, exclusive), false) => {
                    tighten(&mut high, *bound, !exclusive, Ordering::Less);
                }
                (Atom::Maximum(bound, exclusive), false) => {
                    tighten(&mut low, *bound, !exclusive, Ordering::Greater);
                }
                (Atom::MultipleOf(other), true) => {
                    let common = step.map_or(Some(*other), |step| step.common_multiple(*other));
                    let Some(common) = common else { return Answer::Unknown };
                    step = Some(common);
                }
                (Atom::Enum(values), false) => {
                    excluded.extend(values.iter().filter_map(|value| match value {
                        Constant::Number(number) => Some(*number),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        if is_empty(low, high) {
            return Answer::Nothing;
        }
        if let Some(step) = step {
            let is_excluded = |fact: &Fact| match fact.says() {
                (Atom::MultipleOf(other), false) => step.is_multiple_of(*other) == Some(true),
                _ => false,
            };
            // Every multiple of 6 is one of 3, and no whole number has a fraction.
            if facts.iter().any(is_excluded) || (kind == Kind::Fraction && step.is_integer()) {
                return Answer::Nothing;
            }
            return self.multiple(query, step, (low, high), &excluded);
        }
        self.fraction(query, low, high)
    }

    /// Tries multiples, starting from either bound.
    fn multiple(
        &self,
        query: &[Literal],
        step: Decimal,
        (low, high): (Bound, Bound),
        excluded: &BTreeSet<Decimal>,
    ) -> Answer {
        let (start, forward) = match (low, high) {
            (Some((low, _)), _) => (low, true),
            (None, Some((high, _))) => (high, false),
            (None, None) => (Decimal::ZERO, true),
        };
        let Some(mut at) = start.floor_to(step) else { return Answer::Unknown };
        let stride = if forward { Some(step) } else { step.times(Decimal::from_integer(-1)) };
        let Some(stride) = stride else { return Answer::Unknown };
        let mut all = Answer::Nothing;
        let mut tried = 0;
        for _ in 0..PASSED {
            let is_past = match (forward, low, high) {
                (true, _, Some((high, exclusive))) => {
                    is_past(at.compare(high), Ordering::Greater, exclusive)
                }
                (false, Some((low, exclusive)), _) => {
                    is_past(at.compare(low), Ordering::Less, exclusive)
                }
                _ => false,
            };
            if is_past {
                return all;
            }
            if !excluded.contains(&at) {
                match self.try_number(query, at) {
                    Tri::True => return self.witness(query, at),
                    Tri::Unknown => all = Answer::Unknown,
                    Tri::False => {}
                }
                tried += 1;
                if tried == TRIED {
                    break;
                }
            }
            let Some(next) = at.plus(stride) else { return Answer::Unknown };
            at = next;
        }
        // Far away, where numbers can only be written with powers of ten.
        let far =
            (18..25).filter_map(|zeros| step.times(Decimal::from_integer(10_i128.pow(zeros))));
        let far = far.flat_map(|far| [Some(far), far.times(Decimal::from_integer(-1))]).flatten();
        for candidate in far {
            if self.try_number(query, candidate) == Tri::True {
                return self.witness(query, candidate);
            }
        }
        Answer::Unknown
    }

    fn fraction(&self, query: &[Literal], low: Bound, high: Bound) -> Answer {
        // Offsets that are multiples of few numbers.
        let offsets =
            [(5, -1), (25, -2), (1, -1), (3, -1), (7, -1), (15, -1), (1, -3), (333, -3), (1, -9)];
        let offsets = offsets.map(|(mantissa, exponent)| Decimal::new(mantissa, exponent));
        let mut candidates: Vec<Option<Decimal>> = Vec::new();
        match (low, high) {
            (Some((low, _)), Some((high, _))) => {
                if low == high {
                    return if low.is_integer() {
                        Answer::Nothing
                    } else {
                        low.to_number()
                            .map_or(Answer::Unknown, |low| self.among(query, [Value::Number(low)]))
                    };
                }
                candidates.extend([Some(low), Some(high)]);
                let mut upper = Some(high);
                for _ in 0..6 {
                    upper = upper.and_then(|upper| low.between(upper));
                    candidates.push(upper);
                }
                candidates.extend(offsets.map(|offset| low.plus(offset)));
            }
            (Some((bound, _)), None) => {
                candidates.push(Some(bound));
                candidates.extend(offsets.map(|offset| bound.plus(offset)));
            }
            (None, Some((bound, _))) => {
                candidates.push(Some(bound));
                let minus = Decimal::from_integer(-1);
                candidates.extend(
                    offsets.map(|offset| offset.times(minus).and_then(|offset| bound.plus(offset))),
                );
            }
            (None, None) => candidates.extend(offsets.map(Some)),
        }
        for candidate in candidates.into_iter().flatten() {
            if self.try_number(query, candidate) == Tri::True {
                return self.witness(query, candidate);
            }
        }
        Answer::Unknown
    }

    fn try_number(&self, query: &[Literal], number: Decimal) -> Tri {
        number.to_number().map_or(Tri::Unknown, |number| self.fits(query, &Value::Number(number)))
    }

    fn witness(&self, query: &[Literal], number: Decimal) -> Answer {
        number
            .to_number()
            .map_or(Answer::Unknown, |number| self.checked(query, Value::Number(number)))
    }
}

fn tighten(bound: &mut Bound, by: Decimal, exclusive: bool, when: Ordering) {
    let replaces = bound.is_none_or(|(old, was)| match by.compare(old) {
        Ordering::Equal => exclusive && !was,
        order => order == when,
    });
    if replaces {
        *bound = Some((by, exclusive));
    }
}

fn is_past(order: Ordering, past: Ordering, exclusive: bool) -> bool {
    order == past || (exclusive && order == Ordering::Equal)
}

fn is_empty(low: Bound, high: Bound) -> bool {
    match (low, high) {
        (Some((low, low_out)), Some((high, high_out))) => match low.compare(high) {
            Ordering::Greater => true,
            Ordering::Equal => low_out || high_out,
            Ordering::Less => false,
        },
        _ => false,
    }
}
