//! `unevaluatedProperties` and `unevaluatedItems`: the properties and items that no other keyword
//! evaluates.
//!
//! A branch counts only if it holds: a property is refused unless it matches, or unless a branch
//! that evaluates it holds. If a branch evaluates more than it names (by a pattern or by
//! `contains`), every set of such branches that may hold is a separate case.

use super::{Lowering, Place};
use crate::arena::{Atom, Id, Kind};
use crate::source::{Draft, Unreadable, child};
use crate::tri::Tri;
use serde_json::{Map, Value};
use std::fmt::Write;
use std::sync::Arc;

/// What is evaluated at one place.
#[derive(Clone, Default)]
struct Coverage {
    names: Vec<Arc<str>>,
    patterns: Vec<Arc<str>>,
    all_properties: bool,
    items: usize,
    all_items: bool,
    /// Further coverage, if these conditions hold.
    conditional: Vec<(Vec<Id>, Coverage)>,
    /// Part of it cannot be expressed here.
    is_opaque: bool,
    /// Items that match these schemas are evaluated, at any position.
    contained: Vec<Id>,
}

/// The maximum number of branches that evaluate more than they name; more would make too many
/// cases.
const BRANCHES: usize = 6;
/// The maximum depth of references.
const DEPTH: usize = 24;

impl Coverage {
    /// Adds what the keyword itself evaluates; false if the keyword evaluates nothing.
    fn looks_at(&mut self, keyword: &str, value: &Value) -> bool {
        let names = |members: &Map<String, Value>| -> Vec<Arc<str>> {
            members.keys().map(|key| Arc::from(key.as_str())).collect()
        };
        match (keyword, value) {
            ("properties", Value::Object(members)) => self.names.extend(names(members)),
            ("patternProperties", Value::Object(members)) => self.patterns.extend(names(members)),
            ("additionalProperties" | "unevaluatedProperties", _) => self.all_properties = true,
            ("prefixItems" | "items", Value::Array(items)) => {
                self.items = self.items.max(items.len());
            }
            ("items" | "additionalItems" | "unevaluatedItems", _) => self.all_items = true,
            _ => return false,
        }
        true
    }

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

    /// Adds coverage under a condition; for nested conditions, both must hold.
    fn add_if(&mut self, condition: Id, mut other: Self) {
        for (mut conditions, inner) in std::mem::take(&mut other.conditional) {
            conditions.push(condition);
            self.conditional.push((conditions, inner));
        }
        self.is_opaque |= other.is_opaque;
        self.conditional.push((vec![condition], other));
    }

    /// The coverage as words and nodes; equal words and nodes mean equal coverage.
    fn say(&self, words: &mut String, about: &mut Vec<Id>) {
        let Self { names, patterns, all_properties, items, all_items, .. } = self;
        let _ = write!(
            words,
            "{names:?} {patterns:?} {all_properties} {items} {all_items} {} (",
            self.contained.len()
        );
        about.extend(&self.contained);
        for (conditions, inner) in &self.conditional {
            let _ = write!(words, "{} ", conditions.len());
            about.extend(conditions);
            inner.say(words, about);
        }
        words.push(')');
    }

    /// Whether it covers anything that the keyword is about.
    fn counts(&self, is_items: bool) -> bool {
        if is_items {
            self.items > 0 || self.all_items || !self.contained.is_empty()
        } else {
            self.all_properties || !self.names.is_empty() || !self.patterns.is_empty()
        }
    }

    /// Whether it evaluates more than it names.
    fn is_wide(&self, is_items: bool) -> bool {
        if is_items { !self.contained.is_empty() } else { !self.patterns.is_empty() }
    }
}

