//! Durations and sizes: a number and a unit.

use super::input::Refused;
use event_grammar::retention_days;
use std::time::Duration;

/// The units of a duration, in milliseconds.
const TIMES: [(&str, u64); 5] =
    [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// The units of a size, in bytes.
const SIZES: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// The longest duration: a century. A point in time that far off can still be computed.
const LONGEST: u64 = 36_525 * 86_400_000;

/// A duration of more than zero: `250ms`, `10s`, `5m`, `1h`, `7d`.
pub(super) fn duration(text: &str) -> Result<Duration, Refused> {
    let millis = number_and_unit(text, &TIMES).filter(|millis| (1..=LONGEST).contains(millis));
    millis.map(Duration::from_millis).ok_or_else(|| {
        Refused::new("must be a duration of more than zero, at most 36525d")
            .help("write a number and a unit: `250ms`, `10s`, `5m`, `1h`, `7d`")
    })
}

/// A size from 1 byte to `most` bytes: `512B`, `64KiB`, `1MiB`, `1GiB`.
pub(super) fn size(text: &str, most: usize) -> Result<usize, Refused> {
    let bytes = number_and_unit(text, &SIZES).and_then(|bytes| usize::try_from(bytes).ok());
    bytes.filter(|bytes| (1..=most).contains(bytes)).ok_or_else(|| {
        Refused::new(format!("must be a size from 1B to {}", shown_size(most)))
            .help("write a number and a unit: `512B`, `64KiB`, `1MiB`")
    })
}

fn number_and_unit(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let (_, factor) = units.iter().find(|(word, _)| *word == unit)?;
    number.parse::<u64>().ok()?.checked_mul(*factor)
}

/// How long events are kept, in the units of `#[event(retention = ..)]`: `6m` is six months in
/// both.
pub(super) fn retention(text: &str) -> Result<Duration, Refused> {
    let days = retention_days(text).ok_or_else(|| {
        Refused::new("is not a number of days, weeks, months or years")
            .help("write it as `30d`, `12w`, `6m` or `7y`")
    })?;
    Ok(Duration::from_secs(u64::from(days) * 86_400))
}

/// A duration in the largest unit that divides it.
pub(super) fn shown_duration(duration: Duration) -> String {
    shown(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX), &TIMES)
}

/// A size in the largest unit that divides it.
pub(super) fn shown_size(bytes: usize) -> String {
    shown(bytes as u64, &SIZES)
}

fn shown(number: u64, units: &[(&str, u64)]) -> String {
    let fits = |unit: &&(&str, u64)| number >= unit.1 && number.is_multiple_of(unit.1);
    let (word, factor) = units.iter().rev().find(fits).copied().unwrap_or(units[0]);
    format!("{}{word}", number / factor)
}

#[cfg(test)]
mod tests {
    use super::{duration, shown_duration, shown_size, size};

    #[test]
    fn what_is_read_is_shown() {
        for text in ["250ms", "10s", "5m", "1h", "7d", "90s", "36525d"] {
            assert_eq!(duration(text).ok().map(shown_duration).as_deref(), Some(text));
        }
        for text in ["1B", "64KiB", "1MiB", "1GiB", "1500KiB"] {
            assert_eq!(size(text, 1 << 30).ok().map(shown_size).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_neither() {
        for text in ["", "10", "s", "0s", "-1s", "+1s", "1.5s", "10 s", "1w", "36526d", "²s"] {
            assert!(duration(text).is_err(), "{text}");
        }
        for text in ["18446744073709551616ms", "213503982335d", "99999999999999999999d"] {
            assert!(duration(text).is_err(), "{text}");
        }
        for text in ["", "10", "0B", "1KB", "1kib", "2GiB", "17179869184GiB"] {
            assert!(size(text, 1 << 30).is_err(), "{text}");
        }
    }
}
