//! Dates and times of RFC 3339.

use crate::tri::Tri;

/// The last second of a minute without a leap second.
const LAST_SECOND: u32 = 59;

/// A date, `T` and a time. Validators disagree about a space instead of the `T`, which RFC 3339
/// leaves to applications.
pub(super) fn date_time(text: &str) -> Tri {
    let Some((date, rest)) = text.split_at_checked("2026-01-02".len()) else { return Tri::False };
    let answer = if rest.starts_with(['T', 't']) {
        Tri::True
    } else if rest.starts_with(' ') {
        Tri::Unknown
    } else {
        Tri::False
    };
    // The separator before the time is one byte, or the text is invalid.
    let clock = rest.get(1..).unwrap_or_default();
    let has_offset = Tri::from(clock.ends_with(['Z', 'z']) || clock.contains(['+', '-']));
    Tri::all([Tri::from(is_date(date)), answer, has_offset, time(clock)])
}

/// A time of day with its offset from UTC. Validators disagree about three cases: a leap second, an
/// offset without its colon, and a time without an offset.
pub(super) fn time(text: &str) -> Tri {
    let bytes = text.as_bytes();
    let clock = [number(bytes, 0), number(bytes, 3), number(bytes, 6)];
    let [Some(hour), Some(minute), Some(second)] = clock else { return Tri::False };
    let is_separated = bytes[2] == b':' && bytes[5] == b':';
    if !is_separated || hour > 23 || minute > 59 || second > LAST_SECOND + 1 {
        return Tri::False;
    }
    let mut rest = &bytes[8..];
    if let [b'.', fraction @ ..] = rest {
        let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return Tri::False;
        }
        rest = &fraction[digits..];
    }
    let answer = offset(rest);
    if second > LAST_SECOND && answer == Tri::True { Tri::Unknown } else { answer }
}

fn offset(bytes: &[u8]) -> Tri {
    let (minutes_at, answer) = match bytes {
        [b'Z' | b'z'] => return Tri::True,
        [] => return Tri::Unknown,
        [b'+' | b'-', _, _, b':', _, _] => (4, Tri::True),
        [b'+' | b'-', _, _, _, _] => (3, Tri::Unknown),
        _ => return Tri::False,
    };
    match (number(bytes, 1), number(bytes, minutes_at)) {
        (Some(..=23), Some(..=59)) => answer,
        _ => Tri::False,
    }
}

/// The number in two digits at this place.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    match bytes.get(at..at + 2)? {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        }
        _ => None,
    }
}

/// A calendar day, in a year with four digits.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let numbers = [0, 2, 5, 8].map(|at| number(bytes, at));
    let [Some(century), Some(year), Some(month), Some(day)] = numbers else { return false };
    let year = century * 100 + year;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && (1..=days).contains(&day)
}
