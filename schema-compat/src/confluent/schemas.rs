//! The classes into which the registry reads schemas.

use crate::arena::Constant;
use crate::decimal::Decimal;
use crate::source::child;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The index of a schema, of either document.
pub(super) type Id = usize;

/// How schemas are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A minimum and a maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Range {
    pub(super) min: Option<Decimal>,
    pub(super) max: Option<Decimal>,
}

/// The value of `additionalProperties`, `additionalItems`, `unevaluatedProperties` or
/// `unevaluatedItems`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rest {
    /// The value is not `false`.
    pub(super) is_permitted: bool,
    /// The value, if it is a schema object.
    pub(super) schema: Option<Id>,
}

impl Rest {
    pub(super) const ANYTHING: Self = Self { is_permitted: true, schema: None };
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Numbers {
    pub(super) is_integer: bool,
    pub(super) range: Range,
    pub(super) exclusive: Range,
    pub(super) multiple_of: Option<Decimal>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Texts {
    pub(super) length: Range,
    pub(super) pattern: Option<Rc<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Property {
    pub(super) schema: Id,
    pub(super) has_default: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lists {
    /// The schema of every item.
    pub(super) items: Option<Id>,
    /// The schemas by item index.
    pub(super) tuple: Vec<Id>,
    /// The rule for the items after the tuple.
    pub(super) additional: Rest,
    pub(super) unevaluated: Rest,
    pub(super) count: Range,
    /// How many items must match `contains`.
    pub(super) contained: Range,
    pub(super) is_unique: bool,
}

/// A class. Two schemas of one class are compared by their keywords; two schemas of different
/// classes have "another type".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Anything: `true`, or a schema without an effective keyword.
    Empty,
    False,
    Null,
    Boolean,
    Numbers(Numbers),
    Texts(Texts),
    Lists(Lists),
    Objects(Objects),
    Enum(Rc<BTreeSet<Constant>>),
    Const(Rc<Constant>),
    Not(Id),
    /// `if`, `then`, `else`: the registry sees the keywords, but not their content.
    Conditional,
    Combined(Criterion, Vec<Id>),
    /// Another schema of the document.
    Reference(Id),
    /// A reference to a schema that is not in the document.
    Elsewhere(String),
}

impl Class {
    /// Calls `give` for every schema inside it, except references.
    pub(super) fn each_inner(&mut self, give: &mut dyn FnMut(&mut Id)) {
        match self {
            Self::Objects(objects) => objects.each_inner(give),
            Self::Lists(lists) => {
                let rests = [&mut lists.additional.schema, &mut lists.unevaluated.schema];
                lists
                    .items
                    .iter_mut()
                    .chain(&mut lists.tuple)
                    .chain(rests.into_iter().flatten())
                    .for_each(give);
            }
            Self::Combined(_, parts) => parts.iter_mut().for_each(give),
            Self::Not(inner) => give(inner),
            _ => {}
        }
    }

    /// The cost of comparing it, without its inner schemas.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Objects(objects) => {
                let names: usize = objects.needs_names.values().map(BTreeSet::len).sum();
                objects.properties.len()
                    + objects.patterns.len()
                    + objects.needs_schemas.len()
                    + names
            }
            Self::Lists(lists) => lists.tuple.len(),
            Self::Enum(values) => values.len(),
            _ => 0,
        }
    }
}

impl Objects {
    fn each_inner(&mut self, give: &mut dyn FnMut(&mut Id)) {
        let rests = [&mut self.additional.schema, &mut self.unevaluated.schema];
        self.properties
            .values_mut()
            .map(|property| &mut property.schema)
            .chain(self.patterns.iter_mut().map(|(_, schema)| schema))
            .chain(self.needs_schemas.values_mut())
            .chain(rests.into_iter().flatten())
            .for_each(give);
    }
}

#[derive(Debug)]
pub(super) struct Schema<'s> {
    pub(super) pointer: String,
    pub(super) members: Option<&'s Map<String, Value>>,
    pub(super) class: Class,
    /// The keywords that the class does not hold.
    pub(super) beside: Beside<'s>,
    /// Whether it is in the document. If not, the registry made it from some keywords of a schema.
    pub(super) is_written: bool,
    /// A value of Kafka Connect's type `bytes`. The registry does not distinguish its classes.
    pub(super) is_bytes: bool,
}

impl Schema<'_> {
    /// The place of the keyword, or where it would be.
    pub(super) fn place(&self, keyword: &str) -> String {
        let has = self.members.is_some_and(|members| members.contains_key(keyword));
        if has { child(&self.pointer, keyword) } else { self.pointer.clone() }
    }

    /// The place of an entry of the keyword.
    pub(super) fn entry(&self, keyword: &str, name: &str) -> String {
        let has = match self.members.and_then(|members| members.get(keyword)) {
            Some(Value::Object(members)) => members.contains_key(name),
            Some(Value::Array(items)) => name.parse().is_ok_and(|index: usize| index < items.len()),
            _ => false,
        };
        if has { child(&child(&self.pointer, keyword), name) } else { self.place(keyword) }
    }

    /// The place of a name in the keyword's list.
    pub(super) fn listed(&self, keyword: &str, name: &str) -> String {
        let list = self.members.and_then(|members| members.get(keyword)).and_then(Value::as_array);
        let index = list.and_then(|list| list.iter().position(|entry| entry == name));
        index
            .map_or_else(|| self.place(keyword), |index| format!("{}/{index}", self.place(keyword)))
    }
}

/// The schemas of both documents.
#[derive(Debug, Default)]
pub(super) struct Schemas<'s> {
    all: Vec<Schema<'s>>,
}

impl<'s> Schemas<'s> {
    /// Adds a schema of the document; its class is set later.
    pub(super) fn add(&mut self, pointer: &str, members: Option<&'s Map<String, Value>>) -> Id {
        self.push(Schema {
            pointer: pointer.to_owned(),
            members,
            class: Class::Empty,
            beside: Beside::new(),
            is_written: true,
            is_bytes: members
                .and_then(|members| members.get("connect.type"))
                .is_some_and(|name| name == "bytes"),
        })
    }

    /// Adds a schema made from some keywords of a schema.
    pub(super) fn add_part(
        &mut self,
        pointer: &str,
        members: &'s Map<String, Value>,
        class: Class,
    ) -> Id {
        let (pointer, members) = (pointer.to_owned(), Some(members));
        self.push(Schema {
            pointer,
            members,
            class,
            beside: Beside::new(),
            is_written: false,
            is_bytes: false,
        })
    }

    fn push(&mut self, schema: Schema<'s>) -> Id {
        self.all.push(schema);
        self.all.len() - 1
    }

    pub(super) fn fill(&mut self, id: Id, class: Class, beside: Beside<'s>) {
        (self.all[id].class, self.all[id].beside) = (class, beside);
    }

    pub(super) fn all(&self) -> &[Schema<'s>] {
        &self.all
    }

    pub(super) fn get(&self, id: Id) -> &Schema<'s> {
        &self.all[id]
    }

    pub(super) fn class_mut(&mut self, id: Id) -> &mut Class {
        &mut self.all[id].class
    }
}

/// The keywords that a class does not hold. Two schemas with equal classes and equal keywords here
/// are equal.
pub(super) type Beside<'s> = Vec<(&'s str, &'s Value)>;
