//! Reading events back: an object of raw values first, then one call per field.
//!
//! Nothing here repeats a value in an error: what is read may be sensitive.

mod error;
pub(crate) mod variant;

pub use error::{ReadError, ReadErrorKind};

use crate::event::Group;
use crate::value::EventValue;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// How deep values may be nested. The same limit as `serde_json`'s, so that input cannot exhaust the stack.
const MAX_DEPTH: u8 = 128;

/// One JSON value that has not been looked at yet.
#[derive(Clone, Copy, Debug)]
pub struct Input<'de> {
    json: &'de str,
    depth: u8,
}

/// The members of a JSON object that have not been looked at yet.
#[derive(Debug)]
pub struct Object<'de> {
    members: Vec<(Cow<'de, str>, &'de RawValue)>,
    depth: u8,
    /// The first error of a field. Generated code reads every field and asks once: eight early returns are eight ways out for the compiler to check.
    error: Option<ReadError>,
}

impl<'de> Input<'de> {
    /// One JSON value, checked to be one.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::Syntax`] when it is not JSON.
    pub fn parse(json: &'de str) -> Result<Self, ReadError> {
        let raw: &RawValue = serde_json::from_str(json)?;
        Ok(Self { json: raw.get(), depth: 0 })
    }

    /// The value's JSON.
    pub fn json(&self) -> &'de str {
        self.json
    }

    /// What kind of value it is, in words.
    pub fn kind(&self) -> &'static str {
        match self.json.as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "text",
            Some(b't' | b'f') => "a truth value",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.json == "null"
    }

    /// The error that something else was expected.
    pub fn mismatch(&self, expected: &'static str) -> ReadError {
        ReadError::new(ReadErrorKind::Mismatch { expected, found: self.kind() })
    }

    /// The text, borrowed where it holds no escapes.
    ///
    /// # Errors
    ///
    /// When it is not text.
    pub fn text(&self) -> Result<Cow<'de, str>, ReadError> {
        match self.json.strip_prefix('"').and_then(|json| json.strip_suffix('"')) {
            None => Err(self.mismatch("text")),
            Some(inner) if inner.contains('\\') => Ok(Cow::Owned(serde_json::from_str(self.json)?)),
            Some(inner) => Ok(Cow::Borrowed(inner)),
        }
    }

    /// The value by serde, for the types that serde itself reads.
    ///
    /// # Errors
    ///
    /// When it is not an `expected`.
    pub fn scalar<T: serde::de::DeserializeOwned>(&self, expected: &'static str) -> Result<T, ReadError> {
        serde_json::from_str(self.json).map_err(|_| match self.kind() {
            "a number" => ReadError::new(ReadErrorKind::OutOfRange { expected }),
            _ => self.mismatch(expected),
        })
    }

    /// A number, or NaN for `null`: what [`Encoder::float`](crate::Encoder::float) writes. Exact, which `serde_json`'s reading is only with a feature.
    pub(crate) fn float<T: std::str::FromStr + From<f32>>(&self) -> Result<T, ReadError> {
        match self.kind() {
            "null" => Ok(f32::NAN.into()),
            "a number" => self.json.parse().map_err(|_| self.mismatch("a number")),
            _ => Err(self.mismatch("a number")),
        }
    }

    /// A number that is neither NaN nor infinite, as one beyond the largest would be read.
    pub(crate) fn finite<T: std::str::FromStr + From<f32> + Into<f64> + Copy>(&self) -> Result<T, ReadError> {
        const EXPECTED: &str = "a finite number";
        if self.kind() != "a number" {
            return Err(self.mismatch(EXPECTED));
        }
        let number: T = self.float()?;
        let is_finite = Into::<f64>::into(number).is_finite();
        if is_finite { Ok(number) } else { Err(ReadError::new(ReadErrorKind::OutOfRange { expected: EXPECTED })) }
    }

    /// The values of a list.
    ///
    /// # Errors
    ///
    /// When it is not a list, or is nested too deep.
    pub fn list(&self) -> Result<Vec<Input<'de>>, ReadError> {
        let depth = self.deeper()?;
        if !self.json.starts_with('[') {
            return Err(self.mismatch("a list"));
        }
        let items: Vec<&RawValue> = serde_json::from_str(self.json)?;
        Ok(items.into_iter().map(|raw| Self { json: raw.get(), depth }).collect())
    }

    /// The members of an object.
    ///
    /// # Errors
    ///
    /// When it is not an object, holds a key twice, or is nested too deep.
    pub fn object(&self) -> Result<Object<'de>, ReadError> {
        let depth = self.deeper()?;
        if !self.json.starts_with('{') {
            return Err(self.mismatch("an object"));
        }
        let Members(members) = serde_json::from_str(self.json)?;
        if let Some(name) = duplicate(&members) {
            return Err(ReadError::new(ReadErrorKind::Duplicate).in_field(name));
        }
        Ok(Object { members, depth, error: None })
    }

    fn deeper(&self) -> Result<u8, ReadError> {
        if self.depth == MAX_DEPTH { Err(ReadError::new(ReadErrorKind::TooDeep)) } else { Ok(self.depth + 1) }
    }
}

