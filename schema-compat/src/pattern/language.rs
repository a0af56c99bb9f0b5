//! Sets of texts, and their derivatives by a character.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// A set of characters: sorted ranges that do not touch.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Class(Vec<(u32, u32)>);

const LAST: u32 = 0x0010_FFFF;
/// The maximum work of one question.
pub(crate) const WORK: usize = 2_000_000;
/// The maximum size of a language that is walked.
const PARTS: usize = 4_000;

impl Class {
    pub(super) fn of(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|(first, last)| first <= last);
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in ranges {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last);
                }
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    pub(super) fn complement(&self) -> Self {
        let mut next = 0;
        let mut ranges = Vec::new();
        for (first, last) in &self.0 {
            if *first > next {
                ranges.push((next, first - 1));
            }
            next = last + 1;
        }
        if next <= LAST {
            ranges.push((next, LAST));
        }
        Self(ranges)
    }

    fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&code))
    }
}

/// A set of texts. The constructors below normalise it, so that equal sets are usually equal
/// values; that is why a walk ends.
#[derive(Clone, Debug)]
pub(crate) struct Language(Arc<Built>);

/// A node with cached properties.
#[derive(Debug)]
struct Built {
    node: Node,
    /// A hash. Comparing nodes by their parts would take longer the more they have in common.
    digest: u64,
    /// The number of parts, up to a limit.
    parts: usize,
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Language {}

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Language {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) {
            return Ordering::Equal;
        }
        self.0.digest.cmp(&other.0.digest).then_with(|| self.0.node.cmp(&other.0.node))
    }
}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.digest);
    }
}

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Node {
    Nothing,
    Empty,
    One(Class),
    Then(Language, Language),
    Repeat(Language, u32, Option<u32>),
    Any(BTreeSet<Language>),
    All(BTreeSet<Language>),
    Not(Language),
}

impl Language {
    fn node(node: Node) -> Self {
        let parts = match &node {
            Node::Nothing | Node::Empty | Node::One(_) => 0,
            Node::Then(first, rest) => first.0.parts + rest.0.parts,
            Node::Repeat(inner, ..) | Node::Not(inner) => inner.0.parts,
            Node::Any(set) | Node::All(set) => set.iter().map(|side| side.0.parts).sum(),
        };
        let mut hasher = DefaultHasher::new();
        node.hash(&mut hasher);
        Self(Arc::new(Built { digest: hasher.finish(), parts: (parts + 1).min(PARTS + 1), node }))
    }

    /// The empty set.
    pub(super) fn nothing() -> Self {
        Self::node(Node::Nothing)
    }

    /// The set with only the empty text.
    pub(super) fn empty() -> Self {
        Self::node(Node::Empty)
    }

    /// The set of all texts.
    pub(crate) fn everything() -> Self {
        Self::nothing().not()
    }

    pub(super) fn one(class: Class) -> Self {
        if class.0.is_empty() { Self::nothing() } else { Self::node(Node::One(class)) }
    }

    pub(super) fn then(self, next: Self) -> Self {
        match (&self.0.node, &next.0.node) {
            (Node::Nothing, _) | (_, Node::Nothing) => Self::nothing(),
            (Node::Empty, _) => next,
            (_, Node::Empty) => self,
            (Node::Then(first, rest), _) => first.clone().then(rest.clone().then(next)),
            _ => Self::node(Node::Then(self, next)),
        }
    }

    pub(super) fn repeat(self, min: u32, max: Option<u32>) -> Self {
        match (&self.0.node, min, max) {
            (_, _, Some(0)) | (Node::Empty, ..) | (Node::Nothing, 0, _) => Self::empty(),
            (Node::Nothing, ..) => Self::nothing(),
            (_, 1, Some(1)) => self,
            _ => Self::node(Node::Repeat(self, min, max)),
        }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self::any([self, other])
    }

