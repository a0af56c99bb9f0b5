//! A shortest text of a language.

use super::Language;
use super::language::WORK;
use std::collections::{BTreeSet, HashSet, VecDeque};

/// How many characters a text may have.
#[derive(Clone, Copy, Debug)]
pub(in crate::compat) struct Lengths {
    pub(in crate::compat) min: u64,
    pub(in crate::compat) max: Option<u64>,
}

/// What a search comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::compat) enum Found {
    /// Some texts, shortest first; not all of them.
    Texts(Vec<String>),
    /// There is none.
    Nothing,
    /// It would take too long to tell.
    GaveUp,
}

/// How many states are looked at before giving up.
const STATES: usize = 3_000;

/// Up to `wanted` texts of the language with such a length.
pub(in crate::compat) fn search(language: &Language, lengths: Lengths, wanted: usize) -> Found {
    let alphabet = representatives(language);
    let mut waiting = VecDeque::from([(language.clone(), 0_u64, String::new())]);
    let mut met = HashSet::from([(language.clone(), 0_u64)]);
    let mut texts = Vec::new();
    let mut work = 0;
    while let Some((state, length, text)) = waiting.pop_front() {
        if length >= lengths.min && state.has_empty() {
            texts.push(text.clone());
            if texts.len() == wanted {
                return Found::Texts(texts);
            }
        }
        if lengths.max.is_some_and(|max| length >= max) {
            continue;
        }
        work += state.cost() * alphabet.len();
        if work > WORK {
            return if texts.is_empty() { Found::GaveUp } else { Found::Texts(texts) };
        }
        for c in &alphabet {
            let next = state.after(*c);
            // Above the least length, the shorter of two ways to a state is as good as any: only the upper bound is left.
            let counted = (length + 1).min(lengths.min);
            if next.is_nothing() || !met.insert((next.clone(), counted)) {
                continue;
            }
            if met.len() > STATES {
                return if texts.is_empty() { Found::GaveUp } else { Found::Texts(texts) };
            }
            let mut text = text.clone();
            text.push(*c);
            waiting.push_back((next, length + 1, text));
        }
    }
    if texts.is_empty() { Found::Nothing } else { Found::Texts(texts) }
}

/// One character of every set that no class of the language tells apart; a readable one where there is one.
fn representatives(language: &Language) -> Vec<char> {
    let mut classes = BTreeSet::new();
    language.classes(&mut classes);
    // Surrogates are no characters: what is left of a range without them may be empty.
    let mut starts = BTreeSet::from([0, 0xE000]);
    for (first, last) in classes {
        starts.insert(first);
        starts.insert(last + 1);
    }
    let starts: Vec<u32> = starts.into_iter().collect();
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([0x0010_FFFF]);
    let mut found: Vec<char> =
        starts.iter().zip(ends).filter_map(|(first, last)| representative(*first, last)).collect();
    found.sort_by_key(|c| (!c.is_ascii_alphanumeric(), !c.is_ascii_graphic(), *c));
    found
}

fn representative(first: u32, last: u32) -> Option<char> {
    let readable = ['a', '0', 'A', '-', ' '].into_iter().find(|c| (first..=last).contains(&u32::from(*c)));
    readable.or_else(|| char::from_u32(first)).or_else(|| char::from_u32(last))
}
