//! The keys of a record, in one table. The writer, the reader, the schemas, the samples, the
//! command `validate`, the reserved names and docs/envelope.md all read it.
//!
//! A new key is a new row and a new [`Key`]. Code that writes or samples a key matches on [`Key`];
//! code that describes or checks a value matches on [`KeyType`]. So an unhandled row does not
//! compile. `event-core/tests/record_keys.rs` checks the writer and the reader against the table.

mod table;
mod text;

pub use table::{ENVELOPE, RECORD};
#[doc(hidden)]
pub use text::{joined, len, text};

/// One row: a key that a record has in addition to the event's own fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordKey {
    /// Which key.
    pub key: Key,
    /// The places of the key and its name in each. At most one place is in the line, and at most
    /// one in the envelope; keys within `actor` are in both.
    pub places: &'static [KeyPlace],
    /// The type of its value.
    pub value: KeyType,
    /// Whether a reader of the record needs the key.
    pub needed: Needed,
    /// The meaning of the key, in one sentence.
    pub meaning: &'static str,
    /// When the key is written, in the words of docs/envelope.md.
    pub when: &'static str,
}

/// One place of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPlace {
    /// The object that has the key.
    pub within: Within,
    /// The name of the key in that object.
    pub name: &'static str,
    /// The events whose records may have the key.
    pub events: Events,
    /// When those records have the key.
    pub written: Written,
}

/// An object of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// The flat line.
    Line,
    /// The outermost object of the envelope.
    Envelope,
    /// The envelope's `context`.
    Context,
    /// `actor`, in the line and in the envelope.
    Actor,
    /// The envelope's `entity`.
    Entity,
}

/// The events whose records may have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Events {
    /// Every event.
    Every,
    /// Every event, unless its context declares a field of the key's name: that field takes the
    /// place of the key.
    Undeclared,
    /// Events that are sampled, and wide events.
    SampledOrWide,
    /// Wide events, which are the records of units of work.
    Wide,
    /// Events with a field `#[entity]`, which is their own, of their context, or of a unit of work.
    WithEntity,
    /// Events with a field `#[entity_version]`, which is their own or of a unit of work.
    WithEntityVersion,
}

/// When a key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// In every record.
    Always,
    /// In every record of a sampled event; in some records of other events.
    IfSampled,
    /// In every record if the source field always has a text or a number.
    IfAlwaysKnown,
    /// Only if there is a value.
    IfBound,
}

/// Whether a reader needs a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// The reader needs the key.
    Always,
    /// The reader needs the key unless the event's version is 1: a missing version is read as 1.
    UnlessFirst,
    /// The reader does not need the key.
    Never,
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// The name of the event: in snake case in the line, dotted in the envelope.
    EventName,
    /// The version of the event: a whole number from 1.
    EventVersion,
    /// A level, as text.
    Level,
    /// A time in RFC 3339, as text.
    Time,
    /// A UUID with hyphens, as text.
    Uuid,
    /// A position in a sequence: a whole number from 1.
    Position,
    /// A number above 0, up to 1.
    Share,
    /// `true` or `false`.
    Bool,
    /// Any text.
    Text,
    /// An id of the W3C trace context: lowercase hex digits, not all of them 0.
    TraceId {
        /// The number of digits.
        digits: u32,
    },
    /// The id of a process: a whole number of 32 bits, not negative.
    ProcessId,
    /// The kind of an actor, as text.
    ActorKind,
    /// The type of the entity that the event declares, as text.
    EntityKind,
    /// The value of the field `#[entity_version]`.
    EntityVersion,
    /// An object with keys of this table; for [`Within::Context`] also with the declared fields.
    Object(Within),
    /// An object with the event's own fields and the contributions to a unit of work.
    Payload,
}

/// Every key of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each has its meaning in its row of `RECORD`")]
pub enum Key {
    Event,
    Version,
    Level,
    OccurredAt,
    RecordedAt,
    EventId,
    Sequence,
    Incomplete,
    SampleRate,
    SampleReason,
    Actor,
    ActorType,
    ActorId,
    ActorSession,
    Entity,
    EntityType,
    EntityId,
    EntityVersion,
    TraceId,
    SpanId,
    ParentSpanId,
    CorrelationId,
    CausationId,
    Service,
    ServiceVersion,
    Environment,
    ServiceHost,
    ServicePid,
    Context,
    Payload,
}

