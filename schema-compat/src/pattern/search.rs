//! Finds a shortest text of a language.

use super::Language;
use super::PARTS_AT_ONCE;
use super::language::WORK;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

/// The allowed number of characters of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lengths {
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Some texts, the shortest first; there may be more.
    Texts(Vec<String>),
    /// There is no such text.
    Nothing,
    /// The search would take too long.
    GaveUp,
}

/// The maximum number of states, not counting those of excluded texts.
const STATES: usize = 3_000;

const ENDS_OF_LINES: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// Texts to exclude, as a tree of characters.
#[derive(Debug)]
pub(crate) struct Excluded {
    nodes: Vec<(BTreeMap<char, usize>, bool)>,
}

impl Excluded {
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut nodes = vec![(BTreeMap::new(), false)];
        for text in texts {
            let mut at = 0;
            for c in text.chars() {
                let fresh = nodes.len();
                at = *nodes[at].0.entry(c).or_insert(fresh);
                if at == fresh {
                    nodes.push((BTreeMap::new(), false));
                }
            }
            nodes[at].1 = true;
        }
        Self { nodes }
    }

    /// The node after a character; `None` if no excluded text begins like this.
    fn after(&self, at: Option<usize>, c: char) -> Option<usize> {
        self.nodes[at?].0.get(&c).copied()
    }

    fn has(&self, at: Option<usize>) -> bool {
        at.is_some_and(|at| self.nodes[at].1)
    }
}

/// Finds up to `wanted` texts of the language with an allowed length that are not excluded. Adds
/// its cost to the work.
///
/// The texts contain line ends only if necessary, because engines disagree about `.` and `$` at
/// line ends.
pub(crate) fn search(
    language: &Language,
    lengths: Lengths,
    excluded: &Excluded,
    wanted: usize,
    work: &mut usize,
) -> Found {
    let alphabet = representatives(language, excluded);
    let plain: Vec<char> =
        alphabet.iter().copied().filter(|c| !ENDS_OF_LINES.contains(c)).collect();
    let found = search_among(&plain, language, lengths, excluded, wanted, work);
    if found == Found::Nothing && plain.len() < alphabet.len() {
        return search_among(&alphabet, language, lengths, excluded, wanted, work);
    }
    found
}

fn search_among(
    alphabet: &[char],
    language: &Language,
    lengths: Lengths,
    excluded: &Excluded,
    wanted: usize,
    work: &mut usize,
) -> Found {
    let mut waiting = VecDeque::from([(language.clone(), 0_u64, Some(0), String::new())]);
    let mut met = HashSet::from([(language.clone(), 0_u64, Some(0))]);
    let mut texts = Vec::new();
    let mut left = WORK;
    let given_up =
        |texts: Vec<String>| if texts.is_empty() { Found::GaveUp } else { Found::Texts(texts) };
    while let Some((state, length, at, text)) = waiting.pop_front() {
        if length >= lengths.min && state.has_empty() && !excluded.has(at) {
            texts.push(text.clone());
            if texts.len() == wanted {
                return Found::Texts(texts);
            }
        }
        if lengths.max.is_some_and(|max| length >= max) {
            continue;
        }
        let cost = state.cost() * alphabet.len();
        *work += cost / PARTS_AT_ONCE;
        match left.checked_sub(cost) {
            Some(rest) => left = rest,
            None => return given_up(texts),
        }
        for c in alphabet {
            let next = state.after(*c);
            let at = excluded.after(at, *c);
            // At or above the minimum length, the shorter of two paths to a state is always at
            // least as good: only the upper bound is left.
            let counted = (length + 1).min(lengths.min);
            if next.is_nothing() || !met.insert((next.clone(), counted, at)) {
                continue;
            }
            if met.len() > STATES + excluded.nodes.len() {
                return given_up(texts);
            }
            let mut text = text.clone();
            text.push(*c);
            waiting.push_back((next, length + 1, at, text));
        }
    }
    if texts.is_empty() { Found::Nothing } else { Found::Texts(texts) }
}

/// One character, readable if possible, of every set that no class of the language distinguishes.
fn representatives(language: &Language, excluded: &Excluded) -> Vec<char> {
    let mut classes = BTreeSet::new();
    language.classes(&mut classes);
    classes.extend(
        excluded
            .nodes
            .iter()
            .flat_map(|(next, _)| next.keys())
            .map(|c| (u32::from(*c), u32::from(*c))),
    );
    // Surrogates are not characters, so a range may be empty without them.
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
    let readable =
        ['a', '0', 'A', '-', ' '].into_iter().find(|c| (first..=last).contains(&u32::from(*c)));
    readable.or_else(|| char::from_u32(first)).or_else(|| char::from_u32(last))
}
