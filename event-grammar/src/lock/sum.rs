//! The sum over a version's lines.

/// The sum of lines, whatever their order: a line that is changed, gone or new changes it.
pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> u64 {
    lines.map(crate::hash).fold(0, u64::wrapping_add)
}

/// As in the file.
pub(super) fn render(sum: u64) -> String {
    format!("{sum:016x}")
}
