//! Timestamps: microseconds, UTC, RFC 3339.

use crate::model::shape::{Shape, TextFormat};
use crate::value::EventValue;
use crate::value::encode::Encoder;
use crate::value::read::{Input, ReadError, ReadErrorKind};
use event_grammar::key_text;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MICROS: i64 = 1_000_000;
const DAY: i64 = 86_400;
/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z: a year in RFC 3339 has four digits.
const FIRST: i64 = -62_135_596_800 * MICROS;
const LAST: i64 = 253_402_300_800 * MICROS - 1;
/// `2026-11-21T00:22:44.123456Z`
const LEN: usize = 27;

/// A point in time, in microseconds since 1970-01-01T00:00:00Z, between the years 1 and 9999.
///
/// The resolution is microseconds, because databases and most readers do not keep nanoseconds.
///
/// ```
/// use event_core::Timestamp;
///
/// let time = Timestamp::parse("2026-11-21T01:22:44.5+01:00").unwrap();
/// assert_eq!(time.to_string(), "2026-11-21T00:22:44.500000Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The current time of the system's clock.
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Converts microseconds since the epoch. A time outside the years 1 to 9999 becomes the
    /// nearest time inside.
    pub const fn from_micros(micros: i64) -> Self {
        if micros < FIRST {
            Self(FIRST)
        } else if micros > LAST {
            Self(LAST)
        } else {
            Self(micros)
        }
    }

    /// Microseconds since the epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// This time and `duration`, up to the end of the year 9999. Parts of a microsecond are dropped.
    ///
    /// ```
    /// use event_core::Timestamp;
    /// use std::time::Duration;
    ///
    /// let (time, minute) = (Timestamp::from_micros(0), Duration::from_secs(60));
    /// let later = time.saturating_add(minute);
    /// assert_eq!(later.to_string(), "1970-01-01T00:01:00.000000Z");
    /// assert_eq!(later.saturating_sub(minute), time);
    /// assert_eq!(later.saturating_duration_since(time), minute);
    /// assert_eq!(time.saturating_duration_since(later), Duration::ZERO);
    /// ```
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        Self::from_micros(self.0.saturating_add(micros(duration)))
    }

    /// This time without `duration`, down to the begin of the year 1. Parts of a microsecond are
    /// dropped.
    #[must_use]
    pub fn saturating_sub(self, duration: Duration) -> Self {
        Self::from_micros(self.0.saturating_sub(micros(duration)))
    }

    /// The time from `earlier` to this time. Zero if `earlier` is later, as after a clock was set
    /// back.
    pub fn saturating_duration_since(self, earlier: Self) -> Duration {
        let micros = self.0.saturating_sub(earlier.0);
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    }

    /// Parses RFC 3339, with any offset. Drops digits beyond microseconds.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |from: usize, len: usize| -> Option<i64> {
            let part = bytes.get(from..from + len)?;
            part.iter()
                .all(u8::is_ascii_digit)
                .then(|| part.iter().fold(0, |n, digit| n * 10 + i64::from(digit - b'0')))
        };
        let is =
            |at: usize, allowed: &[u8]| bytes.get(at).is_some_and(|byte| allowed.contains(byte));
        let separated =
            is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":");
        let (year, month, day) = (digits(0, 4)?, digits(5, 2)?, digits(8, 2)?);
        let (hour, minute, second) = (digits(11, 2)?, digits(14, 2)?, digits(17, 2)?);
        if !separated
            || year < 1
            || !(1..=12).contains(&month)
            || hour > 23
            || minute > 59
            || second > 60
        {
            return None;
        }
        if day < 1 || day > days_of_month(year, month) {
            return None;
        }
        let mut at = 19;
        let mut fraction = 0;
        if is(at, b".") {
            let count = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            for place in 0..6 {
                fraction = fraction * 10
                    + if place < count { i64::from(bytes[at + 1 + place] - b'0') } else { 0 };
            }
            if count == 0 {
                return None;
            }
            at += 1 + count;
        }
        let offset = match bytes.get(at)? {
            b'Z' | b'z' if bytes.len() == at + 1 => 0,
            sign @ (b'+' | b'-') if bytes.len() == at + 6 && is(at + 3, b":") => {
                let (hours, minutes) = (digits(at + 1, 2)?, digits(at + 4, 2)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                (hours * 3600 + minutes * 60) * if *sign == b'-' { -1 } else { 1 }
            }
            _ => return None,
        };
        // A leap second is written as :60 and is the last second of a day in UTC. The epoch does
        // not count it.
        let of_day = hour * 3600 + minute * 60 - offset;
        if second == 60 && of_day.rem_euclid(DAY) != DAY - 60 {
            return None;
        }
        let seconds = days_from_civil(year, month, day) * DAY + of_day + second.min(59);
        let micros = seconds * MICROS + fraction;
        (FIRST..=LAST).contains(&micros).then_some(Self(micros))
    }

    pub(crate) fn encode_text(self, out: &mut Encoder) {
        out.json("\"");
        out.json_bytes(&self.format());
        out.json("\"");
    }

    /// The length of the text, in bytes.
    pub(crate) const LEN: usize = LEN;

    pub(crate) fn format(self) -> [u8; LEN] {
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        let (seconds, micros) = (self.0.div_euclid(MICROS), self.0.rem_euclid(MICROS));
        let (days, of_day) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = civil_from_days(days);
        digits(&mut text[0..4], year);
        digits(&mut text[5..7], month);
        digits(&mut text[8..10], day);
        digits(&mut text[11..13], of_day / 3600);
        digits(&mut text[14..16], of_day / 60 % 60);
        digits(&mut text[17..19], of_day % 60);
        digits(&mut text[20..26], micros);
        text
    }
}

