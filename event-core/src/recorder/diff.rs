//! The difference between two lists of lines.

/// The maximum number of compared pairs of lines. For more pairs, all lines in question are shown
/// as removed and added.
const PAIRS: usize = 4_000_000;
/// The number of equal lines that are shown around a difference.
const AROUND: usize = 2;

/// One line of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'a> {
    Same(&'a str),
    Gone(&'a str),
    New(&'a str),
}

/// Compares `expected` with `found`: `- ` marks a missing line, `+ ` an unexpected line.
pub(super) fn lines(expected: &[&str], found: &[&str]) -> String {
    let lines = difference(expected, found);
    let is_near = |at: usize| {
        let around = &lines[at.saturating_sub(AROUND)..lines.len().min(at + AROUND + 1)];
        around.iter().any(|line| !matches!(line, Line::Same(_)))
    };
    let mut shown = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match line {
            Line::Gone(line) => shown.push(format!("  - {line}\n")),
            Line::New(line) => shown.push(format!("  + {line}\n")),
            Line::Same(line) if is_near(at) => shown.push(format!("    {line}\n")),
            // One mark for all lines that are left out here.
            Line::Same(_) if at == 0 || is_near(at - 1) => shown.push("    ..\n".to_owned()),
            Line::Same(_) => {}
        }
    }
    shown.concat()
}

fn difference<'a>(expected: &[&'a str], found: &[&'a str]) -> Vec<Line<'a>> {
    let same = |(one, other): &(&&str, &&str)| one == other;
    let before = expected.iter().zip(found).take_while(same).count();
    let (expected_rest, found_rest) = (&expected[before..], &found[before..]);
    let after = expected_rest.iter().rev().zip(found_rest.iter().rev()).take_while(same).count();
    let (expected_end, found_end) = (expected_rest.len() - after, found_rest.len() - after);
    let mut lines: Vec<Line<'a>> = expected[..before].iter().copied().map(Line::Same).collect();
    lines.extend(middle(&expected_rest[..expected_end], &found_rest[..found_end]));
    lines.extend(expected_rest[expected_end..].iter().copied().map(Line::Same));
    lines
}

/// Compares by the longest common subsequence.
fn middle<'a>(expected: &[&'a str], found: &[&'a str]) -> Vec<Line<'a>> {
    if expected.len().saturating_mul(found.len()) > PAIRS {
        return expected
            .iter()
            .copied()
            .map(Line::Gone)
            .chain(found.iter().copied().map(Line::New))
            .collect();
    }
    // The length of the longest common subsequence from each pair of positions on.
    let width = found.len() + 1;
    let mut common = vec![0_usize; (expected.len() + 1) * width];
    for (row, one) in expected.iter().enumerate().rev() {
        for (column, other) in found.iter().enumerate().rev() {
            let (below, beside) =
                (common[(row + 1) * width + column], common[row * width + column + 1]);
            let both = if one == other { common[(row + 1) * width + column + 1] + 1 } else { 0 };
            common[row * width + column] = both.max(below).max(beside);
        }
    }
    let (mut row, mut column, mut lines) = (0, 0, Vec::new());
    while row < expected.len() || column < found.len() {
        let (one, other) = (expected.get(row), found.get(column));
        match (one, other) {
            (Some(one), Some(other)) if one == other => {
                lines.push(Line::Same(one));
                row += 1;
                column += 1;
            }
            (Some(one), other)
                if other.is_none()
                    || common[(row + 1) * width + column] >= common[row * width + column + 1] =>
            {
                lines.push(Line::Gone(one));
                row += 1;
            }
            (_, Some(other)) => {
                lines.push(Line::New(other));
                column += 1;
            }
            _ => break,
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Line, difference, lines};
    use proptest::prelude::*;

    #[test]
    fn what_is_far_from_a_difference_is_left_out() {
        let expected = ["1", "2", "3", "4", "5", "6", "7"];
        let found = ["1", "2", "3", "4", "5", "x", "7"];
        assert_eq!(lines(&expected, &found), "    ..\n    4\n    5\n  - 6\n  + x\n    7\n");
        assert_eq!(lines(&["a"], &[]), "  - a\n");
    }

    proptest! {
        /// Without added lines it is one list, without removed lines the other.
        #[test]
        fn both_lists_are_in_the_difference(expected in prop::collection::vec("[abc]", 0..12), found in prop::collection::vec("[abc]", 0..12)) {
            let (expected, found): (Vec<&str>, Vec<&str>) =
                (expected.iter().map(String::as_str).collect(), found.iter().map(String::as_str).collect());
            let lines = difference(&expected, &found);
            let one: Vec<&str> = lines.iter().filter_map(|line| match line { Line::Same(line) | Line::Gone(line) => Some(*line), Line::New(_) => None }).collect();
            let other: Vec<&str> = lines.iter().filter_map(|line| match line { Line::Same(line) | Line::New(line) => Some(*line), Line::Gone(_) => None }).collect();
            prop_assert_eq!(one, expected.clone());
            prop_assert_eq!(other, found.clone());
            prop_assert_eq!(lines.iter().all(|line| matches!(line, Line::Same(_))), expected == found);
        }
    }
}
