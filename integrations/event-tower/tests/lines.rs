//! How many lines request events cost: a hello world of axum, without them and with them.
#![allow(missing_docs, reason = "a test")]

const WITHOUT: &str = include_str!("../examples/hello.rs");
const WITH: &str = include_str!("../examples/hello_events.rs");

/// The lines of a program that are not its own documentation.
fn lines(program: &str) -> Vec<&str> {
    program.lines().filter(|line| !line.starts_with("//!")).collect()
}

/// How many lines of `new` are in no longest common subsequence with `old`: what a diff marks `+`.
fn added(old: &[&str], new: &[&str]) -> usize {
    let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (i, left) in old.iter().enumerate() {
        for (j, right) in new.iter().enumerate() {
            common[i + 1][j + 1] = if left == right {
                common[i][j] + 1
            } else {
                common[i][j + 1].max(common[i + 1][j])
            };
        }
    }
    new.len() - common[old.len()][new.len()]
}

/// `cargo fmt --check` holds both files to 100 columns.
#[test]
fn request_events_cost_at_most_twelve_lines() {
    let added = added(&lines(WITHOUT), &lines(WITH));
    assert!((1..=12).contains(&added), "{added} lines");
    assert!(WITH.lines().all(|line| line.chars().count() <= 100));
    assert!(WITH.contains("RequestEventsLayer::axum()") && !WITHOUT.contains("event_"));
}

#[test]
fn added_lines_are_counted_as_a_diff_counts_them() {
    assert_eq!(added(&["a", "b", "c"], &["a", "x", "c", "y"]), 2);
    assert_eq!(added(&["a"], &["a"]), 0);
    assert_eq!(added(&[], &["a", "b"]), 2);
}
