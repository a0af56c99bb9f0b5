//! Parameters and columns in PostgreSQL's binary format. The server says which type each has.

use crate::database::row::Cell;
use crate::database::value::Value;
use bytes::{BufMut, BytesMut};
use event_core::Timestamp;
use std::error::Error;
use std::fmt::Write as _;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// The microseconds from 1970 to 2000, where PostgreSQL counts from.
const YEAR_2000: i64 = 946_684_800_000_000;

/// The first byte of a `jsonb`: the version of its format.
const JSONB_VERSION: u8 = 1;

type Unfit = Box<dyn Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
        match *self {
            Self::Null => return Ok(IsNull::Yes),
            Self::Integer(number) => put_integer(number, ty, out)?,
            Self::Text(text) => put_text(text, ty, out)?,
            Self::Time(time) if *ty == Type::TIMESTAMPTZ => {
                out.put_i64(time.as_micros().saturating_sub(YEAR_2000));
            }
            Self::Time(time) => put_text(&time.to_string(), ty, out)?,
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn put_integer(number: i64, ty: &Type, out: &mut BytesMut) -> Result<(), Unfit> {
    match *ty {
        Type::INT8 => out.put_i64(number),
        Type::INT4 => out.put_i32(number.try_into()?),
        Type::INT2 => out.put_i16(number.try_into()?),
        _ => return Err(unfit("a number", ty)),
    }
    Ok(())
}

fn put_text(text: &str, ty: &Type, out: &mut BytesMut) -> Result<(), Unfit> {
    match *ty {
        Type::UUID => out.put_u128(uuid(text).ok_or_else(|| unfit("a text", ty))?),
        Type::TIMESTAMPTZ => {
            let time = Timestamp::parse(text).ok_or_else(|| unfit("a text", ty))?;
            out.put_i64(time.as_micros().saturating_sub(YEAR_2000));
        }
        Type::JSONB => {
            out.put_u8(JSONB_VERSION);
            out.put_slice(text.as_bytes());
        }
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::JSON | Type::UNKNOWN => {
            out.put_slice(text.as_bytes());
        }
        _ => return Err(unfit("a text", ty)),
    }
    Ok(())
}

/// The value is not in the text: it may be of an event.
fn unfit(value: &str, ty: &Type) -> Unfit {
    format!("{value} does not fit a column of type {ty}").into()
}

/// A UUID of 32 digits, with or without hyphens.
fn uuid(text: &str) -> Option<u128> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let is_digits = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u128::from_str_radix(&digits, 16).ok().filter(|_| is_digits)
}

/// What a column of a row holds.
pub(in crate::database) fn cell(row: &Row, column: usize) -> Cell {
    row.try_get(column).unwrap_or_else(|error| Cell::Other(error.to_string()))
}

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Unfit> {
        Ok(match *ty {
            Type::INT8 => Self::Integer(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Integer(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Self::Integer(i16::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Integer(bool::from_sql(ty, raw)?.into()),
            Type::TIMESTAMPTZ => {
                let micros = i64::from_be_bytes(raw.try_into()?);
                // `infinity` is the largest number, and so far outside too.
                match micros.checked_add(YEAR_2000) {
                    Some(micros) => Self::Time(Timestamp::from_micros(micros)),
                    None => Self::Other("a time without end".to_owned()),
                }
            }
            Type::UUID => Self::Text(hyphenated(raw.try_into()?)),
            Type::JSONB => text(raw.strip_prefix(&[JSONB_VERSION]).unwrap_or(raw)),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::JSON | Type::UNKNOWN => {
                text(raw)
            }
            _ => Self::Other(format!("a value of type {ty}")),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Unfit> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn text(raw: &[u8]) -> Cell {
    match str::from_utf8(raw) {
        Ok(text) => Cell::Text(text.to_owned()),
        Err(_) => Cell::NotUtf8(String::from_utf8_lossy(raw).into_owned()),
    }
}

/// `018f6b2e-8c1d-7e3a-9f00-1234567890ab`.
fn hyphenated(raw: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (at, byte) in raw.iter().enumerate() {
        if [4, 6, 8, 10].contains(&at) {
            text.push('-');
        }
        // A `String` takes everything.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Cell, Value};
    use bytes::BytesMut;
    use event_core::Timestamp;
    use tokio_postgres::types::{FromSql, ToSql, Type};

    /// What is read of a value that was written as a type.
    fn through(value: Value<'_>, ty: &Type) -> Option<Cell> {
        let mut out = BytesMut::new();
        value.to_sql(ty, &mut out).ok().map(|_| Cell::from_sql(ty, &out).unwrap())
    }

    #[test]
    fn a_value_is_read_as_it_was_written() {
        let id = "018f6b2e-8c1d-7e3a-9f00-1234567890ab";
        let json = "{\"a\": 1}";
        for ty in [Type::TEXT, Type::VARCHAR, Type::JSON, Type::JSONB] {
            assert_eq!(through(json.into(), &ty), Some(Cell::Text(json.to_owned())), "{ty}");
        }
        assert_eq!(through(id.into(), &Type::UUID), Some(Cell::Text(id.to_owned())));
        assert_eq!(through(Value::from(-7_i64), &Type::INT2), Some(Cell::Integer(-7)));
        assert_eq!(through(i64::MAX.into(), &Type::INT8), Some(Cell::Integer(i64::MAX)));
        for text in ["1999-12-31T23:59:59.999999Z", "2026-11-30T09:00:00.000001Z"] {
            let time = Timestamp::parse(text).unwrap();
            assert_eq!(through(time.into(), &Type::TIMESTAMPTZ), Some(Cell::Time(time)));
            assert_eq!(through(text.into(), &Type::TIMESTAMPTZ), Some(Cell::Time(time)));
            assert_eq!(through(time.into(), &Type::TEXT), Some(Cell::Text(text.to_owned())));
        }
    }

    #[test]
    fn what_does_not_fit_is_an_error_without_the_value() {
        for (value, ty) in [
            (Value::from(70_000_i64), Type::INT2),
            (Value::from(i64::MAX), Type::INT4),
            (Value::from(7_i64), Type::TEXT),
            (Value::from("secret"), Type::UUID),
            (Value::from("secret"), Type::INT8),
            (Value::from("+0000000-0000-0000-0000-000000000001"), Type::UUID),
        ] {
            let error = value.to_sql(&ty, &mut BytesMut::new()).err().unwrap().to_string();
            assert!(!error.contains("secret") && !error.contains("70"), "{error}");
        }
    }

    #[test]
    fn a_time_without_end_is_no_time_and_one_without_beginning_is_past() {
        for micros in [i64::MAX, i64::MIN] {
            let cell = Cell::from_sql(&Type::TIMESTAMPTZ, &micros.to_be_bytes()).unwrap();
            let is_past = matches!(cell, Cell::Time(time) if time < Timestamp::now());
            assert_eq!(is_past, micros < 0, "{cell:?}");
        }
    }
}
