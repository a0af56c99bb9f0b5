//! `unevaluatedProperties` and `unevaluatedItems`: what is left over by whatever else applies.
//!
//! What a branch looks at counts only where the branch holds, so the keyword becomes one case for every set of branches that may hold.

use super::{Lowering, Place};
use crate::compat::arena::{Atom, Id, Kind, Node};
use crate::compat::source::{Draft, Unreadable, child};
use serde_json::Value;
use std::fmt::Write;
use std::rc::Rc;

/// What is looked at in place.
#[derive(Clone, Default)]
struct Coverage {
    names: Vec<Rc<str>>,
    patterns: Vec<Rc<str>>,
    all_properties: bool,
    items: usize,
    all_items: bool,
    /// What else is, where these hold.
    conditional: Vec<(Vec<Id>, Coverage)>,
    /// There is more to it than can be said here.
    is_opaque: bool,
    /// Items that fit these are looked at, wherever they stand.
    contained: Vec<Id>,
}

/// More branches make too many cases.
const BRANCHES: usize = 6;
/// References are followed so far.
const DEPTH: usize = 24;

impl Coverage {
    fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        self.patterns.extend(other.patterns);
        self.all_properties |= other.all_properties;
        self.items = self.items.max(other.items);
        self.all_items |= other.all_items;
        self.conditional.extend(other.conditional);
        self.is_opaque |= other.is_opaque;
        self.contained.extend(other.contained);
    }

    /// Adds what counts where a condition holds; conditions within it count where both hold.
    fn add_if(&mut self, condition: Id, mut other: Self) {
        for (mut conditions, inner) in std::mem::take(&mut other.conditional) {
            conditions.push(condition);
            self.conditional.push((conditions, inner));
        }
        self.is_opaque |= other.is_opaque;
        self.conditional.push((vec![condition], other));
    }

    /// What it says, in words and nodes: what has the same of both says the same.
    fn say(&self, words: &mut String, about: &mut Vec<Id>) {
        let Self { names, patterns, all_properties, items, all_items, .. } = self;
        let _ = write!(words, "{names:?} {patterns:?} {all_properties} {items} {all_items} {} (", self.contained.len());
        about.extend(&self.contained);
        for (conditions, inner) in &self.conditional {
            let _ = write!(words, "{} ", conditions.len());
            about.extend(conditions);
            inner.say(words, about);
        }
        words.push(')');
    }

    /// Whether what is looked at depends on the items themselves.
    fn depends_on_items(&self) -> bool {
        !self.contained.is_empty() || self.conditional.iter().any(|(_, inner)| inner.depends_on_items())
    }
}

