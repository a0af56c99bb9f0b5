//! Reads a record by its members, without a JSON parser: the key, and the value with its type.
//!
//! A sink may write to a destination with its own types: attributes of OTLP, labels of metrics,
//! columns, keys of a broker. Such a sink reads [`Record::members`] and returns `true` from
//! [`Sink::wants_members`](crate::Sink::wants_members). The values are read from the written
//! record, so they are masked.

use super::{Marks, Record};
use crate::value::buffer::has_backslash;
use crate::value::encode::{Mark, scan};
use crate::value::read::unescaped;
use std::borrow::Cow;

/// An iterator over the members of a record, in the order in which they are written.
///
/// ```
/// use event_core::record::members::{MemberPlace, TypedValue};
/// use event_core::sink::Memory;
/// use event_core::{Emitter, events};
///
/// events!(
///     #[domain]
///     pub enum Payment { Process }
///
///     #[event(info)]
///     pub struct PaymentProcessCompleted {
///         pub amount_cents: i64,
///         pub tags: Vec<String>,
///     }
/// );
///
/// # fn main() {
/// let memory = Memory::new();
/// let emitter = Emitter::builder().service("shop").sink(memory.clone()).build();
/// emitter.emit(&PaymentProcessCompleted { amount_cents: 4_999, tags: vec!["new".into()] });
///
/// let records = memory.records();
/// let record = records[0].record();
/// let mut members = record.members();
/// let service = members.next().unwrap();
/// assert_eq!((service.place(), &*service.key(), service.json()), (MemberPlace::Context, "service", r#""shop""#));
/// assert_eq!(members.next().unwrap().value(), TypedValue::Unsigned(4_999));
/// let TypedValue::List(mut tags) = members.next().unwrap().value() else { panic!("not a list") };
/// assert_eq!(tags.next(), Some(TypedValue::Text("new".into())));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Members<'a> {
    /// The line without its closing brace.
    text: &'a str,
    parts: Marks,
    next: Option<Mark>,
    /// The members after `next`. `None` if the members must be searched in the line.
    marked: Option<&'a [Mark]>,
}

/// One member of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypedMember<'a> {
    place: MemberPlace,
    /// The key as it is written, possibly with escapes.
    key: &'a str,
    json: &'a str,
}

/// The part of the record that a member is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MemberPlace {
    /// The emission of the record: `incomplete`, `sample_rate`, `sample_reason`.
    Emission,
    /// The actor: `actor`, an object.
    Actor,
    /// The bound context: the trace, the correlation and causation ids, the service, and the
    /// context groups that the event declares.
    Context,
    /// The event's own fields, the fields of its groups, and the contributions of its unit of work.
    Payload,
}

/// A value with its type, as it is written in the record.
///
/// The type is the type of the JSON text: a whole number that is not negative is `Unsigned`,
/// whatever its field's type in Rust, and a float that is not finite is `Null`. A whole number of
/// more than 64 bits, which only a foreign type can write, is the nearest `Float`;
/// [`TypedMember::json`] has all digits.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TypedValue<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A negative whole number.
    Signed(i64),
    /// A whole number that is not negative.
    Unsigned(u64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// A text. It is borrowed from the record if it has no escapes.
    Text(Cow<'a, str>),
    /// A list: an iterator over its items.
    List(Items<'a>),
    /// An object: an iterator over its keys and values.
    Object(Entries<'a>),
}

/// The items of a list. Each item is searched when the iterator reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items<'a> {
    json: &'a str,
    /// The rest, without the closing bracket.
    rest: &'a str,
}

/// The keys and values of an object. Each is searched when the iterator reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<'a> {
    json: &'a str,
    /// The rest, without the closing brace.
    rest: &'a str,
}

impl<'a> Record<'a> {
    /// The members one by one, masked: the key, and the value with its type. The order is the
    /// members about the emission (`incomplete`, `sample_rate`, `sample_reason`), `actor`, the
    /// members of [`Record::context`], and the members of [`Record::payload`]. For the name, the
    /// level, the times and the ids, use the record's own methods.
    ///
    /// If a sink of the emitter [asks for members](crate::Sink::wants_members), the encoder marks
    /// them and no JSON is parsed. Otherwise, the members are searched in the line. This gives the
    /// same result, but takes longer.
    pub fn members(&self) -> Members<'a> {
        Members::of(self)
    }
}

impl<'a> Members<'a> {
    pub(super) fn of(record: &Record<'a>) -> Self {
        let text = record.text();
        let text = text.strip_suffix('}').unwrap_or(text);
        let (next, marked) = match record.members.split_first() {
            Some((next, marked)) => (Some(*next), Some(marked)),
            None => (found(text, record.marks.sampling as usize), None),
        };
        Self { text, parts: record.marks, next, marked }
    }
}