impl<'s> Lowering<'_, 's> {
    pub(super) fn unevaluated(
        &mut self,
        place: Place<'_, 's>,
        keyword: &str,
        at: &str,
    ) -> Result<Id, Unreadable> {
        let rest = self.schema(at)?;
        let mut coverage = self.coverage(place, keyword, 0)?;
        coverage.names.extend(self.excused_in(place.pointer));
        let is_items = keyword == "unevaluatedItems";
        if coverage.is_opaque {
            let words = format!("{} {at}", self.source.side);
            let why = "its effect depends on a reference that is not followed, or on \
                       more than 24 levels of branches";
            return Ok(self.opaque(&words, Vec::new(), at, why, "name the properties beside it"));
        }
        coverage.conditional.retain(|(_, inner)| inner.counts(is_items));
        let conditional = std::mem::take(&mut coverage.conditional);
        let (wide, plain): (Vec<_>, Vec<_>) =
            conditional.into_iter().partition(|(_, inner)| inner.is_wide(is_items));
        if wide.len() > BRANCHES {
            coverage.conditional = [wide, plain].concat();
            let (mut words, mut about) = (format!("{keyword} "), vec![rest]);
            coverage.say(&mut words, &mut about);
            let why = "its effect depends on more than 6 branches with patterns or `contains`";
            return Ok(self.opaque(&words, about, at, why, "name the properties beside it"));
        }
        let plain: Vec<(Id, Coverage)> = plain
            .into_iter()
            .map(|(conditions, inner)| (self.arena.all_of(conditions), inner))
            .collect();
        let mut cases = Vec::new();
        for set in 0..1_u32 << wide.len() {
            let mut covered = coverage.clone();
            let mut parts = Vec::new();
            for (index, (conditions, inner)) in wide.iter().enumerate() {
                let holds = self.arena.all_of(conditions.clone());
                if set >> index & 1 == 1 {
                    parts.push(holds);
                    covered.add(inner.clone());
                } else {
                    parts.push(self.arena.not(holds));
                }
            }
            if is_items {
                self.left_over_items(&covered, &plain, rest, &mut parts);
            } else {
                self.left_over_properties(covered, &plain, rest, &mut parts);
            }
            cases.push(self.arena.all_of(parts));
        }
        Ok(self.arena.any_of(cases))
    }

    fn left_over_items(
        &mut self,
        covered: &Coverage,
        plain: &[(Id, Coverage)],
        rest: Id,
        parts: &mut Vec<Id>,
    ) {
        if covered.all_items {
            return;
        }
        let fits = if covered.contained.is_empty() {
            rest
        } else {
            self.arena.any_of(covered.contained.iter().copied().chain([rest]).collect())
        };
        let end =
            plain.iter().map(|(_, inner)| inner.items).chain([covered.items]).max().unwrap_or(0);
        for place in covered.items..=end {
            let looks = |inner: &Coverage| inner.all_items || place < end && inner.items > place;
            let atom =
                if place < end { Atom::Item(place, fits) } else { Atom::ItemsFrom(end, fits) };
            parts.push(self.unless(plain, looks, atom));
        }
    }

    fn left_over_properties(
        &mut self,
        mut covered: Coverage,
        plain: &[(Id, Coverage)],
        rest: Id,
        parts: &mut Vec<Id>,
    ) {
        if covered.all_properties {
            return;
        }
        covered.patterns.sort();
        covered.patterns.dedup();
        let mut names: Vec<Arc<str>> =
            plain.iter().flat_map(|(_, inner)| inner.names.iter().cloned()).collect();
        names.sort();
        names.dedup();
        for name in &names {
            if covered.names.contains(name) {
                continue;
            }
            // If a pattern matches the name, the branches do not matter.
            let by_pattern = Tri::any(covered.patterns.iter().map(|pattern| {
                self.arena.atom(Atom::Pattern(Arc::clone(pattern)));
                self.arena.matches(pattern, name)
            }));
            let looks = |inner: &Coverage| inner.all_properties || inner.names.contains(name);
            match by_pattern {
                Tri::True => {}
                Tri::False => {
                    parts.push(self.unless(plain, looks, Atom::Property(Arc::clone(name), rest)));
                }
                Tri::Unknown => {
                    let words = Arc::from(format!("whether {:?} look at {name}", covered.patterns));
                    parts.push(self.unless(plain, looks, Atom::Opaque(words, vec![rest])));
                }
            }
        }
        covered.names.extend(names);
        covered.names.sort();
        covered.names.dedup();
        let others = Atom::Additional(covered.names.into(), covered.patterns.into(), rest);
        parts.push(self.unless(plain, |inner| inner.all_properties, others));
    }

    /// The assertion, unless a branch holds that evaluates its subject.
    fn unless(
        &mut self,
        plain: &[(Id, Coverage)],
        looks: impl Fn(&Coverage) -> bool,
        atom: Atom,
    ) -> Id {
        let atom = self.arena.atom(atom);
        let branches =
            plain.iter().filter(|(_, inner)| looks(inner)).map(|(condition, _)| *condition);
        self.arena.any_of(branches.chain([atom]).collect())
    }

    fn coverage(
        &mut self,
        place: Place<'_, 's>,
        skip: &str,
        depth: usize,
    ) -> Result<Coverage, Unreadable> {
        let mut coverage = Coverage { is_opaque: depth > DEPTH, ..Coverage::default() };
        if coverage.is_opaque {
            return Ok(coverage);
        }
        for (keyword, value) in place.members {
            let at = child(place.pointer, keyword);
            if keyword == skip || !self.has_keyword(keyword) || self.excused.pointers.contains(&at)
            {
                continue;
            }
            if coverage.looks_at(keyword, value) {
                continue;
            }
            match (keyword.as_str(), value) {
                ("contains", _) if self.source.draft >= Draft::Twenty => {
                    coverage.contained.push(self.schema(&at)?);
                }
                ("$dynamicRef" | "$recursiveRef", _) => coverage.is_opaque = true,
                ("$ref", Value::String(reference)) => {
                    match self.source.resolve(place.pointer, reference) {
                        Some(target) => coverage.add(self.coverage_at(&target, depth)?),
                        None => coverage.is_opaque = true,
                    }
                }
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
                        coverage.add_if(self.has_property(name), inner);
                    }
                }
                _ => {}
            }
        }
        Ok(coverage)
    }

    /// The value is an object with the property. A value that is not an object has no properties to
    /// depend on.
    fn has_property(&mut self, name: &str) -> Id {
        let object = self.arena.atom(Atom::Kinds(vec![Kind::Object]));
        let named = self.arena.atom(Atom::Required(Arc::from(name)));
        self.arena.all_of(vec![object, named])
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
        let otherwise = self.arena.not(condition);
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
