//! Translates one keyword to a formula.

use super::{Lowering, Opaque, Place, unreadable};
use crate::arena::{Atom, Constant, Id, Kind, Node};
use crate::format::{self, integer_range};
use crate::source::{Draft, Unreadable, child};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

type Lowered = Result<Option<Id>, Unreadable>;
/// Names and patterns.
type Named = (Vec<Arc<str>>, Vec<Arc<str>>);

impl<'s> Lowering<'_, 's> {
    /// The assertion of a keyword; none for an annotation, and for a keyword that another keyword
    /// handles.
    pub(super) fn keyword(&mut self, place: Place<'_, 's>, keyword: &str, at: &str) -> Lowered {
        let atom = match keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" => return self.reference(place, keyword, at),
            "type" => return self.kinds(place, at),
            "const" => Atom::Enum(place.get(keyword).map(Constant::from).into_iter().collect()),
            "enum" => {
                let values: BTreeSet<_> =
                    self.list(place, keyword)?.iter().map(Constant::from).collect();
                Atom::Enum(values.into_iter().collect())
            }
            "minimum" | "maximum" => self.bound(place, keyword)?,
            "exclusiveMinimum" | "exclusiveMaximum" => {
                return self.exclusive_bound(place, keyword);
            }
            "multipleOf" => {
                let step = self.decimal(place, keyword)?;
                if !step.is_positive() {
                    return Err(unreadable(self.source.side, at, "is not above 0"));
                }
                Atom::MultipleOf(step)
            }
            "minLength" => Atom::MinLength(self.count(place, keyword)?.unwrap_or(0)),
            "maxLength" => Atom::MaxLength(self.count(place, keyword)?.unwrap_or(0)),
            "minItems" => Atom::MinItems(self.count(place, keyword)?.unwrap_or(0)),
            "maxItems" => Atom::MaxItems(self.count(place, keyword)?.unwrap_or(0)),
            "minProperties" => Atom::MinProperties(self.count(place, keyword)?.unwrap_or(0)),
            "maxProperties" => Atom::MaxProperties(self.count(place, keyword)?.unwrap_or(0)),
            "pattern" => return self.pattern(place, at),
            "format" => return self.format(place),
            "uniqueItems" => match place.get(keyword) {
                Some(Value::Bool(true)) => Atom::Unique,
                Some(Value::Bool(false)) => return Ok(None),
                _ => return Err(unreadable(self.source.side, at, "is neither true nor false")),
            },
            "propertyNames" => Atom::PropertyNames(self.schema(at)?),
            "contains" => return self.contains(place, at),
            "prefixItems" | "items" | "additionalItems" => return self.items(place, keyword, at),
            "properties" | "patternProperties" => return self.properties(place, keyword, at),
            "additionalProperties" => {
                let (names, patterns) = self.named_beside(place)?;
                Atom::Additional(names.into(), patterns.into(), self.schema(at)?)
            }
            "required" => return self.required_list(place, at),
            "unevaluatedProperties" | "unevaluatedItems" => {
                return self.unevaluated(place, keyword, at).map(Some);
            }
            _ => return self.applicator(place, keyword, at),
        };
        Ok(Some(self.arena.atom(atom)))
    }

    fn applicator(&mut self, place: Place<'_, 's>, keyword: &str, at: &str) -> Lowered {
        let node = match keyword {
            "allOf" | "anyOf" | "oneOf" => {
                let mut ids = Vec::new();
                for index in 0..self.list(place, keyword)?.len() {
                    ids.push(self.schema(&format!("{at}/{index}"))?);
                }
                match keyword {
                    "allOf" => Node::And(ids.into()),
                    "anyOf" => Node::Or(ids.into()),
                    _ => Node::One(ids.into()),
                }
            }
            "not" => Node::Not(self.schema(at)?),
            "if" => {
                let condition = self.schema(at)?;
                let mut parts = Vec::new();
                for (branch, holds) in [("then", true), ("else", false)] {
                    let at = child(place.pointer, branch);
                    if place.members.contains_key(branch) && !self.excused.pointers.contains(&at) {
                        let unless = if holds { self.arena.not(condition) } else { condition };
                        let branch = self.schema(&at)?;
                        parts.push(self.arena.any_of(vec![unless, branch]));
                    }
                }
                Node::And(parts.into())
            }
            "dependentRequired" | "dependentSchemas" | "dependencies" => {
                let mut parts = Vec::new();
                for (name, value) in self.map(place, keyword)? {
                    let at = child(at, name);
                    let then = if keyword != "dependentSchemas" && value.is_array() {
                        let names = self.names(value, &at)?;
                        self.required(names)
                    } else if keyword == "dependentRequired" {
                        return Err(unreadable(self.source.side, &at, "is not a list"));
                    } else {
                        self.schema(&at)?
                    };
                    let given = self.arena.atom(Atom::Required(Arc::from(name.as_str())));
                    let not_given = self.absent(given);
                    let part = self.arena.any_of(vec![not_given, then]);
                    self.lowered.keywords.insert(at, part);
                    parts.push(part);
                }
                Node::And(parts.into())
            }
            _ => return Ok(None),
        };
        Ok(Some(self.arena.add(node)))
    }

    /// The value is not an object, or does not have the property.
    fn absent(&mut self, given: Id) -> Id {
        let without = self.arena.not(given);
        let others = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Object).collect();
        let other = self.arena.atom(Atom::Kinds(others));
        self.arena.any_of(vec![other, without])
    }

    fn required(&mut self, names: Vec<(String, Arc<str>)>) -> Id {
        let mut parts = Vec::new();
        for (at, name) in names {
            let id = self.arena.atom(Atom::Required(name));
            self.lowered.keywords.insert(at, id);
            parts.push(id);
        }
        self.arena.all_of(parts)
    }

    fn reference(&mut self, place: Place<'_, 's>, keyword: &str, at: &str) -> Lowered {
        let reference = self.text(place, keyword)?;
        let target = self.source.resolve(place.pointer, reference);
        if keyword != "$ref" && !self.source.is_static(reference) {
            let words = format!("{} {at}", self.source.side);
            let why = "its meaning depends on the schema that refers to it";
            return Ok(Some(self.opaque(
                &words,
                Vec::new(),
                at,
                why,
                "refer to one schema with `$ref`",
            )));
        }
        match target {
            Some(target) => self.schema(&target).map(Some),
            None => {
                let why = "its target is not in this document";
                let words = format!("$ref {reference}");
                Ok(Some(self.opaque(
                    &words,
                    Vec::new(),
                    at,
                    why,
                    "bundle the other document under `$defs`",
                )))
            }
        }
    }

    fn kinds(&mut self, place: Place<'_, 's>, at: &str) -> Lowered {
        let names = match place.get("type") {
            Some(Value::Array(names)) => names.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let mut kinds = Vec::new();
        for name in names {
            let found = name.as_str().and_then(Kind::named);
            kinds.extend_from_slice(
                found.ok_or_else(|| unreadable(self.source.side, at, "names no type of JSON"))?,
            );
        }
        kinds.sort_unstable();
        kinds.dedup();
        Ok(Some(self.arena.atom(Atom::Kinds(kinds))))
    }

    fn bound(&mut self, place: Place<'_, 's>, keyword: &str) -> Result<Atom, Unreadable> {
        let bound = self.decimal(place, keyword)?;
        let reads_note = matches!(self.source.draft, Draft::Four | Draft::Unstated);
        let is = |keyword| reads_note && place.get(keyword) == Some(&Value::Bool(true));
        Ok(match keyword {
            "minimum" => Atom::Minimum(bound, is("exclusiveMinimum")),
            _ => Atom::Maximum(bound, is("exclusiveMaximum")),
        })
    }

    fn exclusive_bound(&mut self, place: Place<'_, 's>, keyword: &str) -> Lowered {
        // In draft 04 it modifies another keyword.
        if matches!(self.source.draft, Draft::Four | Draft::Unstated)
            && matches!(place.get(keyword), Some(Value::Bool(_)))
        {
            return Ok(None);
        }
        let bound = self.decimal(place, keyword)?;
        let atom = match keyword {
            "exclusiveMinimum" => Atom::Minimum(bound, true),
            _ => Atom::Maximum(bound, true),
        };
        Ok(Some(self.arena.atom(atom)))
    }

    fn required_list(&mut self, place: Place<'_, 's>, at: &str) -> Lowered {
        let list = &place.members["required"];
        // Draft 03 has a boolean here.
        if self.source.draft == Draft::Four && list.is_boolean() {
            return Ok(None);
        }
        let names = self.names(list, at)?;
        Ok(Some(self.required(names)))
    }

    fn pattern(&mut self, place: Place<'_, 's>, at: &str) -> Lowered {
        let pattern = self.text(place, "pattern")?;
        let id = self.arena.atom(Atom::Pattern(Arc::from(pattern)));
        if self.arena.language(pattern).is_none() {
            self.lowered.opaque.push(Opaque {
                id,
                pointer: at.to_owned(),
                why: "the pattern is too long, or has parts that are not regular or that engines \
                      read differently",
                instead: "write it without look-behind, back references, `\\b` and `\\p{..}`, in \
                          less than 4,000 letters",
            });
        }
        Ok(Some(id))
    }

    fn format(&mut self, place: Place<'_, 's>) -> Lowered {
        let name = self.text(place, "format")?;
        if let Some((min, max)) = integer_range(name) {
            let parts = vec![
                self.arena.atom(Atom::Minimum(min, false)),
                self.arena.atom(Atom::Maximum(max, false)),
            ];
            return Ok(Some(self.arena.all_of(parts)));
        }
        Ok(format::named(name).map(|format| self.arena.atom(Atom::Format(format.name))))
    }

    fn contains(&mut self, place: Place<'_, 's>, at: &str) -> Lowered {
        let inner = self.schema(at)?;
        let counts = self.source.draft >= Draft::Nineteen;
        let min = if counts { self.count(place, "minContains")? } else { None };
        let max = if counts { self.count(place, "maxContains")? } else { None };
        let mut parts = vec![self.arena.atom(Atom::Contains(inner, min.unwrap_or(1)))];
        if let Some(more) = max.and_then(|max| max.checked_add(1)) {
            let lists = self.arena.atom(Atom::Kinds(vec![Kind::Array]));
            let too_many = self.arena.atom(Atom::Contains(inner, more));
            let too_many = self.arena.all_of(vec![lists, too_many]);
            parts.push(self.arena.not(too_many));
        }
        Ok(Some(self.arena.all_of(parts)))
    }

    fn items(&mut self, place: Place<'_, 's>, keyword: &str, at: &str) -> Lowered {
        let has_prefix =
            self.has_keyword("prefixItems") && place.members.contains_key("prefixItems");
        // Until 2019-09, and if no draft is named, `items` may have the role of today's
        // `prefixItems`.
        let is_tuple = self.source.draft != Draft::Twenty
            && !has_prefix
            && matches!(place.get("items"), Some(Value::Array(_)));
        let length =
            |keyword: &str| place.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        match keyword {
            "additionalItems" if !is_tuple => Ok(None),
            "additionalItems" => {
                let rest = self.schema(at)?;
                Ok(Some(self.arena.atom(Atom::ItemsFrom(length("items"), rest))))
            }
            "items" if !is_tuple => {
                let rest = self.schema(at)?;
                let from = if has_prefix { length("prefixItems") } else { 0 };
                Ok(Some(self.arena.atom(Atom::ItemsFrom(from, rest))))
            }
            _ => {
                let mut parts = Vec::new();
                for index in 0..self.list(place, keyword)?.len() {
                    let item = self.schema(&format!("{at}/{index}"))?;
                    parts.push(self.arena.atom(Atom::Item(index, item)));
                }
                Ok(Some(self.arena.all_of(parts)))
            }
        }
    }

    fn properties(&mut self, place: Place<'_, 's>, keyword: &str, at: &str) -> Lowered {
        let mut parts = Vec::new();
        for name in self.map(place, keyword)?.keys() {
            let schema = self.schema(&child(at, name))?;
            let name = Arc::from(name.as_str());
            let atom = if keyword == "properties" {
                Atom::Property(name, schema)
            } else {
                Atom::PatternProperty(name, schema)
            };
            parts.push(self.arena.atom(atom));
        }
        Ok(Some(self.arena.all_of(parts)))
    }

    /// The names and patterns that `additionalProperties` excludes.
    pub(super) fn named_beside(&self, place: Place<'_, 's>) -> Result<Named, Unreadable> {
        let keys = |keyword: &str| -> Result<Vec<Arc<str>>, Unreadable> {
            if place.members.contains_key(keyword) {
                Ok(self.map(place, keyword)?.keys().map(|key| Arc::from(key.as_str())).collect())
            } else {
                Ok(Vec::new())
            }
        };
        let (mut names, mut patterns) = (keys("properties")?, keys("patternProperties")?);
        names.extend(self.excused_in(place.pointer));
        names.sort();
        names.dedup();
        patterns.sort();
        Ok((names, patterns))
    }

    pub(super) fn excused_in(&self, pointer: &str) -> Vec<Arc<str>> {
        let here = self.excused.properties.iter().filter(|(at, _)| at == pointer);
        here.map(|(_, name)| Arc::from(name.as_str())).collect()
    }
}
