//! Ages and times on the command line and in tables.

use event_core::Timestamp;
use std::time::Duration;

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

/// Reads `12h`, `30d` or `6w`.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a number of hours, days or weeks: `12h`, `30d`, `6w`".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        'h' => HOUR,
        'd' => DAY,
        'w' => 7 * DAY,
        _ => return Err(wrong()),
    };
    let number = text.trim_end_matches(unit);
    if number.len() + 1 != text.len() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let number: u32 = number.parse().map_err(|_| wrong())?;
    Ok(Duration::from_secs(u64::from(number) * seconds))
}

/// Reads a time of RFC 3339, or a day: its beginning in UTC.
pub(super) fn parse_time(text: &str) -> Result<Timestamp, String> {
    let time = Timestamp::parse(text).or_else(|| Timestamp::parse(&format!("{text}T00:00:00Z")));
    time.ok_or_else(|| "expected a time as `2026-11-30T09:00:00Z`, or a day".to_owned())
}

/// An age in its largest unit: `12 s`, `5 min`, `30 h`, `4 d`.
pub(super) fn shown(age: Option<Duration>) -> String {
    let Some(seconds) = age.map(|age| age.as_secs()) else { return "-".to_owned() };
    match seconds {
        0..60 => format!("{seconds} s"),
        60..HOUR => format!("{} min", seconds / 60),
        HOUR..172_800 => format!("{} h", seconds / HOUR),
        _ => format!("{} d", seconds / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_time, shown};
    use std::time::Duration;

    #[test]
    fn ages_are_read() {
        let seconds = |text| parse(text).map(|age| age.as_secs()).ok();
        assert_eq!(seconds("0d"), Some(0));
        assert_eq!(seconds("12h"), Some(43_200));
        assert_eq!(seconds("30d"), Some(2_592_000));
        assert_eq!(seconds("2w"), Some(1_209_600));
        for wrong in ["", "d", "3", "3m", "-3d", "+3d", "3dd", "3 d", "99999999999d", "3é"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_are_read() {
        let time = |text| parse_time(text).map(|time| time.to_string()).ok();
        assert_eq!(time("2026-11-30"), Some("2026-11-30T00:00:00.000000Z".to_owned()));
        assert_eq!(time("2026-11-30T01:00:00+01:00"), time("2026-11-30"));
        assert_eq!((time("yesterday"), time("2026-13-01")), (None, None));
    }

    #[test]
    fn an_age_has_one_unit() {
        let texts =
            [59, 60, 3_600, 172_799, 172_800].map(|age| shown(Some(Duration::from_secs(age))));
        assert_eq!(texts, ["59 s", "1 min", "1 h", "47 h", "2 d"]);
        assert_eq!(shown(None), "-");
    }
}
