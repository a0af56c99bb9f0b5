//! How long records are kept: `"90d"`, `"12w"`, `"6m"` or `"7y"`.

/// The units, each with its days. A month and a year count their most days, so that a record is
/// kept for at least the declared time.
const UNITS: [(char, u32); 4] = [('d', 1), ('w', 7), ('m', 31), ('y', 366)];

/// The number of days that a retention means. `None` if the text is no retention: a number of days,
/// weeks, months or years from 1, such as `90d`, `12w`, `6m` or `7y`.
///
/// A month is 31 days and a year is 366 days.
///
/// ```
/// use event_grammar::retention_days;
///
/// assert_eq!(retention_days("12w"), Some(84));
/// assert_eq!(retention_days("12 weeks"), None);
/// ```
pub fn retention_days(text: &str) -> Option<u32> {
    let (number, days) =
        UNITS.iter().find_map(|(unit, days)| Some((text.strip_suffix(*unit)?, *days)))?;
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = is_plain.then(|| number.parse().ok()).flatten()?;
    number.checked_mul(days).filter(|days| *days > 0)
}

#[cfg(test)]
mod tests {
    use super::retention_days;

    #[test]
    fn units() {
        let read = ["90d", "1w", "6m", "7y"].map(retention_days);
        assert_eq!(read, [Some(90), Some(7), Some(186), Some(2_562)]);
    }

    #[test]
    fn what_is_no_retention() {
        for wrong in ["", "d", "0d", "90", "90 d", "-1d", "+1d", "1h", "4294967295y", "1.5y"] {
            assert_eq!(retention_days(wrong), None, "{wrong}");
        }
    }
}
