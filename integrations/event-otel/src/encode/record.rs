//! One record as a `LogRecord`.

use super::field::{
    ARRAY, ATTRIBUTES, BOOL, DOUBLE, EVENT_NAME, Field, INT, KVLIST, LOG_RECORDS, OBSERVED_TIME,
    SEVERITY_NUMBER, SEVERITY_TEXT, SPAN_ID, STRING, TIME, TRACE_ID, VALUES,
};
use super::service::Service;
use super::severity::severity_number;
use super::wire::Wire;
use event_core::Timestamp;
use event_core::record::Record;
use event_core::record::members::{MemberPlace, TypedMember, TypedValue};
use event_grammar::record::{Key, Within};

/// The attribute of the record's id (semantic conventions, `log.record.uid`).
pub(crate) const RECORD_UID: &str = "log.record.uid";

/// The attribute of the version of the event's declaration. It has the key of the line, as all
/// members have for which OTLP has no field.
pub(crate) const VERSION: &str = Key::Version.name(Within::Line);

/// How many lists and maps may be within each other. A deeper one is written as JSON text: each
/// level is three messages in protobuf, and readers refuse more than 100, with the whole request.
const DEEPEST: u32 = 24;

/// The largest whole number of OTLP.
const LARGEST: u64 = i64::MAX.cast_unsigned();

/// Writes the record as an item of `logRecords`.
pub(crate) fn write<W: Wire>(out: &mut W, record: &Record<'_>) {
    out.record(LOG_RECORDS, |out| {
        let time = nanos(record.occurred_at());
        if let Some(time) = time {
            out.fixed(TIME, time);
        }
        out.number(SEVERITY_NUMBER, severity_number(record.level()));
        out.text(SEVERITY_TEXT, record.level().as_str());
        let mut trace = Trace::default();
        out.list(ATTRIBUTES, |out| {
            let uid = uuid(record.event_id().as_u128());
            out.text_pair(ATTRIBUTES, RECORD_UID, str::from_utf8(&uid).unwrap_or_default());
            out.int_pair(ATTRIBUTES, VERSION, record.meta().version.into());
            if time.is_none() {
                let text = record.occurred_at().to_string();
                out.text_pair(ATTRIBUTES, Key::OccurredAt.name(Within::Line), &text);
            }
            for member in record.members() {
                if member.place() != MemberPlace::Context || !trace.takes(&member) {
                    write_member(out, &member);
                }
            }
        });
        if let Some(id) = trace.trace_id {
            out.id(TRACE_ID, &id);
        }
        if let Some(id) = trace.span_id {
            out.id(SPAN_ID, &id);
        }
        if let Some(time) = nanos(record.recorded_at()) {
            out.fixed(OBSERVED_TIME, time);
        }
        out.text(EVENT_NAME, record.meta().name.snake);
    });
}

/// The text of an id, as its `Display` writes it, which costs several times as much.
fn uuid(id: u128) -> [u8; 36] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    // The position of each byte's two digits.
    const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
    let mut text = [b'-'; 36];
    for (byte, place) in id.to_be_bytes().into_iter().zip(PLACES) {
        text[place] = DIGITS[usize::from(byte >> 4)];
        text[place + 1] = DIGITS[usize::from(byte & 15)];
    }
    text
}

/// Nanoseconds since the epoch. `None` for a time that OTLP has no number for: until 1970, 0 is
/// "unknown", and after the year 2554.
fn nanos(time: Timestamp) -> Option<u64> {
    let micros = u64::try_from(time.as_micros()).ok().filter(|micros| *micros > 0)?;
    micros.checked_mul(1_000)
}

/// Whether OTLP has no number for the time of the record.
#[cfg(feature = "opentelemetry")]
pub(crate) fn is_timeless(record: &Record<'_>) -> bool {
    nanos(record.occurred_at()).is_none()
}

/// The members of the context that are fields of the `LogRecord`.
#[derive(Default)]
struct Trace {
    trace_id: Option<[u8; 16]>,
    span_id: Option<[u8; 8]>,
}

impl Trace {
    /// Whether the member of the context is not an attribute: it is the trace's, or the resource's.
    fn takes(&mut self, member: &TypedMember<'_>) -> bool {
        const TRACE: &str = Key::TraceId.name(Within::Line);
        const SPAN: &str = Key::SpanId.name(Within::Line);
        let key = member.key();
        if key == TRACE {
            self.trace_id = hex(member.json());
            self.trace_id.is_some()
        } else if key == SPAN {
            self.span_id = hex(member.json());
            self.span_id.is_some()
        } else {
            Service::place_of(&key).is_some()
        }
    }
}

/// The bytes of hex digits in quotes.
pub(crate) fn hex<const N: usize>(quoted: &str) -> Option<[u8; N]> {
    let digits = quoted.strip_prefix('"')?.strip_suffix('"')?.as_bytes();
    let mut bytes = [0; N];
    if digits.len() != 2 * N {
        return None;
    }
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(bytes)
}

/// Writes a member as an attribute. An attribute cannot be `null`: many readers would make an empty
/// text of it.
#[inline]
fn write_member<W: Wire>(out: &mut W, member: &TypedMember<'_>) {
    let key = member.key();
    match member.value() {
        TypedValue::Null => {}
        TypedValue::Text(text) => out.text_pair(ATTRIBUTES, &key, &text),
        TypedValue::Unsigned(number @ 0..=LARGEST) => {
            out.int_pair(ATTRIBUTES, &key, number.cast_signed());
        }
        value => out.pair(ATTRIBUTES, &key, |out| write_value(out, value, 0)),
    }
}

/// Writes the field of an `AnyValue`. `null` has none.
pub(super) fn write_value<W: Wire>(out: &mut W, value: TypedValue<'_>, depth: u32) {
    match value {
        TypedValue::Text(text) => out.text(STRING, &text),
        TypedValue::Unsigned(number @ 0..=LARGEST) => out.int(INT, number.cast_signed()),
        // A double would lose digits.
        TypedValue::Unsigned(number) => out.text(STRING, &number.to_string()),
        TypedValue::Signed(number) => out.int(INT, number),
        TypedValue::Float(number) => out.double(DOUBLE, number),
        TypedValue::Bool(truth) => out.bool(BOOL, truth),
        TypedValue::List(list) if depth == DEEPEST => out.text(STRING, list.json()),
        TypedValue::Object(object) if depth == DEEPEST => out.text(STRING, object.json()),
        TypedValue::List(list) => within(out, ARRAY, |out| {
            for item in list {
                out.item(VALUES, |out| write_value(out, item, depth + 1));
            }
        }),
        TypedValue::Object(object) => within(out, KVLIST, |out| {
            for (key, value) in object {
                out.pair(VALUES, &key, |out| write_value(out, value, depth + 1));
            }
        }),
        _ => {}
    }
}

fn within<W: Wire>(out: &mut W, field: Field, write: impl FnOnce(&mut W)) {
    out.message(field, |out| out.list(VALUES, write));
}
