//! The members of an object, which are taken one by one.

use super::alternatives;
use super::scan::{self, Member};
use super::{Input, ReadError, ReadErrorKind};
use event_grammar::fields::is_of_the_record;
use std::borrow::Cow;

/// The members of a JSON object, not converted yet.
#[derive(Debug)]
pub struct Object<'de> {
    /// A value that was taken has empty JSON.
    members: Vec<Member<'de>>,
    /// The index after the last member that was taken. Usually this is the next one to take.
    next: usize,
    depth: u8,
    /// Whether the object is a flat line, which has the record's own keys beside the event's.
    is_line: bool,
    /// The first error of a field. Generated code reads every field and checks once: eight early
    /// returns would give the compiler eight exits to check.
    error: Option<ReadError>,
}

impl<'de> Object<'de> {
    /// Parses `json` as one object: [`Input::parse`] and [`Input::object`] in one pass.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON, is not an object, has a key twice, or is nested
    /// too deep.
    pub fn parse(json: &'de str) -> Result<Self, ReadError> {
        alternatives::begin(json.len());
        match scan::object(json)? {
            Some(members) => Self::new(members, 1),
            None => Err(Input::parse(json)?.mismatch("an object")),
        }
    }

    /// The members of an object at `depth`.
    pub(super) fn new(members: Vec<Member<'de>>, depth: u8) -> Result<Self, ReadError> {
        if let Some(name) = duplicate(&members) {
            return Err(ReadError::new(ReadErrorKind::Duplicate).in_field(name));
        }
        Ok(Self { members, next: 0, depth, is_line: false, error: None })
    }

    /// The same object as an event's own object inside an envelope: the nesting of its values is
    /// counted from here.
    #[must_use]
    pub fn into_event(self) -> Self {
        Self { depth: 1, ..self }
    }

    /// The same object as a flat line: the record's own keys are not aliases in it.
    #[must_use]
    pub fn into_line(self) -> Self {
        Self { is_line: true, ..self }
    }

    /// Whether a field with the alias `key` is read from that key here.
    pub fn is_alias(&self, key: &str) -> bool {
        !(self.is_line && is_of_the_record(key))
    }

    /// Takes the value of `name`, or of one of its aliases.
    ///
    /// # Errors
    ///
    /// Returns an error if more than one of them is present.
    pub fn take(&mut self, name: &str, aliases: &[&str]) -> Result<Option<Input<'de>>, ReadError> {
        let mut found = self.take_one(name);
        for alias in aliases {
            if self.is_alias(alias)
                && let Some(input) = self.take_one(alias)
                && found.replace(input).is_some()
            {
                return Err(ReadError::new(ReadErrorKind::Duplicate).in_field(alias));
            }
        }
        Ok(found)
    }

    fn take_one(&mut self, name: &str) -> Option<Input<'de>> {
        let is_it = |member: &Member<'_>| member.key == name && !member.value.json.is_empty();
        let (earlier, later) = self.members.split_at(self.next);
        let at = match later.iter().position(is_it) {
            Some(at) => self.next + at,
            None => earlier.iter().position(is_it)?,
        };
        self.next = at + 1;
        let value = &mut self.members[at].value;
        let input = Input::new(*value, self.depth);
        value.json = "";
        Some(input)
    }

    /// Takes the value of `name`, or of one of its aliases, and reads it with `read`. If there is
    /// none, uses `absent`. The object keeps an error.
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

    /// Reads the field `name`, which is sensitive and not masked: an error in it is an error of the
    /// whole field, and shows no key of the input.
    pub fn sealed<T>(
        &mut self,
        name: &str,
        aliases: &[&str],
        read: fn(&mut Self, &str, &[&str]) -> Option<T>,
    ) -> Option<T> {
        let before = self.error.take();
        let value = read(self, name, aliases);
        let error = self.error.take().map(|error| error.of_whole_field(name));
        self.error = before.or(error);
        value
    }

    /// The value. If there is an error, returns `None`, and keeps the error if it is the first.
    pub fn keep<T>(&mut self, read: Result<T, ReadError>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                self.error.get_or_insert(error);
                None
            }
        }
    }

    /// Takes the kept error: why a field was read as `None`.
    pub fn error(&mut self) -> ReadError {
        self.error.take().unwrap_or(ReadError::new(ReadErrorKind::Missing))
    }

    /// The members that were not taken, in order.
    pub fn into_members(self) -> impl Iterator<Item = (String, Input<'de>)> {
        let depth = self.depth;
        let left = self.members.into_iter().filter(is_left);
        left.map(move |member| (member.key.into_owned(), Input::new(member.value, depth)))
    }

    /// The only member; `None` if there are more, or none.
    pub(super) fn into_only(self) -> Option<(Cow<'de, str>, Input<'de>)> {
        let [member] = <[Member<'de>; 1]>::try_from(self.members).ok()?;
        Some((member.key, Input::new(member.value, self.depth)))
    }

    /// The keys that were not taken, in order.
    pub fn rest(&self) -> impl Iterator<Item = &str> {
        self.members.iter().filter(|member| is_left(member)).map(|member| member.key.as_ref())
    }

    /// Whether a member of this name was not taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.rest().any(|key| key == name)
    }
}

fn is_left(member: &Member<'_>) -> bool {
    !member.value.json.is_empty()
}

/// Finds a key that occurs twice.
fn duplicate<'a>(members: &'a [Member<'_>]) -> Option<&'a str> {
    /// Up to this number, comparing each pair is cheaper than hashing. Beyond it, the cost must not
    /// be quadratic.
    const FEW: usize = 32;
    let mut names = members.iter().map(|member| member.key.as_ref());
    if members.len() > FEW {
        let mut seen = std::collections::HashSet::with_capacity(members.len());
        return names.find(|name| !seen.insert(*name));
    }
    // Most names differ in their length or their ends: each name sets a bit, and only a bit that
    // was set before requires a comparison.
    let mut seen = 0_u64;
    let earlier = names.clone();
    names.enumerate().find_map(|(at, name)| {
        let bit = 1 << (mark(name.as_bytes()) % u64::BITS);
        let is_new = seen & bit == 0;
        seen |= bit;
        (!is_new && earlier.clone().take(at).any(|earlier| earlier == name)).then_some(name)
    })
}

fn mark(name: &[u8]) -> u32 {
    let byte = |byte: Option<&u8>| u32::from(byte.copied().unwrap_or_default());
    let len = u32::try_from(name.len()).unwrap_or_default();
    len.wrapping_mul(7) ^ byte(name.first()).wrapping_mul(5) ^ byte(name.last()).wrapping_mul(11)
}
