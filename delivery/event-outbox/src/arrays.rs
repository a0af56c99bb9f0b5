//! Rows as arrays, one for each column.

use crate::row::{COLUMNS, OutboxRow};
use event_core::{EventId, Timestamp};
use std::borrow::Cow;
use std::fmt;

/// The values of a column, one for each row. `None` is `NULL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Array<'a> {
    /// Integers: bind them as `bigint[]`.
    Integers(Vec<Option<i64>>),
    /// Texts, and the texts of ids and times: bind them as `text[]`. The statement casts them, so
    /// that an adapter needs no types of its own.
    Texts(Vec<Option<Cow<'a, str>>>),
}

/// The rows as the parameters of [`INSERT`](crate::sql::postgres::INSERT) for PostgreSQL, in the
/// order of [`OutboxRow::COLUMNS`].
///
/// # Errors
///
/// If a text has the character U+0000, which PostgreSQL does not store in a text.
pub fn arrays<'a>(rows: &'a [OutboxRow<'_>]) -> Result<[Array<'a>; COLUMNS], NulCharacter> {
    let texts = |column, of: fn(&'a OutboxRow<'_>) -> Option<&'a str>| {
        let texts = rows.iter().map(|row| match of(row) {
            Some(text) if text.contains('\0') => {
                let OutboxRow { event_id, event_type, .. } = *row;
                Err(NulCharacter { column, event_id, event_type })
            }
            text => Ok(text.map(Cow::Borrowed)),
        });
        texts.collect::<Result<_, _>>().map(Array::Texts)
    };
    let integers =
        |of: fn(&OutboxRow<'_>) -> Option<i64>| Array::Integers(rows.iter().map(of).collect());
    let times = |of: fn(&OutboxRow<'_>) -> Option<Timestamp>| {
        let text = |row| of(row).map(|time| Cow::Owned(time.to_string()));
        Array::Texts(rows.iter().map(text).collect())
    };
    let ids = rows.iter().map(|row| Some(Cow::Owned(row.event_id.to_string())));
    Ok([
        Array::Texts(ids.collect()),
        texts("event_type", |row| Some(row.event_type))?,
        integers(|row| Some(row.event_version.into())),
        texts("entity_type", |row| row.entity_type)?,
        texts("entity_id", |row| row.entity_id.as_deref())?,
        integers(|row| row.entity_version),
        times(|row| Some(row.occurred_at)),
        times(|row| Some(row.recorded_at)),
        texts("trace_id", |row| row.trace_id.as_deref())?,
        texts("span_id", |row| row.span_id.as_deref())?,
        texts("correlation_id", |row| row.correlation_id.as_deref())?,
        texts("deduplication_key", |row| row.deduplication_key.as_deref())?,
        times(|row| row.retain_until),
        texts("envelope", |row| Some(&row.envelope))?,
    ])
}

/// A text has the character U+0000, which PostgreSQL does not store in a text. Nothing was sent.
///
/// An envelope may have it: JSON writes it as an escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NulCharacter {
    /// The column of the text.
    pub column: &'static str,
    /// The event.
    pub event_id: EventId,
    /// The name of the event, with dots.
    pub event_type: &'static str,
}

impl fmt::Display for NulCharacter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, event_id, event_type } = self;
        write!(
            f,
            "`{column}` of the event `{event_type}` ({event_id}) has the character U+0000, which \
             PostgreSQL does not store\nhelp: check where the value is from, and remove the \
             character before you emit the event"
        )
    }
}

impl std::error::Error for NulCharacter {}

#[cfg(test)]
mod tests {
    use super::{Array, NulCharacter, arrays};
    use crate::row::{OutboxRow, Value};
    use event_core::{EventId, Timestamp};
    use std::borrow::Cow;

    fn row(number: i64) -> OutboxRow<'static> {
        let is_odd = number % 2 == 1;
        let text = |name: &str| is_odd.then(|| format!("{name} {number}").into());
        OutboxRow {
            event_id: EventId::from_u128(number.unsigned_abs().into()),
            event_type: "order.created",
            event_version: 2,
            entity_type: is_odd.then_some("order"),
            entity_id: text("entity"),
            entity_version: is_odd.then_some(number + 5),
            occurred_at: Timestamp::from_micros(number),
            recorded_at: Timestamp::from_micros(-number),
            trace_id: text("trace"),
            span_id: text("span"),
            correlation_id: text("correlation"),
            deduplication_key: is_odd.then(|| format!("key {number}")),
            retain_until: is_odd.then(|| Timestamp::from_micros(number + 9)),
            envelope: format!("{{{number}}}"),
        }
    }

    #[test]
    fn the_arrays_have_the_values_of_the_rows() {
        let rows = [row(1), row(2), row(3)];
        let arrays = arrays(&rows).unwrap();
        for (at, row) in rows.iter().enumerate() {
            for (array, value) in arrays.iter().zip(row.values()) {
                match (array, value) {
                    (Array::Integers(numbers), Value::Integer(number)) => {
                        assert_eq!(numbers[at], Some(number));
                    }
                    (Array::Integers(numbers), value) => {
                        assert_eq!((numbers[at], value), (None, Value::Null));
                    }
                    (Array::Texts(texts), value) => assert_eq!(texts[at], text_of(value)),
                }
            }
        }
    }

    fn text_of(value: Value<'_>) -> Option<Cow<'_, str>> {
        match value {
            Value::Null => None,
            Value::Text(text) => Some(text.into()),
            Value::Id(id) => Some(id.to_string().into()),
            Value::Time(time) => Some(time.to_string().into()),
            Value::Integer(number) => panic!("{number} is in an array of texts"),
        }
    }

    #[test]
    fn a_text_with_the_character_zero_is_refused() {
        let at = OutboxRow { entity_id: Some("a\0b".into()), ..row(2) };
        let refused = arrays(&[row(1), at]).unwrap_err();
        let event_id = EventId::from_u128(2);
        assert_eq!(
            refused,
            NulCharacter { column: "entity_id", event_id, event_type: "order.created" }
        );
        let text = refused.to_string();
        assert!(text.starts_with("`entity_id` of the event `order.created` (00000000-0000-"));
        assert!(!text.contains('\0') && text.contains("\nhelp: "), "{text}");
    }
}