/// Writes `value` with leading zeros, so that it fills `text`.
fn digits(text: &mut [u8], mut value: i64) {
    for digit in text.iter_mut().rev() {
        *digit = b'0' + u8::try_from(value % 10).unwrap_or_default();
        value /= 10;
    }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar (Hinnant, "chrono-compatible
/// low-level date algorithms").
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The inverse of [`days_from_civil`].
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + if month <= 2 { 1 } else { 0 }, month, day)
}

/// The last two digits of a number.
#[inline]
const fn pair(number: u32) -> [u8; 2] {
    const PAIRS: [[u8; 2]; 100] = {
        let mut pairs = [[b'0'; 2]; 100];
        let mut number = 0_u8;
        while number < 100 {
            pairs[number as usize] = [b'0' + number / 10, b'0' + number % 10];
            number += 1;
        }
        pairs
    };
    PAIRS[(number % 100) as usize]
}

/// Formats times as members, `","timestamp":".."` after the level, and keeps the text. For a time
/// in the same second it replaces only the fraction, so that a burst of events computes the
/// calendar once.
#[derive(Debug)]
pub(crate) struct TimeMember {
    /// The start of the second, in microseconds since the epoch.
    second: i64,
    text: [u8; TimeMember::KEY.len() + LEN + 1],
}

impl TimeMember {
    const KEY: &[u8] = key_text!("\",\"", OccurredAt in Line, "\":\"").as_bytes();
    /// The offset of the microseconds in the text.
    const FRACTION: usize = Self::KEY.len() + "2026-11-21T00:22:44.".len();

    pub(crate) const fn new() -> Self {
        Self { second: i64::MAX, text: [b'"'; _] }
    }

    #[inline]
    pub(crate) fn format(&mut self, time: Timestamp) -> &[u8] {
        match u32::try_from(time.0.wrapping_sub(self.second)) {
            Ok(micros @ ..1_000_000) => {
                let fraction = [pair(micros / 10_000), pair(micros / 100), pair(micros)];
                self.text[Self::FRACTION..][..6].copy_from_slice(fraction.as_flattened());
            }
            _ => self.calendar(time),
        }
        &self.text
    }

    #[cold]
    fn calendar(&mut self, time: Timestamp) {
        self.second = time.0 - time.0.rem_euclid(MICROS);
        let (key, text) = self.text.split_at_mut(Self::KEY.len());
        key.copy_from_slice(Self::KEY);
        text[..LEN].copy_from_slice(&time.format());
    }
}

/// Whole microseconds, limited to just beyond the year 9999. Computed in 64 bits, because
/// `Duration::as_micros` multiplies in 128 bits.
fn micros(duration: Duration) -> i64 {
    const MOST: u64 = (LAST / MICROS) as u64;
    duration.as_secs().min(MOST + 1).cast_signed() * MICROS + i64::from(duration.subsec_micros())
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => Self::from_micros(micros(since)),
            Err(before) => Self::from_micros(-micros(before.duration())),
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(&self.format()).map_err(|_| fmt::Error)?)
    }
}

#[diagnostic::do_not_recommend]
impl EventValue for Timestamp {
    const SHAPE: &'static Shape = &Shape::Text(TextFormat::DateTime);

    fn encode(&self, out: &mut Encoder) {
        self.encode_text(out);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        Self::parse(&input.text()?)
            .ok_or(ReadError::new(ReadErrorKind::Malformed { expected: "a time in RFC 3339" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_times() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00.000001Z", 951_825_600_000_001),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("9999-12-31T23:59:59.999999999Z", LAST),
            ("0001-01-01T00:00:00Z", FIRST),
            ("2016-12-31T23:59:60Z", 1_483_228_799 * MICROS),
            ("2017-01-01T05:29:60+05:30", 1_483_228_799 * MICROS),
            ("2016-12-31T15:59:60-08:00", 1_483_228_799 * MICROS),
        ];
        for (text, micros) in cases {
            assert_eq!(Timestamp::parse(text).map(Timestamp::as_micros), Some(micros), "{text}");
        }
        for wrong in [
            "",
            "2026-11-21",
            "2026-11-21T00:00:00",
            "2026-02-29T00:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T12:30:60Z",
            "2026-11-21T23:59:60+01:00",
            "2026-11-21T23:59:61Z",
            "2026-11-21T00:00:00.Z",
            "2026-11-21T00:00:00+0100",
            "0001-01-01T00:00:00+01:00",
        ] {
            assert_eq!(Timestamp::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn text_reads_back(micros in FIRST..=LAST, later in 0..MICROS) {
            let time = Timestamp(micros);
            prop_assert_eq!(Timestamp::parse(&time.to_string()), Some(time));
            let mut member = TimeMember::new();
            for time in [time, Timestamp::from_micros(micros + later), time] {
                let expected = format!("\",\"timestamp\":\"{time}\"");
                prop_assert_eq!(member.format(time), expected.as_bytes());
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = Timestamp::parse(&text);
        }
    }
}
