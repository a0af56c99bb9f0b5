//! Evaluates whether a value matches: yes, no, or undecided.

use crate::arena::{Arena, Atom, Constant, Id, Kind, Node};
use crate::decimal::Decimal;
use crate::format;
use crate::members::MemberTable;
use crate::part::{Members, Part};
use crate::pattern::{PARTS_AT_ONCE, WORK};
use crate::prepared::Prepared;
use crate::tri::Tri;
use serde_json::Value;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

/// The maximum number of nodes for one value: thousands of items against thousands of alternatives
/// would take too much time and memory.
const NODES: usize = 2_000_000;
/// The maximum depth of a formula.
const DEPTH: usize = 300;

impl Arena {
    /// Whether the value matches the node.
    pub(crate) fn evaluate(&self, id: Id, value: &Value) -> Tri {
        self.evaluate_prepared(id, Part::Value(value), None)
    }

    /// [`Self::evaluate`], with what was prepared for many values.
    pub(crate) fn evaluate_prepared(
        &self,
        id: Id,
        value: Part<'_>,
        prepared: Option<&Prepared>,
    ) -> Tri {
        let mut evaluation =
            Evaluation { arena: self, prepared, known: HashMap::default(), nodes: 0, looked_at: 0 };
        let answer = evaluation.node(id, value, 0);
        self.count(evaluation.looked_at);
        answer
    }

    /// Whether the pattern is found in the text.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> Tri {
        let Some(language) = self.language(pattern) else { return Tri::Unknown };
        let mut left = WORK;
        let answer = language.has_within(text, &mut left);
        self.count((WORK - left) / PARTS_AT_ONCE);
        answer.map_or(Tri::Unknown, Tri::from)
    }

    /// Whether a key is one of the names or matches one of the patterns.
    pub(crate) fn is_named(&self, key: &str, names: &[Arc<str>], patterns: &[Arc<str>]) -> Tri {
        is_named(key, names, patterns, |pattern| self.matches(pattern, key))
    }
}

/// Whether a key is one of the names, which are sorted, or matches one of the patterns.
fn is_named(
    key: &str,
    names: &[Arc<str>],
    patterns: &[Arc<str>],
    matches: impl Fn(&str) -> Tri,
) -> Tri {
    if names.binary_search_by(|name| (**name).cmp(key)).is_ok() {
        return Tri::True;
    }
    Tri::any(patterns.iter().map(|pattern| matches(pattern)))
}

/// Remembers results for the parts of one value: branches that share parts would otherwise be
/// evaluated many times.
struct Evaluation<'a> {
    arena: &'a Arena,
    prepared: Option<&'a Prepared>,
    known: HashMap<(Id, *const ()), Tri, Quick>,
    /// How many pairs of a node and a part of the value were evaluated.
    nodes: usize,
    /// The work, counted in the arena at the end.
    looked_at: usize,
}

/// A quick hash of numbers. The keys are node ids and addresses, which no sender of a value chooses.
type Quick = BuildHasherDefault<Mixed>;

#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        // The high digits of a product depend on all digits; the map uses both ends of a hash.
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

