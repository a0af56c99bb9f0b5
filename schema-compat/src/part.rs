//! A part of a value that is evaluated: a JSON value, or an object that is put together of borrowed
//! members.

use crate::arena::{Constant, Kind};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The members of an object that is never built.
pub(crate) type Borrowed<'v> = BTreeMap<&'v str, &'v Value>;

#[derive(Clone, Copy)]
pub(crate) enum Part<'v> {
    Value(&'v Value),
    Object(&'v Borrowed<'v>),
}

/// The members of an object, sorted by their names.
#[derive(Clone, Copy)]
pub(crate) enum Members<'v> {
    Map(&'v Map<String, Value>),
    Borrowed(&'v Borrowed<'v>),
}

impl<'v> Part<'v> {
    /// What tells this part from the others of one value.
    pub(crate) const fn address(self) -> *const () {
        match self {
            Self::Value(value) => std::ptr::from_ref(value).cast(),
            Self::Object(members) => std::ptr::from_ref(members).cast(),
        }
    }

    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Value(value) => Kind::of(value),
            Self::Object(_) => Kind::Object,
        }
    }

    /// The members, if it is an object.
    pub(crate) const fn members(self) -> Option<Members<'v>> {
        match self {
            Self::Value(Value::Object(members)) => Some(Members::Map(members)),
            Self::Value(_) => None,
            Self::Object(members) => Some(Members::Borrowed(members)),
        }
    }

    /// Whether it is one of these constants, which are sorted.
    pub(crate) fn is_among(self, sorted: &[Constant]) -> bool {
        match self {
            Self::Value(value) => Constant::is_among(sorted, value),
            Self::Object(members) => Constant::is_among(sorted, &built(members)),
        }
    }
}

/// The object with these members.
pub(crate) fn built(members: &Borrowed<'_>) -> Value {
    members.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect()
}

impl<'v> Members<'v> {
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Map(members) => members.len(),
            Self::Borrowed(members) => members.len(),
        }
    }

    pub(crate) fn get(self, name: &str) -> Option<&'v Value> {
        match self {
            Self::Map(members) => members.get(name),
            Self::Borrowed(members) => members.get(name).copied(),
        }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = (&'v str, &'v Value)> {
        let (map, borrowed) = match self {
            Self::Map(members) => (Some(members), None),
            Self::Borrowed(members) => (None, Some(members)),
        };
        let map = map.into_iter().flatten().map(|(name, value)| (name.as_str(), value));
        map.chain(borrowed.into_iter().flatten().map(|(name, value)| (*name, *value)))
    }
}