impl<'de> Object<'de> {
    /// Takes the value of `name`, or of one of its aliases.
    ///
    /// # Errors
    ///
    /// When more than one of them stands there.
    pub fn take(&mut self, name: &str, aliases: &[&str]) -> Result<Option<Input<'de>>, ReadError> {
        let mut found = None;
        for key in std::iter::once(name).chain(aliases.iter().copied()) {
            if let Some(at) = self.members.iter().position(|(member, _)| member == key) {
                if found.is_some() {
                    return Err(ReadError::new(ReadErrorKind::Duplicate).in_field(key));
                }
                found = Some(self.members.swap_remove(at).1);
            }
        }
        Ok(found.map(|raw| Input { json: raw.get(), depth: self.depth }))
    }

    /// Takes the value of `name`, or of one of its aliases, and reads it with `read`; where there is none, `absent` may stand for it. What is wrong is kept.
    pub(crate) fn field<T>(
        &mut self,
        name: &str,
        aliases: &[&str],
        read: fn(Input<'_>) -> Result<T, ReadError>,
        absent: fn() -> Option<T>,
    ) -> Option<T> {
        let found = self.take(name, aliases).and_then(|found| match found {
            Some(input) => read(input).map_err(|error| error.in_field(name)),
            None => absent().ok_or_else(|| ReadError::new(ReadErrorKind::Missing).in_field(name)),
        });
        self.keep(found)
    }

    /// The value, or `None` and the error kept, if it is the first.
    pub fn keep<T>(&mut self, read: Result<T, ReadError>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                self.error.get_or_insert(error);
                None
            }
        }
    }

    /// The error that was kept: why a field read as `None`.
    pub fn error(&mut self) -> ReadError {
        self.error.take().unwrap_or(ReadError::new(ReadErrorKind::Missing))
    }

    /// Takes and reads the value of `name`, which must be there.
    ///
    /// # Errors
    ///
    /// When it is missing or is not a `T`.
    pub fn read<T: EventValue>(&mut self, name: &str) -> Result<T, ReadError> {
        T::read_field(self, name, &[]).ok_or_else(|| self.error())
    }

    /// Reads a group where any of its fields stands; `None` where none does. So the parts of a wide event are read back: each may have been added, or not.
    ///
    /// # Errors
    ///
    /// When a field of it is missing, or not of its form.
    pub fn part<G: Group>(&mut self) -> Result<Option<G>, ReadError> {
        let fields = G::META.fields();
        let stands = |name: &str| fields.iter().any(|field| field.name == name || field.aliases.contains(&name));
        if self.rest().any(stands) { G::read(self).map(Some) } else { Ok(None) }
    }

    /// All members.
    pub fn into_members(self) -> impl Iterator<Item = (String, Input<'de>)> {
        let depth = self.depth;
        self.members.into_iter().map(move |(key, raw)| (key.into_owned(), Input { json: raw.get(), depth }))
    }

    /// The keys that nobody has taken, in no particular order.
    pub fn rest(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(name, _)| name.as_ref())
    }
}

/// A key that stands there twice.
fn duplicate<'a>(members: &'a [(Cow<'_, str>, &RawValue)]) -> Option<&'a str> {
    /// Up to here looking at each pair is cheaper than hashing; beyond, input must not cost its square.
    const FEW: usize = 16;
    let mut names = members.iter().map(|(name, _)| name.as_ref());
    if members.len() <= FEW {
        names
            .clone()
            .enumerate()
            .find(|(at, name)| names.clone().take(*at).any(|earlier| earlier == *name))
            .map(|found| found.1)
    } else {
        let mut seen = std::collections::HashSet::with_capacity(members.len());
        names.find(|name| !seen.insert(*name))
    }
}

/// An object's members in order; `RawValue` keeps each value's own text.
struct Members<'de>(Vec<(Cow<'de, str>, &'de RawValue)>);

impl<'de> serde::Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some(Key(key)) = map.next_key()? {
                    members.push((key, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// A key, borrowed where it holds no escapes. (`Cow`'s own `Deserialize` always owns.)
struct Key<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}
