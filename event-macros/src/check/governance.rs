//! Governance: dates must be dates, and durations must be durations.

use crate::ast::Event;
use crate::diag::Errors;
use event_grammar::retention_days;

pub(super) fn check(event: &Event, errors: &Errors) {
    if let Some(expires) = &event.governance.expires
        && !is_date(&expires.value())
    {
        errors.on(expires, "`expires` takes a date\nhelp: write it as `\"2027-06-30\"`");
    }
    if let Some(retention) = &event.governance.retention
        && retention_days(&retention.value()).is_none()
    {
        errors.on(retention, "`retention` takes a number of days, weeks, months or years\nhelp: write it as `\"90d\"`, `\"12w\"`, `\"6m\"` or `\"7y\"`");
    }
}

/// `YYYY-MM-DD`, RFC 3339 `full-date`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, len: usize| -> Option<u32> {
        (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates() {
        assert!(is_date("2028-02-29"));
        for wrong in ["2027-02-29", "2027-13-01", "27-01-01", "2027-1-1", "soon", "2027-00-10"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