/// The mark of the member that begins with the comma at `at`.
fn found(text: &str, at: usize) -> Option<Mark> {
    scan::first(text.as_bytes().get(at..)?).map(|mark| mark.moved(at))
}

impl<'a> Iterator for Members<'a> {
    type Item = TypedMember<'a>;

    #[inline]
    fn next(&mut self) -> Option<TypedMember<'a>> {
        let mark = self.next?;
        let end = match &mut self.marked {
            Some(marked) => {
                self.next = marked.split_off_first().copied();
                self.next.map_or(self.text.len(), Mark::start)
            }
            None => {
                let end = mark.value() + scan::value_end(self.text.as_bytes().get(mark.value()..)?);
                self.next = found(self.text, end);
                end
            }
        };
        let (key, json) = (self.text.get(mark.key())?, self.text.get(mark.value()..end)?);
        Some(TypedMember { place: self.parts.part_of(mark.start()), key, json })
    }
}

impl Marks {
    /// The part of the record that has a member beginning at `start`.
    fn part_of(&self, start: usize) -> MemberPlace {
        if start >= self.payload as usize {
            MemberPlace::Payload
        } else if start >= self.context as usize {
            MemberPlace::Context
        } else if start >= self.actor as usize {
            MemberPlace::Actor
        } else {
            MemberPlace::Emission
        }
    }
}

impl<'a> TypedMember<'a> {
    /// The part of the record that the member is in.
    pub const fn place(&self) -> MemberPlace {
        self.place
    }

    /// The key. It is borrowed if it has no escapes.
    pub fn key(&self) -> Cow<'a, str> {
        text(self.key)
    }

    /// The value.
    pub fn value(&self) -> TypedValue<'a> {
        TypedValue::of(self.json)
    }

    /// The value as JSON text.
    pub const fn json(&self) -> &'a str {
        self.json
    }
}

impl<'a> TypedValue<'a> {
    /// Parses JSON text that the encoder or serde has written.
    fn of(json: &'a str) -> Self {
        match json.as_bytes() {
            [b'"', .., b'"'] => Self::Text(text(&json[1..json.len() - 1])),
            [b'{', .., b'}'] => Self::Object(Entries { json, rest: &json[1..json.len() - 1] }),
            [b'[', .., b']'] => Self::List(Items { json, rest: &json[1..json.len() - 1] }),
            b"true" => Self::Bool(true),
            b"false" => Self::Bool(false),
            [b'-' | b'0'..=b'9', ..] => Self::number(json),
            _ => Self::Null,
        }
    }

    fn number(json: &'a str) -> Self {
        let float = || json.parse().map_or(Self::Null, Self::Float);
        if json.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            return float();
        }
        let whole = if json.starts_with('-') {
            json.parse().map(Self::Signed)
        } else {
            json.parse().map(Self::Unsigned)
        };
        whole.unwrap_or_else(|_| float())
    }
}

/// The text between two quotes, with its escapes resolved. Half of a surrogate pair stays as it is
/// written; only ready JSON of a foreign type can contain one.
fn text(inner: &str) -> Cow<'_, str> {
    // In a written text, all special characters are escaped by a backslash.
    if !has_backslash(inner.as_bytes()) {
        return Cow::Borrowed(inner);
    }
    unescaped(inner).map_or(Cow::Borrowed(inner), Cow::Owned)
}

impl<'a> Items<'a> {
    /// The whole list, as JSON text.
    pub const fn json(&self) -> &'a str {
        self.json
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = TypedValue<'a>;

    fn next(&mut self) -> Option<TypedValue<'a>> {
        let item = split_value(&mut self.rest).trim_ascii();
        (!item.is_empty()).then(|| TypedValue::of(item))
    }
}

impl<'a> Entries<'a> {
    /// The whole object, as JSON text.
    pub const fn json(&self) -> &'a str {
        self.json
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = (Cow<'a, str>, TypedValue<'a>);

    fn next(&mut self) -> Option<(Cow<'a, str>, TypedValue<'a>)> {
        let quoted = self.rest.trim_ascii_start().strip_prefix('"')?;
        let (key, behind) = quoted.split_at_checked(scan::string_end(quoted.as_bytes())?)?;
        self.rest = behind.trim_ascii_start().strip_prefix(':')?;
        let value = split_value(&mut self.rest).trim_ascii();
        Some((text(key.strip_suffix('"')?), TypedValue::of(value)))
    }
}

/// Takes the first value and the comma after it from `rest`.
fn split_value<'a>(rest: &mut &'a str) -> &'a str {
    let (value, behind) =
        rest.split_at_checked(scan::value_end(rest.as_bytes())).unwrap_or_default();
    *rest = behind.strip_prefix(',').unwrap_or_default();
    value
}
