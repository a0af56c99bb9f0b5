//! The sum over a version's lines.

/// The sum of lines in any order. A changed, removed or added line changes the sum.
pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> u64 {
    lines.map(crate::hash).fold(0, u64::wrapping_add)
}

/// The sum as it is written in the file.
pub(super) fn render(sum: u64) -> String {
    format!("{sum:016x}")
}
