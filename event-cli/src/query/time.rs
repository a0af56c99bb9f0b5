//! Times and ages, as arguments and in tables.

use event_core::Timestamp;
use std::str::FromStr;
use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The units of an age, in seconds.
const UNITS: [(&str, u64); 5] = [("s", 1), ("m", MINUTE), ("h", HOUR), ("d", DAY), ("w", 7 * DAY)];

/// The longest age: a century.
const LONGEST: u64 = 36_525 * DAY;

/// Reads `90s`, `30m`, `24h`, `7d` or `6w`.
pub(super) fn age(text: &str) -> Result<Duration, &'static str> {
    const WRONG: &str = "expected a number and a unit: `90s`, `30m`, `24h`, `7d`, `6w`";
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let (_, factor) = UNITS.iter().find(|(word, _)| *word == unit).ok_or(WRONG)?;
    let seconds = number.parse::<u64>().ok().and_then(|number| number.checked_mul(*factor));
    seconds.filter(|seconds| *seconds <= LONGEST).map(Duration::from_secs).ok_or(WRONG)
}

/// A time on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    At(Timestamp),
    /// So long ago.
    Ago(Duration),
}

impl Time {
    /// The time, if it is `now`.
    pub(super) fn at(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(time) => time,
            Self::Ago(age) => now.saturating_sub(age),
        }
    }
}

impl FromStr for Time {
    type Err = &'static str;

    /// Reads a time of RFC 3339, a day (its beginning in UTC), or an age.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time =
            Timestamp::parse(text).or_else(|| Timestamp::parse(&format!("{text}T00:00:00Z")));
        match (time, age(text)) {
            (Some(time), _) => Ok(Self::At(time)),
            (None, Ok(age)) => Ok(Self::Ago(age)),
            (None, Err(_)) => {
                Err("expected a time as `2026-11-30T09:00:00Z`, a day as `2026-11-30`, or an age \
                     as `7d`")
            }
        }
    }
}

/// How long ago a time is, in its largest unit: `5 min ago`, `30 h ago`.
pub(super) fn ago(time: Timestamp, now: Timestamp) -> String {
    let behind = now.saturating_duration_since(time);
    if behind.as_secs() > 0 {
        return format!("{} ago", span(behind));
    }
    match time.saturating_duration_since(now) {
        ahead if ahead.as_secs() > 0 => format!("in {}", span(ahead)),
        _ => "now".to_owned(),
    }
}

/// A time span in its largest unit: `250 ms`, `12 s`, `5 min`, `30 h`, `4 d`.
pub(super) fn span(span: Duration) -> String {
    match span.as_secs() {
        0 => format!("{} ms", span.as_millis()),
        seconds @ 1..MINUTE => format!("{seconds} s"),
        seconds @ MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        seconds @ HOUR..172_800 => format!("{} h", seconds / HOUR),
        seconds => format!("{} d", seconds / DAY),
    }
}

/// A time in UTC, in milliseconds: `2026-11-30 09:00:00.250`.
pub(super) fn utc(time: Timestamp) -> String {
    time.to_string().replacen('T', " ", 1).chars().take(23).collect()
}

#[cfg(test)]
mod tests {
    use super::{Time, age, ago, span, utc};
    use event_core::Timestamp;
    use std::time::Duration;

    #[test]
    fn ages_are_read() {
        let seconds = |text| age(text).map(|age| age.as_secs()).ok();
        let ages = ["0d", "90s", "30m", "24h", "7d", "2w"].map(seconds);
        assert_eq!(ages, [0, 90, 1_800, 86_400, 604_800, 1_209_600].map(Some));
        for wrong in ["", "d", "3", "3y", "-3d", "+3d", "3dd", "3 d", "99999999999d", "3é", "é"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_are_read() {
        let now = Timestamp::parse("2026-11-30T09:00:00Z").unwrap();
        let time = |text: &str| text.parse::<Time>().map(|time| time.at(now).to_string()).ok();
        assert_eq!(time("2026-11-30").as_deref(), Some("2026-11-30T00:00:00.000000Z"));
        assert_eq!(time("2026-11-30T01:00:00+01:00"), time("2026-11-30"));
        assert_eq!(time("9h"), time("2026-11-30"));
        assert_eq!((time("yesterday"), time("2026-13-01")), (None, None));
    }

    #[test]
    fn times_are_shown() {
        let now = Timestamp::parse("2026-11-30T09:00:00.123456Z").unwrap();
        let seconds = [59, 60, 3_600, 172_799, 172_800].map(Duration::from_secs);
        let shown = seconds.map(|age| ago(now.saturating_sub(age), now));
        assert_eq!(shown, ["59 s ago", "1 min ago", "1 h ago", "47 h ago", "2 d ago"]);
        assert_eq!(
            (&*ago(now, now), &*ago(now.saturating_add(seconds[0]), now)),
            ("now", "in 59 s")
        );
        assert_eq!(span(Duration::from_micros(2_500)), "2 ms");
        assert_eq!(utc(now), "2026-11-30 09:00:00.123");
    }
}
