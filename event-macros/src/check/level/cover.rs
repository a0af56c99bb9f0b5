//! The values that the arms of a rule match so far.

use super::kind::{Held, Kind};
use crate::ast::{Around, Case, Pattern, Variant, last_name};
use syn::ext::IdentExt;

const HIDDEN_BY_REST: &str = "an earlier `_` matches all remaining values\nhelp: put `_` last";
const HIDDEN: &str = "the arms before it take all of its values\nhelp: remove it";

/// The matched values.
#[allow(clippy::struct_excessive_bools, reason = "each is a pattern that is there or not")]
pub(super) struct Cover<'b> {
    held: Held<'b>,
    is_option: bool,
    has_texts: bool,
    /// `_`
    rest: bool,
    /// `Some(_)`
    any: bool,
    /// `None`
    none: bool,
    yes: bool,
    no: bool,
    /// Both bounds are included; the ranges are unordered.
    ranges: Vec<(i128, i128)>,
    /// Texts and variants.
    words: Vec<String>,
}

impl<'b> Cover<'b> {
    pub(super) fn new(kind: &Kind<'b>, patterns: &[&Pattern]) -> Self {
        // For an alias, the patterns show the type.
        let is_optional = |pattern: &&Pattern| {
            matches!(pattern.around, Around::Some(_)) || matches!(pattern.case, Case::None(_))
        };
        Self {
            held: kind.held,
            is_option: kind.is_option || patterns.iter().any(is_optional),
            has_texts: patterns.iter().any(|pattern| matches!(pattern.case, Case::Text(_))),
            rest: false,
            any: false,
            none: false,
            yes: false,
            no: false,
            ranges: Vec::new(),
            words: Vec::new(),
        }
    }

    /// Why no value reaches the pattern; `None` if a value does.
    pub(super) fn hides(&self, pattern: &Pattern) -> Option<&'static str> {
        if self.rest {
            return Some(HIDDEN_BY_REST);
        }
        let takes_all = pattern.takes_all();
        let is_hidden = match &pattern.case {
            Case::None(_) => self.none,
            Case::Any if takes_all && self.is_option => self.none && self.is_full(),
            _ if self.is_full() => true,
            Case::Any => false,
            Case::Bool(truth) => {
                if *truth {
                    self.yes
                } else {
                    self.no
                }
            }
            Case::Integers { low, high } => {
                let (min, max) = self.bounds();
                let (low, high) = ((*low).max(min), (*high).min(max));
                // rustc reports values that the type does not have.
                low <= high && self.gaps(low, high).is_empty()
            }
            Case::Text(_) | Case::Variant { .. } => {
                word(pattern).is_some_and(|word| self.words.contains(&word))
            }
        };
        is_hidden.then_some(HIDDEN)
    }

    pub(super) fn add(&mut self, pattern: &Pattern) {
        match &pattern.case {
            Case::Any if pattern.takes_all() => self.rest = true,
            Case::Any => self.any = true,
            Case::None(_) => self.none = true,
            Case::Bool(true) => self.yes = true,
            Case::Bool(false) => self.no = true,
            Case::Integers { low, high } => self.ranges.push((*low, *high)),
            Case::Text(_) | Case::Variant { .. } => self.words.extend(word(pattern)),
        }
    }

    /// The unmatched values, as patterns; empty if only rustc can know.
    pub(super) fn missing(&self) -> Vec<String> {
        if self.rest {
            return Vec::new();
        }
        let is_judged = self.has_texts || !matches!(self.held, Held::Other);
        if !is_judged {
            return Vec::new();
        }
        let mut held: Vec<String> = Vec::new();
        if !self.is_full() {
            match self.held {
                Held::Bool if self.yes != self.no => held.push(self.no.to_string()),
                Held::Integer { min, max } if !self.ranges.is_empty() => {
                    held.extend(self.gaps(min, max).into_iter().map(|gap| range(gap, (min, max))));
                }
                Held::Enum(variants) if !self.words.is_empty() && !self.has_texts => {
                    held.extend(variants.iter().filter(|one| !self.has(one)).map(super::bodied));
                }
                _ => held.push("_".to_owned()),
            }
        }
        if !self.is_option {
            return held;
        }
        let is_untouched = held == ["_"] && !self.none;
        if is_untouched {
            return held;
        }
        let missing = held.into_iter().map(|case| format!("Some({case})"));
        missing.chain((!self.none).then(|| "None".to_owned())).collect()
    }

    /// Whether all values are matched, except `None`.
    fn is_full(&self) -> bool {
        let is_full_of_its_kind = match self.held {
            Held::Integer { min, max } => self.gaps(min, max).is_empty(),
            // A `bool`, or an alias of it.
            Held::Bool | Held::Other => self.yes && self.no,
            Held::Enum(variants) => !self.has_texts && variants.iter().all(|one| self.has(one)),
            Held::Float | Held::Text => false,
        };
        self.any || is_full_of_its_kind
    }

    fn has(&self, variant: &Variant) -> bool {
        self.words.contains(&variant.ident.unraw().to_string())
    }

    const fn bounds(&self) -> (i128, i128) {
        match self.held {
            Held::Integer { min, max } => (min, max),
            _ => (i128::MIN, i128::MAX),
        }
    }

    /// The parts of a range that no earlier range matched.
    fn gaps(&self, low: i128, high: i128) -> Vec<(i128, i128)> {
        let mut taken = self.ranges.clone();
        taken.sort_unstable();
        let mut gaps = Vec::new();
        let mut from = low;
        for (start, end) in taken {
            if start > high {
                break;
            }
            if start > from {
                gaps.push((from, start - 1));
            }
            if end >= high {
                return gaps;
            }
            from = from.max(end + 1);
        }
        gaps.push((from, high));
        gaps
    }
}

/// The text, or the name of the variant.
fn word(pattern: &Pattern) -> Option<String> {
    match &pattern.case {
        Case::Text(text) => Some(format!("{:?}", text.value())),
        Case::Variant { path, .. } => Some(last_name(path)),
        _ => None,
    }
}

/// A range as a pattern.
pub(super) fn range((low, high): (i128, i128), (min, max): (i128, i128)) -> String {
    if low == high {
        low.to_string()
    } else if low == min {
        format!("..={high}")
    } else if high == max {
        format!("{low}..")
    } else {
        format!("{low}..={high}")
    }
}