impl<'s> Lowering<'_, 's> {
    pub(super) fn unevaluated(&mut self, place: Place<'_, 's>, keyword: &str, at: &str) -> Result<Id, Unreadable> {
        let rest = self.schema(at)?;
        let mut coverage = self.coverage(place, keyword, 0)?;
        coverage.names.extend(self.excused_in(place.pointer));
        let is_items = keyword == "unevaluatedItems";
        if coverage.is_opaque {
            let side = self.source.side;
            self.lowered.opaque.push(format!("`{at}`: what is left over depends on the value"));
            return Ok(self.opaque(&format!("{side} {at}"), Vec::new()));
        }
        // What a branch adds nothing to is no case.
        coverage.conditional.retain(|(_, inner)| {
            if is_items {
                inner.items > 0 || inner.all_items || inner.depends_on_items()
            } else {
                inner.all_properties || !inner.names.is_empty() || !inner.patterns.is_empty()
            }
        });
        if coverage.conditional.len() > BRANCHES || (is_items && coverage.depends_on_items()) {
            let (mut words, mut about) = (format!("{keyword} "), vec![rest]);
            coverage.say(&mut words, &mut about);
            self.lowered.opaque.push(format!("`{at}`: what is left over depends on the value, in too many ways"));
            return Ok(self.opaque(&words, about));
        }
        let mut cases = Vec::new();
        for set in 0..1_u32 << coverage.conditional.len() {
            let mut covered = Coverage { conditional: Vec::new(), ..coverage.clone() };
            let mut parts = Vec::new();
            for (index, (conditions, inner)) in coverage.conditional.iter().enumerate() {
                let holds = self.arena.add(Node::And(conditions.clone()));
                if set >> index & 1 == 1 {
                    parts.push(holds);
                    covered.add(inner.clone());
                } else {
                    parts.push(self.arena.add(Node::Not(holds)));
                }
            }
            parts.extend(self.rest_of(covered, rest, is_items));
            cases.push(self.arena.add(Node::And(parts)));
        }
        Ok(self.arena.add(Node::Or(cases)))
    }

    fn rest_of(&mut self, mut covered: Coverage, rest: Id, is_items: bool) -> Option<Id> {
        if is_items {
            return (!covered.all_items).then(|| self.arena.atom(Atom::ItemsFrom(covered.items, rest)));
        }
        for list in [&mut covered.names, &mut covered.patterns] {
            list.sort();
            list.dedup();
        }
        (!covered.all_properties).then(|| self.arena.atom(Atom::Additional(covered.names, covered.patterns, rest)))
    }

    fn coverage(&mut self, place: Place<'_, 's>, skip: &str, depth: usize) -> Result<Coverage, Unreadable> {
        let mut coverage = Coverage { is_opaque: depth > DEPTH, ..Coverage::default() };
        if coverage.is_opaque {
            return Ok(coverage);
        }
        for (keyword, value) in place.members {
            let at = child(place.pointer, keyword);
            if keyword == skip || !self.has_keyword(keyword) || self.excused.pointers.contains(&at) {
                continue;
            }
            match (keyword.as_str(), value) {
                ("properties", Value::Object(members)) => {
                    coverage.names.extend(members.keys().map(|key| Rc::from(key.as_str())));
                }
                ("patternProperties", Value::Object(members)) => {
                    coverage.patterns.extend(members.keys().map(|key| Rc::from(key.as_str())));
                }
                ("additionalProperties" | "unevaluatedProperties", _) => coverage.all_properties = true,
                ("prefixItems" | "items", Value::Array(items)) => coverage.items = coverage.items.max(items.len()),
                ("items" | "additionalItems" | "unevaluatedItems", _) => coverage.all_items = true,
                ("contains", _) if self.source.draft >= Draft::Twenty => coverage.contained.push(self.schema(&at)?),
                ("$dynamicRef" | "$recursiveRef", _) => coverage.is_opaque = true,
                ("$ref", Value::String(reference)) => match self.source.resolve(place.pointer, reference) {
                    Some(target) => coverage.add(self.coverage_at(&target, depth)?),
                    None => coverage.is_opaque = true,
                },
                ("allOf", Value::Array(branches)) => {
                    for index in 0..branches.len() {
                        coverage.add(self.coverage_at(&format!("{at}/{index}"), depth)?);
                    }
                }
                ("anyOf" | "oneOf", Value::Array(branches)) => {
                    for index in 0..branches.len() {
                        let branch = format!("{at}/{index}");
                        let inner = self.coverage_at(&branch, depth)?;
                        let condition = self.schema(&branch)?;
                        coverage.add_if(condition, inner);
                    }
                }
                ("if", _) => self.add_branches(place, &at, depth, &mut coverage)?,
                ("dependentSchemas", Value::Object(members)) => {
                    for name in members.keys() {
                        let inner = self.coverage_at(&child(&at, name), depth)?;
                        // What is no object has no properties that anything could depend on.
                        let object = self.arena.atom(Atom::Kinds(vec![Kind::Object]));
                        let named = self.arena.atom(Atom::Required(Rc::from(name.as_str())));
                        let given = self.arena.add(Node::And(vec![object, named]));
                        coverage.add_if(given, inner);
                    }
                }
                _ => {}
            }
        }
        Ok(coverage)
    }

    fn add_branches(
        &mut self,
        place: Place<'_, 's>,
        at: &str,
        depth: usize,
        coverage: &mut Coverage,
    ) -> Result<(), Unreadable> {
        let condition = self.schema(at)?;
        let mut holds = self.coverage_at(at, depth)?;
        let branch = |lowering: &mut Self, name: &str| {
            if place.members.contains_key(name) {
                lowering.coverage_at(&child(place.pointer, name), depth)
            } else {
                Ok(Coverage::default())
            }
        };
        holds.add(branch(self, "then")?);
        let fails = branch(self, "else")?;
        let otherwise = self.arena.add(Node::Not(condition));
        coverage.add_if(condition, holds);
        coverage.add_if(otherwise, fails);
        Ok(())
    }

    fn coverage_at(&mut self, pointer: &str, depth: usize) -> Result<Coverage, Unreadable> {
        match self.place(pointer) {
            Some(place) => self.coverage(place, "", depth + 1),
            None => Ok(Coverage::default()),
        }
    }
}
