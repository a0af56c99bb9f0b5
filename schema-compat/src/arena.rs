//! Schemas as formulas: the assertions of keywords, joined by "and", "or" and "not".
//!
//! Both schemas are in one arena, so equal parts of the two sides are the same node.

use crate::decimal::Decimal;
use crate::format;
use crate::pattern::{self, Language};
use crate::tri::Tri;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The index of a node in the arena.
pub(crate) type Id = u32;

/// The kind of a JSON value. Whole numbers and numbers with a fraction are two kinds, so that
/// `integer` is one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Integer,
    Fraction,
    Bool,
    Null,
}

impl Kind {
    pub(crate) const ALL: [Self; 7] = [
        Self::Object,
        Self::Array,
        Self::String,
        Self::Integer,
        Self::Fraction,
        Self::Bool,
        Self::Null,
    ];

    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(number) if number.is_i64() => Self::Integer,
            Value::Number(number) => match Decimal::from_number(number) {
                Some(decimal) if !decimal.is_integer() => Self::Fraction,
                _ => Self::Integer,
            },
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// The kinds that a name in `type` stands for.
    pub(crate) fn named(name: &str) -> Option<&'static [Self]> {
        Some(match name {
            "object" => &[Self::Object],
            "array" => &[Self::Array],
            "string" => &[Self::String],
            "integer" => &[Self::Integer],
            "number" => &[Self::Integer, Self::Fraction],
            "boolean" => &[Self::Bool],
            "null" => &[Self::Null],
            _ => return None,
        })
    }
}

/// A value in a comparable form: keys are sorted, and 1 equals 1.0.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Constant {
    Null,
    Bool(bool),
    Number(Decimal),
    /// A number with more digits than a `Decimal` can hold.
    Digits(String),
    Text(String),
    List(Vec<Constant>),
    Object(BTreeMap<String, Constant>),
}

impl From<&Value> for Constant {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Decimal::from_number(number)
                .map_or_else(|| Self::Digits(number.to_string()), Self::Number),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect(),
            ),
        }
    }
}

impl Constant {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(decimal) if !decimal.is_integer() => Kind::Fraction,
            Self::Number(_) | Self::Digits(_) => Kind::Integer,
            Self::Text(_) => Kind::String,
            Self::List(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// Whether the value is one of these constants, which are sorted.
    pub(crate) fn is_among(sorted: &[Self], value: &Value) -> bool {
        // A text, the usual case, is compared in place.
        let Value::String(text) = value else {
            return sorted.binary_search(&Self::from(value)).is_ok();
        };
        let place = sorted.binary_search_by(|constant| match constant {
            Self::Text(other) => other.as_str().cmp(text),
            Self::List(_) | Self::Object(_) => std::cmp::Ordering::Greater,
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Digits(_) => {
                std::cmp::Ordering::Less
            }
        });
        place.is_ok()
    }

    /// The value; `None` if it has a number that `serde_json` cannot hold.
    pub(crate) fn to_value(&self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(decimal) => Value::Number(decimal.to_number()?),
            Self::Digits(digits) => Value::Number(digits.parse().ok()?),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => {
                Value::Array(items.iter().map(Self::to_value).collect::<Option<_>>()?)
            }
            Self::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, value)| Some((key.clone(), value.to_value()?)))
                    .collect::<Option<_>>()?,
            ),
        })
    }
}

/// The assertion of one keyword. Each one except `Kinds`, `Enum` and `Opaque` is about one kind of
/// value, and holds for all values of other kinds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Atom {
    Kinds(Vec<Kind>),
    Enum(Vec<Constant>),
    Minimum(Decimal, bool),
    Maximum(Decimal, bool),
    MultipleOf(Decimal),
    MinLength(u64),
    MaxLength(u64),
    Pattern(Arc<str>),
    Format(&'static str),
    MinItems(u64),
    MaxItems(u64),
    Unique,
    Item(usize, Id),
    ItemsFrom(usize, Id),
    /// At least this number of items match the schema.
    Contains(Id, u64),
    MinProperties(u64),
    MaxProperties(u64),
    Required(Arc<str>),
    Property(Arc<str>, Id),
    PatternProperty(Arc<str>, Id),
    /// Every property whose name is not one of these names (sorted) and matches none of these
    /// patterns.
    Additional(Arc<[Arc<str>]>, Arc<[Arc<str>]>, Id),
    PropertyNames(Id),
    /// An undecided assertion: its text, and the nodes that it depends on.
    Opaque(Arc<str>, Vec<Id>),
}