impl Key {
    /// The row of the key.
    pub const fn row(self) -> &'static RecordKey {
        &RECORD[self as usize]
    }

    /// The name of the key in an object.
    ///
    /// # Panics
    ///
    /// If the object does not have the key.
    pub const fn name(self, within: Within) -> &'static str {
        match self.row().place(within) {
            Some(place) => place.name,
            None => panic!("the object does not have this key"),
        }
    }
}

impl RecordKey {
    /// The place of the key in an object; `None` if the object does not have the key.
    pub const fn place(&self, within: Within) -> Option<&'static KeyPlace> {
        let mut at = 0;
        while at < self.places.len() {
            if self.places[at].within as u8 == within as u8 {
                return Some(&self.places[at]);
            }
            at += 1;
        }
        None
    }
}

/// The keys of an object, in the order in which they are written.
pub fn members(
    within: Within,
) -> impl Iterator<Item = (&'static RecordKey, &'static KeyPlace)> + Clone {
    let envelope = if within == Within::Envelope { ENVELOPE } else { &[] };
    let others = if within == Within::Envelope { &[] } else { RECORD };
    let rows = envelope.iter().map(|key| key.row()).chain(others);
    rows.filter_map(move |row| Some((row, row.place(within)?)))
}

/// Whether an object of a record has a key of this name for every event.
pub fn has(within: Within, name: &str) -> bool {
    RECORD.iter().any(|row| row.place(within).is_some_and(|place| place.name == name))
}

/// Whether the text is a W3C id: `digits` lower-case hexadecimal digits that are not all 0.
///
/// ```
/// use event_grammar::record::is_trace_id;
///
/// assert!(is_trace_id("00f067aa0ba902b7", 16) && !is_trace_id("00F067aa0ba902b7", 16));
/// assert!(!is_trace_id("0000000000000000", 16));
/// ```
pub fn is_trace_id(text: &str, digits: u32) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits as usize
        && text.bytes().all(is_hex)
        && text.bytes().any(|byte| byte != b'0')
}

/// How many keys the records of such events have in the line.
pub(crate) const fn count_in_line(events: Events) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < RECORD.len() {
        if is_in_line(&RECORD[at], events) {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The names of the keys that the records of such events have in the line; `N` is their number.
pub(crate) const fn names_in_line<const N: usize>(events: Events) -> [&'static str; N] {
    let (mut names, mut at, mut count) = ([""; N], 0, 0);
    while at < RECORD.len() {
        if is_in_line(&RECORD[at], events) {
            names[count] = RECORD[at].key.name(Within::Line);
            count += 1;
        }
        at += 1;
    }
    names
}

const fn is_in_line(row: &RecordKey, events: Events) -> bool {
    match row.place(Within::Line) {
        Some(place) => place.events as u8 == events as u8,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{ENVELOPE, KeyType, RECORD, Within, members};

    #[test]
    fn each_key_is_the_row_of_its_number() {
        for (at, row) in RECORD.iter().enumerate() {
            assert_eq!(row.key as usize, at, "{:?}", row.key);
        }
    }

    #[test]
    fn the_envelope_lists_each_of_its_keys_once() {
        let listed = |row: &&super::RecordKey| row.place(Within::Envelope).is_some();
        let mut keys: Vec<_> = RECORD.iter().filter(listed).map(|row| row.key as usize).collect();
        let mut order: Vec<_> = ENVELOPE.iter().map(|key| *key as usize).collect();
        keys.sort_unstable();
        order.sort_unstable();
        assert_eq!(keys, order);
    }

    #[test]
    fn no_object_has_a_name_twice_and_each_is_the_value_of_a_key() {
        use Within::{Actor, Context, Entity, Envelope, Line};
        for within in [Line, Envelope, Context, Actor, Entity] {
            let mut names: Vec<_> = members(within).map(|(_, place)| place.name).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{within:?}");
            let is_root = matches!(within, Line | Envelope);
            let is_it = |row: &super::RecordKey| row.value == KeyType::Object(within);
            assert_eq!(RECORD.iter().filter(|row| is_it(row)).count(), usize::from(!is_root));
        }
    }
}
