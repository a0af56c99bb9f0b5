//! Integers, in any spelling that JSON allows.

use super::error::{ReadError, ReadErrorKind};

/// The integer of `json`, which is a JSON number. As in JSON Schema, a number without a fractional
/// part is an integer: `4999.0`, `-0.0` and `1e2`. The result is exact: it is not converted to
/// floating point.
pub(super) fn whole(json: &str, expected: &'static str) -> Result<i128, ReadError> {
    let (is_negative, digits) = match json.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, json),
    };
    let magnitude = match plain(digits) {
        Some(magnitude) => magnitude,
        None => spelt(digits, expected)?,
    };
    let magnitude = i128::from(magnitude);
    Ok(if is_negative { -magnitude } else { magnitude })
}

/// Parses digits alone that fit 64 bits.
#[inline]
fn plain(digits: &str) -> Option<u64> {
    /// Every number of 19 digits is less than 2^64.
    const MOST: usize = 19;
    let bytes = digits.as_bytes();
    let all_digits = bytes.len() <= MOST && bytes.iter().all(u8::is_ascii_digit);
    all_digits.then(|| bytes.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

/// `49.990e2`: the digits before and after the point, and the number of places by which the
/// exponent moves it.
#[cold]
fn spelt(json: &str, expected: &'static str) -> Result<u64, ReadError> {
    let too_large = || ReadError::new(ReadErrorKind::OutOfRange { expected });
    let (decimal, exponent) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
    let (before, behind) = decimal.split_once('.').unwrap_or((decimal, ""));
    let all = [before, behind].concat();
    let significant = all.trim_end_matches('0');
    let dropped = all.len() - significant.len();
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    let places = |len: usize| i64::try_from(len).unwrap_or(i64::MAX);
    // An exponent beyond 64 bits has the same effect as the largest: no text is long enough to
    // compensate.
    let far = if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
    let zeros = exponent
        .parse()
        .unwrap_or(far)
        .saturating_sub(places(behind.len()))
        .saturating_add(places(dropped));
    if zeros < 0 {
        return Err(ReadError::new(ReadErrorKind::Mismatch {
            expected,
            found: "a number with a fraction",
        }));
    }
    let scale = u32::try_from(zeros)
        .ok()
        .and_then(|zeros| 10_u64.checked_pow(zeros))
        .ok_or_else(too_large)?;
    significant
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(scale))
        .ok_or_else(too_large)
}

#[cfg(test)]
mod tests {
    use super::whole;
    use proptest::prelude::*;

    fn read(json: &str) -> Result<i128, String> {
        whole(json, "an integer").map_err(|error| error.to_string())
    }

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_spelt() {
        let cases = [
            ("4999.0", 4_999),
            ("4999.000e0", 4_999),
            ("-0.0", 0),
            ("-0", 0),
            ("0e999999999999999999999", 0),
            ("1e2", 100),
            ("1E+2", 100),
            ("12.5e1", 125),
            ("1200e-2", 12),
            ("-0.00012e5", -12),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("18446744073709551615", i128::from(u64::MAX)),
            ("1.8446744073709551615e19", i128::from(u64::MAX)),
            ("-9.223372036854775808E18", i128::from(i64::MIN)),
        ];
        for (json, number) in cases {
            assert_eq!(read(json), Ok(number), "{json}");
        }
        let long = format!("1{}e-400", "0".repeat(400));
        assert_eq!(read(&long), Ok(1));
    }

    #[test]
    fn a_fraction_and_a_number_beyond_64_bits_are_told_apart() {
        for json in ["4999.5", "1e-1", "1e-99999999999999999999", "0.1e0", "9007199254740993.5"] {
            assert_eq!(
                read(json).unwrap_err(),
                "expected an integer, found a number with a fraction",
                "{json}"
            );
        }
        for json in
            ["1e400", "18446744073709551616", "1e99999999999999999999", "18446744073709551615.0e1"]
        {
            assert_eq!(read(json).unwrap_err(), "the number does not fit an integer", "{json}");
        }
    }

    proptest! {
        #[test]
        fn moving_the_point_changes_nothing(number in any::<i64>(), places in 0..30_usize, zeros in 0..5_usize) {
            let zeros = "0".repeat(zeros);
            prop_assert_eq!(read(&format!("{number}.0{zeros}")), Ok(number.into()));
            let digits = number.unsigned_abs().to_string();
            let padded = format!("{digits:0>width$}", width = places + 1);
            let (whole, fraction) = padded.split_at(padded.len() - places);
            let sign = if number < 0 { "-" } else { "" };
            let json = format!("{sign}{whole}.{fraction}{zeros}0e{places}");
            prop_assert_eq!(read(&json), Ok(number.into()), "{}", json);
        }
    }
}