impl Atom {
    /// Whether the assertion may refuse values of the kind.
    pub(crate) fn is_about(&self, kind: Kind) -> bool {
        match self {
            Self::Kinds(_) | Self::Enum(_) | Self::Opaque(..) => true,
            Self::Minimum(..) | Self::Maximum(..) | Self::MultipleOf(_) => {
                matches!(kind, Kind::Integer | Kind::Fraction)
            }
            Self::MinLength(_) | Self::MaxLength(_) | Self::Pattern(_) | Self::Format(_) => {
                kind == Kind::String
            }
            Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::Unique
            | Self::Item(..)
            | Self::ItemsFrom(..)
            | Self::Contains(..) => kind == Kind::Array,
            Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::Required(_)
            | Self::Property(..)
            | Self::PatternProperty(..)
            | Self::Additional(..)
            | Self::PropertyNames(_) => kind == Kind::Object,
        }
    }

    /// The result for values of a kind: always true, always false, or dependent on the value.
    pub(crate) fn for_kind(&self, kind: Kind) -> Tri {
        match self {
            Self::Kinds(kinds) => Tri::from(kinds.contains(&kind)),
            Self::Enum(values) if !values.iter().any(|value| value.kind() == kind) => Tri::False,
            atom if !atom.is_about(kind) => Tri::True,
            _ => Tri::Unknown,
        }
    }

