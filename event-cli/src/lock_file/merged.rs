//! Joins the two halves that a merge of two line endings leaves in a lock.
//!
//! If one branch committed the lock with `\r\n`, each of its lines differs from the other branch's.
//! A merge that keeps the lines of both sides then writes the lock twice, one copy after the other.
//! Every line names its subject, so two equal lines are one line.

use event_grammar::lock::{Lock, LockError, LockErrorKind};
use std::collections::HashSet;

/// Parses a lock before it is repaired.
pub(crate) fn parse_merged(text: &str) -> Result<Lock, LockError> {
    Lock::parse_unsummed(text).or_else(|first| {
        Lock::parse_unsummed(&joined(text)).map_err(|error| match error.kind {
            // The two sides differ. Report the line number of the file that has to be edited.
            LockErrorKind::Twice { key } => {
                let start = format!("\"{key}\": ");
                let line =
                    text.lines().enumerate().filter(|(_, line)| line.starts_with(&start)).last();
                LockError {
                    line: line.map_or(first.line, |(at, _)| at + 1),
                    kind: LockErrorKind::Twice { key },
                }
            }
            _ => first,
        })
    })
}

/// The text with each line once, and with `\n` line endings. Sums are left out: both sides may have
/// one, and they are recomputed in any case.
fn joined(text: &str) -> String {
    let mut seen = HashSet::new();
    let mut joined = String::with_capacity(text.len());
    let mut ends = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if line == "}" || line.starts_with("\"lock_end\"") {
            // The second half follows the end of the first half.
            if !ends.contains(&line) {
                ends.push(line);
            }
            continue;
        }
        if line.is_empty() || (!is_sum(line) && seen.insert(line)) {
            joined.push_str(line);
            joined.push('\n');
        }
    }
    for line in ends {
        joined.push_str(line);
        joined.push('\n');
    }
    joined
}

/// `"payment_failed@1 sum": "..",`
fn is_sum(line: &str) -> bool {
    line.split_once("\": \"").is_some_and(|(key, _)| key.starts_with('"') && key.ends_with(" sum"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    const ONE: &str = "{\n\"package\": \"shop\",\n\n\"a@1 type\": \"a\",\n\"a@1 sum\": \"1\",\n\n\"lock_end\": 1\n}\n";

    #[test]
    fn two_line_endings_are_one_lock() {
        let whole = "{\n\"package\": \"shop\",\n\n\"a@1 type\": \"a\",\n\n\"lock_end\": 1\n}\n";
        assert_eq!(joined(ONE), whole);
        assert_eq!(joined(&ONE.replace('\n', "\r\n")), whole);
        let twice = joined(&(ONE.replace('\n', "\r\n") + ONE));
        assert_eq!(
            twice.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
            whole.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>()
        );
        let other = joined(&(ONE.replace('\n', "\r\n") + &ONE.replace("a@1", "b@1")));
        assert!(
            other.contains("\"a@1 type\"")
                && other.contains("\"b@1 type\"")
                && other.ends_with("\"lock_end\": 1\n}\n"),
            "{other}"
        );
    }

    #[test]
    fn what_was_cut_off_stays_without_an_end() {
        assert!(!joined(&ONE[..ONE.len() - 4]).contains('}'));
    }
}
