//! Formats of integers.

use crate::decimal::Decimal;

/// The range of an integer format, as schema generators (`uint32`) and `OpenAPI` (`int32`) name it.
pub(crate) fn integer_range(name: &str) -> Option<(Decimal, Decimal)> {
    let (min, max): (i128, i128) = match name {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return None,
    };
    Some((Decimal::from_integer(min), Decimal::from_integer(max)))
}