    /// The union of these sets.
    fn any(sides: impl IntoIterator<Item = Self>) -> Self {
        let mut set = BTreeSet::new();
        for side in sides {
            match &side.0.node {
                Node::Nothing => {}
                Node::Any(inner) => set.extend(inner.iter().cloned()),
                _ if side.is_everything() => return Self::everything(),
                _ => {
                    set.insert(side);
                }
            }
        }
        match set.len() {
            0 => Self::nothing(),
            1 => set.pop_first().unwrap_or_else(Self::nothing),
            _ => Self::node(Node::Any(set)),
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self::all([self, other])
    }

    /// The intersection of these sets.
    pub(crate) fn all(sides: impl IntoIterator<Item = Self>) -> Self {
        let mut set = BTreeSet::new();
        for side in sides {
            match &side.0.node {
                Node::Nothing => return Self::nothing(),
                Node::All(inner) => set.extend(inner.iter().cloned()),
                _ if side.is_everything() => {}
                _ => {
                    set.insert(side);
                }
            }
        }
        match set.len() {
            0 => Self::everything(),
            1 => set.pop_first().unwrap_or_else(Self::nothing),
            _ => Self::node(Node::All(set)),
        }
    }

    pub(crate) fn not(self) -> Self {
        match &self.0.node {
            Node::Not(inner) => inner.clone(),
            _ => Self::node(Node::Not(self)),
        }
    }

    fn is_everything(&self) -> bool {
        matches!(&self.0.node, Node::Not(inner) if matches!(&inner.0.node, Node::Nothing))
    }

    pub(super) fn is_nothing(&self) -> bool {
        matches!(&self.0.node, Node::Nothing)
    }

    /// Whether the empty text is in the set.
    pub(super) fn has_empty(&self) -> bool {
        match &self.0.node {
            Node::Nothing | Node::One(_) => false,
            Node::Empty => true,
            Node::Then(first, rest) => first.has_empty() && rest.has_empty(),
            Node::Repeat(inner, min, _) => *min == 0 || inner.has_empty(),
            Node::Any(set) => set.iter().any(Self::has_empty),
            Node::All(set) => set.iter().all(Self::has_empty),
            Node::Not(inner) => !inner.has_empty(),
        }
    }

    /// The derivative: what may follow `c` in a text of the set.
    pub(super) fn after(&self, c: char) -> Self {
        match &self.0.node {
            Node::Nothing | Node::Empty => Self::nothing(),
            Node::One(class) => {
                if class.has(c) {
                    Self::empty()
                } else {
                    Self::nothing()
                }
            }
            Node::Then(first, rest) => {
                let stays = first.after(c).then(rest.clone());
                if first.has_empty() { stays.or(rest.after(c)) } else { stays }
            }
            Node::Repeat(inner, min, max) => {
                let left = inner
                    .clone()
                    .repeat(min.saturating_sub(1), max.map(|max| max.saturating_sub(1)));
                inner.after(c).then(left)
            }
            Node::Any(set) => Self::any(set.iter().map(|side| side.after(c))),
            Node::All(set) => Self::all(set.iter().map(|side| side.after(c))),
            Node::Not(inner) => inner.after(c).not(),
        }
    }

    /// Whether the text is in the set; `None` if that takes more than `work`. Reduces `work`.
    pub(crate) fn has_within(&self, text: &str, work: &mut usize) -> Option<bool> {
        let mut language = self.clone();
        for c in text.chars() {
            *work = work.checked_sub(language.cost())?;
            language = language.after(c);
            if language.is_nothing() || language.is_everything() {
                break;
            }
        }
        Some(language.has_empty())
    }

    /// The cost of a step: all parts are combined again, each with the others.
    pub(super) fn cost(&self) -> usize {
        let parts = self.0.parts;
        if parts > PARTS { WORK + 1 } else { parts + parts * parts / 128 }
    }

    /// Adds the character classes that the set is built from.
    pub(super) fn classes(&self, into: &mut BTreeSet<(u32, u32)>) {
        match &self.0.node {
            Node::Nothing | Node::Empty => {}
            Node::One(class) => into.extend(class.0.iter().copied()),
            Node::Then(first, rest) => {
                first.classes(into);
                rest.classes(into);
            }
            Node::Repeat(inner, ..) | Node::Not(inner) => inner.classes(into),
            Node::Any(set) | Node::All(set) => set.iter().for_each(|side| side.classes(into)),
        }
    }
}
