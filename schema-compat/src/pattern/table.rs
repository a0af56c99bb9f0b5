//! A language as a table of states, for a pattern that is matched with many texts.

use super::language::{Language, WORK};
use std::collections::{BTreeSet, HashMap};

/// The maximum number of states. A pattern with more is matched by derivatives.
const STATES: usize = 512;

/// A deterministic automaton.
#[derive(Debug)]
pub(crate) struct Table {
    /// The first character of each class after the first, sorted. The characters of a class lead to
    /// the same states.
    bounds: Vec<u32>,
    /// The class of each ASCII character.
    ascii: [u16; 128],
    /// The next state, by state and class.
    next: Vec<u16>,
    /// Whether a text may end in the state.
    ends: Vec<bool>,
}

impl Table {
    /// The table of a language; `None` if it would have too many states, or take too long to make.
    pub(crate) fn of(language: &Language) -> Option<Self> {
        let mut ranges = BTreeSet::new();
        language.classes(&mut ranges);
        let bounds: BTreeSet<u32> =
            ranges.iter().flat_map(|(first, last)| [*first, last + 1]).collect();
        let last = u32::from(char::MAX);
        let bounds: Vec<u32> = bounds.into_iter().filter(|at| (1..=last).contains(at)).collect();
        let mut states = vec![language.clone()];
        let mut numbers = HashMap::from([(language.clone(), 0)]);
        let (mut next, mut ends) = (Vec::new(), Vec::new());
        let mut work = WORK;
        while let Some(state) = states.get(ends.len()).cloned() {
            ends.push(state.has_empty());
            for class in 0..=bounds.len() {
                let first = if class == 0 { 0 } else { bounds[class - 1] };
                // Surrogates are no characters. No text reaches a class of nothing else.
                let representative = char::from_u32(first).unwrap_or('\u{e000}');
                work = work.checked_sub(state.cost())?;
                let after = state.after(representative);
                let number = *numbers.entry(after.clone()).or_insert(states.len());
                if number == states.len() {
                    states.push(after);
                }
                next.push(u16::try_from(number).ok().filter(|_| states.len() <= STATES)?);
            }
        }
        let mut ascii = [0; 128];
        for (code, class) in (0..).zip(&mut ascii) {
            *class = u16::try_from(class_of(&bounds, code)).ok()?;
        }
        Some(Self { bounds, ascii, next, ends })
    }

    /// Whether the text is in the language.
    pub(crate) fn has(&self, text: &str) -> bool {
        let classes = self.bounds.len() + 1;
        let mut state = 0;
        for c in text.chars() {
            let code = u32::from(c);
            let class = match self.ascii.get(code as usize) {
                Some(class) => usize::from(*class),
                None => class_of(&self.bounds, code),
            };
            state = usize::from(self.next[state * classes + class]);
        }
        self.ends[state]
    }
}

fn class_of(bounds: &[u32], code: u32) -> usize {
    bounds.partition_point(|first| *first <= code)
}
