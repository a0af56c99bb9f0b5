//! The header `Retry-After` (RFC 9110, 10.2.3).

use std::time::{Duration, SystemTime};

/// The longest pause that a receiver may ask for.
const LONGEST: Duration = Duration::from_secs(3_600);

/// The pause that the header asks for: seconds, or a date of HTTP. None if it is neither.
pub(super) fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let pause = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.parse().map_or(LONGEST, Duration::from_secs)
    } else {
        // A date that has passed asks for no pause.
        httpdate::parse_http_date(value).ok()?.duration_since(now).unwrap_or_default()
    };
    Some(pause.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, parse};
    use std::time::{Duration, SystemTime};

    #[test]
    fn seconds_and_the_three_forms_of_a_date() {
        // Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110, 5.6.7.
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let now = date - Duration::from_secs(90);
        for (value, pause) in [
            ("0", Some(0)),
            (" 120 ", Some(120)),
            ("7200", Some(LONGEST.as_secs())),
            ("99999999999999999999999", Some(LONGEST.as_secs())),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(90)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(90)),
            ("Sun Nov  6 08:49:37 1994", Some(90)),
            ("Sun, 06 Nov 1994 07:00:00 GMT", Some(0)),
            ("Mon, 07 Nov 1994 08:49:37 GMT", Some(LONGEST.as_secs())),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
        ] {
            assert_eq!(parse(value, now), pause.map(Duration::from_secs), "{value:?}");
        }
    }
}