impl Evaluation<'_> {
    fn matches(&self, pattern: &str, text: &str) -> Tri {
        match self.prepared.and_then(|prepared| prepared.table(pattern)) {
            Some(table) => Tri::from(table.has(text)),
            None => self.arena.matches(pattern, text),
        }
    }

    fn value(&mut self, id: Id, value: &Value, depth: usize) -> Tri {
        self.node(id, Part::Value(value), depth)
    }

    fn node(&mut self, id: Id, value: Part<'_>, depth: usize) -> Tri {
        self.looked_at += 1;
        if depth > DEPTH || self.nodes > NODES {
            return Tri::Unknown;
        }
        if self.prepared.is_some_and(|prepared| !prepared.is_shared(id)) {
            self.nodes += 1;
            return self.formula(id, value, depth);
        }
        let key = (id, value.address());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.nodes += 1;
        // A second visit for the same value is a circle.
        self.known.insert(key, Tri::Unknown);
        let answer = self.formula(id, value, depth);
        self.known.insert(key, answer);
        answer
    }

    fn formula(&mut self, id: Id, value: Part<'_>, depth: usize) -> Tri {
        let (arena, prepared) = (self.arena, self.prepared);
        if let Some(table) = prepared.and_then(|prepared| prepared.members(id)) {
            let rest = Tri::all(table.rest.iter().map(|id| self.node(*id, value, depth + 1)));
            let Some(members) = value.members().filter(|_| rest != Tri::False) else { return rest };
            // As deep as the assertion of one keyword.
            return Tri::all([rest, self.table(table, members, depth + 2)]);
        }
        let mut each = |id: &Id| self.node(*id, value, depth + 1);
        match arena.node(id) {
            Node::And(ids) => Tri::all(ids.iter().map(&mut each)),
            Node::Or(ids) => Tri::any(ids.iter().map(&mut each)),
            Node::Not(inner) => !each(inner),
            Node::One(ids) => {
                let (mut holds, mut open) = (0, 0);
                for id in ids.iter() {
                    match each(id) {
                        Tri::True => holds += 1,
                        Tri::Unknown => open += 1,
                        Tri::False => {}
                    }
                }
                match (holds, open) {
                    (2.., _) | (0, 0) => Tri::False,
                    (1, 0) => Tri::True,
                    _ => Tri::Unknown,
                }
            }
            Node::Atom(atom) => self.assert(atom, value, depth + 1),
        }
    }

    fn assert(&mut self, atom: &Atom, value: Part<'_>, depth: usize) -> Tri {
        match atom {
            Atom::Kinds(kinds) => return Tri::from(kinds.contains(&value.kind())),
            Atom::Enum(values) => return Tri::from(value.is_among(values)),
            Atom::Opaque(..) => return Tri::Unknown,
            _ => {}
        }
        if let Some(members) = value.members() {
            return self.about_members(atom, members, depth);
        }
        let Part::Value(value) = value else { return Tri::True };
        match value {
            Value::Number(number) => match Decimal::from_number(number) {
                Some(decimal) => about_number(atom, decimal),
                None if atom.is_about(Kind::Integer) => Tri::Unknown,
                None => Tri::True,
            },
            Value::String(text) => self.about_text(atom, text),
            Value::Array(items) => self.about_items(atom, items, depth),
            Value::Object(_) | Value::Null | Value::Bool(_) => Tri::True,
        }
    }

    fn about_text(&self, atom: &Atom, text: &str) -> Tri {
        let length = || text.chars().count() as u64;
        match atom {
            Atom::MinLength(min) => Tri::from(length() >= *min),
            Atom::MaxLength(max) => Tri::from(length() <= *max),
            Atom::Pattern(pattern) => self.matches(pattern, text),
            Atom::Format(name) => format::named(name).map_or(Tri::True, |format| {
                format.judge(text, |pattern| self.matches(pattern, text))
            }),
            _ => Tri::True,
        }
    }

    fn about_items(&mut self, atom: &Atom, items: &[Value], depth: usize) -> Tri {
        let length = items.len() as u64;
        match atom {
            Atom::MinItems(min) => Tri::from(length >= *min),
            Atom::MaxItems(max) => Tri::from(length <= *max),
            Atom::Unique => {
                let mut values: Vec<_> = items.iter().map(Constant::from).collect();
                values.sort();
                Tri::from(values.windows(2).all(|pair| pair[0] != pair[1]))
            }
            Atom::Item(at, id) => {
                items.get(*at).map_or(Tri::True, |item| self.value(*id, item, depth))
            }
            Atom::ItemsFrom(from, id) => {
                Tri::all(items.iter().skip(*from).map(|item| self.value(*id, item, depth)))
            }
            Atom::Contains(id, wanted) => {
                let (mut surely, mut perhaps) = (0, 0);
                for item in items {
                    match self.value(*id, item, depth) {
                        Tri::True => surely += 1,
                        Tri::Unknown => perhaps += 1,
                        Tri::False => {}
                    }
                }
                if surely >= *wanted {
                    Tri::True
                } else if surely + perhaps < *wanted {
                    Tri::False
                } else {
                    Tri::Unknown
                }
            }
            _ => Tri::True,
        }
    }

    fn table(&mut self, table: &MemberTable, members: Members<'_>, depth: usize) -> Tri {
        let (mut answer, mut required, mut next) = (Tri::True, 0, 0);
        for (name, member) in members.iter() {
            let row = table.row(name, &mut next);
            required += usize::from(row.is_some_and(|row| row.is_required));
            for id in row.map_or(&table.others, |row| &row.matches) {
                match self.value(*id, member, depth) {
                    Tri::False => return Tri::False,
                    Tri::Unknown => answer = Tri::Unknown,
                    Tri::True => {}
                }
            }
        }
        if required == table.required { answer } else { Tri::False }
    }

    fn about_members(&mut self, atom: &Atom, members: Members<'_>, depth: usize) -> Tri {
        match atom {
            Atom::MinProperties(min) => Tri::from(members.len() as u64 >= *min),
            Atom::MaxProperties(max) => Tri::from(members.len() as u64 <= *max),
            Atom::Required(name) => Tri::from(members.get(name).is_some()),
            Atom::Property(name, id) => {
                members.get(name).map_or(Tri::True, |member| self.value(*id, member, depth))
            }
            Atom::PatternProperty(pattern, id) => Tri::all(members.iter().map(|(key, member)| {
                Tri::any([!self.matches(pattern, key), self.value(*id, member, depth)])
            })),
            Atom::Additional(names, patterns, id) => {
                Tri::all(members.iter().map(|(key, member)| {
                    match is_named(key, names, patterns, |pattern| self.matches(pattern, key)) {
                        Tri::True => Tri::True,
                        answer => Tri::any([answer, self.value(*id, member, depth)]),
                    }
                }))
            }
            Atom::PropertyNames(id) => {
                // The keys are not parts of the value, so their results are not remembered.
                Tri::all(members.iter().map(|(key, _)| {
                    let key = Value::from(key);
                    self.arena.evaluate_prepared(*id, Part::Value(&key), self.prepared)
                }))
            }
            _ => Tri::True,
        }
    }
}

fn about_number(atom: &Atom, number: Decimal) -> Tri {
    match atom {
        Atom::Minimum(bound, exclusive) => Tri::from(match number.compare(*bound) {
            Ordering::Greater => true,
            Ordering::Equal => !exclusive,
            Ordering::Less => false,
        }),
        Atom::Maximum(bound, exclusive) => Tri::from(match number.compare(*bound) {
            Ordering::Less => true,
            Ordering::Equal => !exclusive,
            Ordering::Greater => false,
        }),
        Atom::MultipleOf(step) => number.is_multiple_of(*step).map_or(Tri::Unknown, Tri::from),
        _ => Tri::True,
    }
}
