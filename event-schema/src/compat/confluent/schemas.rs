//! The classes that the registry reads schemas into.

use crate::compat::arena::Constant;
use crate::compat::decimal::Decimal;
use crate::compat::source::child;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A schema of either document.
pub(super) type Id = usize;

/// How schemas are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Criterion {
    All,
    Any,
    One,
}

impl Criterion {
    pub(super) const ALL: [Self; 3] = [Self::All, Self::Any, Self::One];

    pub(super) const fn keyword(self) -> &'static str {
        match self {
            Self::All => "allOf",
            Self::Any => "anyOf",
            Self::One => "oneOf",
        }
    }
}

/// Least and most of something.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub(super) min: Option<Decimal>,
    pub(super) max: Option<Decimal>,
}

/// What stands behind `additionalProperties`, `unevaluatedProperties` or `additionalItems`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    /// Not `false`.
    pub(super) is_permitted: bool,
    /// A schema that is an object.
    pub(super) schema: Option<Id>,
}

impl Rest {
    pub(super) const ANYTHING: Self = Self { is_permitted: true, schema: None };

    pub(super) fn is_anything(self) -> bool {
        self.is_permitted && self.schema.is_none()
    }
}

#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) is_integer: bool,
    pub(super) range: Range,
    pub(super) exclusive: Range,
    pub(super) multiple_of: Option<Decimal>,
}

#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) length: Range,
    pub(super) pattern: Option<Rc<str>>,
}

#[derive(Debug)]
pub(super) struct Property {
    pub(super) schema: Id,
    pub(super) has_default: bool,
}

#[derive(Debug)]
pub(super) struct Objects {
    pub(super) properties: BTreeMap<String, Property>,
    pub(super) required: BTreeSet<String>,
    pub(super) patterns: Vec<(String, Id)>,
    pub(super) additional: Rest,
    pub(super) unevaluated: Rest,
    pub(super) needs_names: BTreeMap<String, BTreeSet<String>>,
    pub(super) needs_schemas: BTreeMap<String, Id>,
    pub(super) count: Range,
}

#[derive(Debug)]
pub(super) struct Lists {
    /// Of every item.
    pub(super) items: Option<Id>,
    /// By place.
    pub(super) tuple: Vec<Id>,
    /// Of the items after those.
    pub(super) additional: Rest,
    pub(super) count: Range,
    pub(super) is_unique: bool,
}

/// A class. Two schemas of one class are compared by what they say; of two classes, they are "another type".
#[derive(Debug)]
pub(super) enum Class {
    /// Everything: `true`, and what has no keyword that says something.
    Empty,
    False,
    Null,
    Boolean,
    Numbers(Numbers),
    Texts(Texts),
    Lists(Lists),
    Objects(Objects),
    Enum(BTreeSet<Constant>),
    Const(Constant),
    Not(Id),
    /// `if`, `then`, `else`: that they are there is seen, what they say is not.
    Conditional,
    Combined(Criterion, Vec<Id>),
    /// Another schema of the document.
    Reference(Id),
    /// What a reference means is not in the document.
    Elsewhere(String),
}

#[derive(Debug)]
pub(super) struct Schema<'s> {
    pub(super) pointer: String,
    pub(super) members: Option<&'s Map<String, Value>>,
    pub(super) class: Class,
}

impl Schema<'_> {
    /// Where the keyword stands; where it would, if it does not.
    pub(super) fn place(&self, keyword: &str) -> String {
        let has = self.members.is_some_and(|members| members.contains_key(keyword));
        if has { child(&self.pointer, keyword) } else { self.pointer.clone() }
    }

    /// Where an entry of the keyword stands.
    pub(super) fn entry(&self, keyword: &str, name: &str) -> String {
        let has = match self.members.and_then(|members| members.get(keyword)) {
            Some(Value::Object(members)) => members.contains_key(name),
            Some(Value::Array(items)) => name.parse().is_ok_and(|index: usize| index < items.len()),
            _ => false,
        };
        if has { child(&child(&self.pointer, keyword), name) } else { self.place(keyword) }
    }

    /// Where a name stands in the keyword's list.
    pub(super) fn listed(&self, keyword: &str, name: &str) -> String {
        let list = self.members.and_then(|members| members.get(keyword)).and_then(Value::as_array);
        let index = list.and_then(|list| list.iter().position(|entry| entry == name));
        index.map_or_else(|| self.place(keyword), |index| format!("{}/{index}", self.place(keyword)))
    }
}

/// The schemas of both documents.
#[derive(Debug, Default)]
pub(super) struct Schemas<'s> {
    all: Vec<Schema<'s>>,
}

impl<'s> Schemas<'s> {
    pub(super) fn add(&mut self, pointer: &str, members: Option<&'s Map<String, Value>>, class: Class) -> Id {
        self.all.push(Schema { pointer: pointer.to_owned(), members, class });
        self.all.len() - 1
    }

    pub(super) fn fill(&mut self, id: Id, class: Class) {
        self.all[id].class = class;
    }

    /// The schema that is meant: references are followed.
    pub(super) fn meant(&self, mut id: Id) -> Id {
        // As many references as schemas are a circle, which says nothing.
        for _ in 0..self.all.len() {
            let Class::Reference(next) = &self.all[id].class else { return id };
            id = *next;
        }
        id
    }

    pub(super) fn get(&self, id: Id) -> &Schema<'s> {
        &self.all[id]
    }

    pub(super) fn class(&self, id: Id) -> &Class {
        &self.all[self.meant(id)].class
    }
}