    /// The same assertion with other node ids; `None` if it has no node ids.
    fn map(&self, mut to: impl FnMut(Id) -> Id) -> Option<Self> {
        Some(match self {
            Self::Item(at, id) => Self::Item(*at, to(*id)),
            Self::ItemsFrom(at, id) => Self::ItemsFrom(*at, to(*id)),
            Self::Contains(id, least) => Self::Contains(to(*id), *least),
            Self::Property(name, id) => Self::Property(name.clone(), to(*id)),
            Self::PatternProperty(pattern, id) => Self::PatternProperty(pattern.clone(), to(*id)),
            Self::Additional(names, patterns, id) => {
                Self::Additional(names.clone(), patterns.clone(), to(*id))
            }
            Self::PropertyNames(id) => Self::PropertyNames(to(*id)),
            Self::Opaque(what, ids) => {
                Self::Opaque(what.clone(), ids.iter().map(|id| to(*id)).collect())
            }
            _ => return None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    And(Arc<[Id]>),
    Or(Arc<[Id]>),
    /// Exactly one holds.
    One(Arc<[Id]>),
    Not(Id),
    Atom(Arc<Atom>),
}

impl Node {
    pub(crate) fn map(&self, mut to: impl FnMut(Id) -> Id) -> Self {
        let mut all = |ids: &[Id], is_set: bool| -> Arc<[Id]> {
            let mut ids: Vec<Id> = ids.iter().map(|id| to(*id)).collect();
            ids.sort_unstable();
            if is_set {
                ids.dedup();
            }
            ids.into()
        };
        match self {
            Self::And(ids) => Self::And(all(ids, true)),
            Self::Or(ids) => Self::Or(all(ids, true)),
            Self::One(ids) => Self::One(all(ids, false)),
            Self::Not(id) => Self::Not(to(*id)),
            Self::Atom(atom) => Self::Atom(atom.map(to).map_or_else(|| Arc::clone(atom), Arc::new)),
        }
    }
}

/// All nodes of both schemas.
#[derive(Debug, Default)]
pub(crate) struct Arena {
    nodes: Vec<Node>,
    known: HashMap<Node, Id>,
    languages: HashMap<Arc<str>, Option<Language>>,
    /// The work done to evaluate values. It is a counter and orders nothing.
    looked_at: AtomicUsize,
}

impl Arena {
    pub(crate) fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }

    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The work done to evaluate values.
    pub(crate) fn looked_at(&self) -> usize {
        self.looked_at.load(Ordering::Relaxed)
    }

    /// Counts work that was done to evaluate a value.
    pub(crate) fn count(&self, work: usize) {
        self.looked_at.fetch_add(work, Ordering::Relaxed);
    }

    /// Whether an assertion closes objects: it forbids all properties that it does not name.
    pub(crate) fn closes(&self, atom: &Atom) -> bool {
        let Atom::Additional(_, patterns, id) = atom else { return false };
        patterns.is_empty() && matches!(self.node(*id), Node::Or(ids) if ids.is_empty())
    }

    /// The id of the node, which is added if it is new.
    pub(crate) fn add(&mut self, node: Node) -> Id {
        if let Some(id) = self.known.get(&node) {
            return *id;
        }
        let id = self.reserve();
        self.known.insert(node.clone(), id);
        self.fill(id, node);
        id
    }

    pub(crate) fn atom(&mut self, atom: Atom) -> Id {
        match &atom {
            Atom::Pattern(pattern) | Atom::PatternProperty(pattern, _) => self.learn(pattern),
            Atom::Additional(_, patterns, _) => {
                patterns.iter().for_each(|pattern| self.learn(pattern));
            }
            Atom::Format(name) => {
                for pattern in format::named(name)
                    .into_iter()
                    .flat_map(|format| [format.within, format.surely])
                {
                    self.learn(&Arc::from(pattern));
                }
            }
            _ => {}
        }
        self.add(Node::Atom(Arc::new(atom)))
    }

    fn learn(&mut self, pattern: &Arc<str>) {
        if !self.languages.contains_key(pattern) {
            self.languages.insert(pattern.clone(), pattern::language_of(pattern));
        }
    }

    /// The language of a pattern in an atom.
    pub(crate) fn language(&self, pattern: &str) -> Option<&Language> {
        self.languages.get(pattern).and_then(Option::as_ref)
    }

    /// Reserves a node that is filled in later, because schemas may refer to each other.
    pub(crate) fn reserve(&mut self) -> Id {
        self.nodes.push(Node::And(Arc::new([])));
        Id::try_from(self.nodes.len() - 1).unwrap_or(Id::MAX)
    }

    pub(crate) fn fill(&mut self, id: Id, node: Node) {
        self.nodes[id as usize] = node;
    }

    pub(crate) fn everything(&mut self) -> Id {
        self.add(Node::And(Arc::new([])))
    }

    pub(crate) fn nothing(&mut self) -> Id {
        self.add(Node::Or(Arc::new([])))
    }

    /// Merges equivalent nodes, and returns the new id of each node.
    pub(crate) fn unify(&mut self) -> Vec<Id> {
        let (classes, nodes) = crate::unify::classes(&self.nodes);
        self.known = (0..).zip(&nodes).map(|(id, node)| (node.clone(), id)).collect();
        self.nodes = nodes;
        classes
    }

    pub(crate) fn all_of(&mut self, ids: Vec<Id>) -> Id {
        self.add(Node::And(ids.into()))
    }

    pub(crate) fn any_of(&mut self, ids: Vec<Id>) -> Id {
        self.add(Node::Or(ids.into()))
    }

    pub(crate) fn not(&mut self, id: Id) -> Id {
        self.add(Node::Not(id))
    }

    /// The negation of "exactly one of these": none of them, or one of them and an earlier one.
    pub(crate) fn none_or_two(&mut self, ids: &[Id]) -> Vec<Id> {
        let none = ids.iter().map(|id| self.not(*id)).collect();
        let mut cases = vec![self.all_of(none)];
        let mut before: Option<Id> = None;
        for id in ids {
            if let Some(before) = before {
                cases.push(self.all_of(vec![before, *id]));
            }
            before = Some(before.map_or(*id, |before| self.any_of(vec![before, *id])));
        }
        cases
    }
}
