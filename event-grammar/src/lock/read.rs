//! From a text to a lock.
//!
//! Lines are read in any order within the file, so that a lock that was merged can be mended; then
//! the text is held against the one spelling.

use super::draft::{Draft, entry};
use super::line::{self, Value};
use super::{FORMAT, FORMAT_BEFORE, Lock, LockError, LockErrorKind, NamedType, VersionKey, sum};
use std::collections::{BTreeMap, HashSet};

/// How much of a lock has to be as it was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// All of it.
    Whole,
    /// Its lines: it was merged, and is about to be mended.
    Lines,
}

pub(super) fn lock(text: &str) -> Result<Lock, LockError> {
    let (lock, sums) = members(text, FORMAT, Trust::Whole)?;
    are_summed(&sums)?;
    are_known(&lock, &sums)?;
    let written = lock.render();
    let differs = written.lines().zip(text.lines()).position(|(written, read)| written != read);
    let line = differs.or_else(|| {
        (written.lines().count() != text.lines().count()).then(|| written.lines().count())
    });
    match line {
        Some(line) => Err(LockError { line: line + 1, kind: LockErrorKind::Spelling }),
        None => Ok(lock),
    }
}

pub(super) fn lock_unsummed(text: &str) -> Result<Lock, LockError> {
    let (lock, sums) = members(text, FORMAT, Trust::Lines)?;
    are_known(&lock, &sums)?;
    Ok(lock)
}

/// A lock of the format before has no other spelling to hold it against: its sums tell that it is
/// whole.
pub(super) fn lock_of_any_format(text: &str) -> Result<(Lock, u32), LockError> {
    if format_of(text) != Some(FORMAT_BEFORE) {
        return lock(text).map(|lock| (lock, FORMAT));
    }
    let (lock, sums) = members(text, FORMAT_BEFORE, Trust::Whole)?;
    are_summed(&sums)?;
    Ok((lock, FORMAT_BEFORE))
}

/// The format that a text says it has.
fn format_of(text: &str) -> Option<u32> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("\"lock_format\": "))?;
    line.trim_end_matches(',').parse().ok()
}

/// For each version the line of its sum, the sum that the file says, and the one over its lines.
type Sums = BTreeMap<VersionKey, (usize, Option<String>, u64)>;

fn are_summed(sums: &Sums) -> Result<(), LockError> {
    for (key, (line, expected, found)) in sums {
        if expected.as_deref() != Some(sum::render(*found).as_str()) {
            let kind = match expected {
                Some(_) => LockErrorKind::Sum { version: key.to_string() },
                None => LockErrorKind::Missing { version: key.to_string(), key: "sum" },
            };
            return Err(LockError { line: *line, kind });
        }
    }
    Ok(())
}

/// Every type that a revision reaches stands in the lock.
fn are_known(lock: &Lock, sums: &Sums) -> Result<(), LockError> {
    for (key, version) in &lock.versions {
        let reached = version.revisions.iter().flat_map(|revision| &revision.types);
        if let Some(missing) = reached.copied().find(|digest| !lock.types.contains_key(digest)) {
            let line = sums.get(key).map_or(1, |(line, ..)| *line);
            let digest = format!("{missing:016x}");
            return Err(LockError {
                line,
                kind: LockErrorKind::NoType { version: key.to_string(), digest },
            });
        }
    }
    Ok(())
}

fn members(text: &str, format: u32, trust: Trust) -> Result<(Lock, Sums), LockError> {
    let mut lock = Lock::default();
    let mut drafts: BTreeMap<VersionKey, Draft> = BTreeMap::new();
    let mut seen = HashSet::new();
    let mut ended = false;
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    match lines.next() {
        Some((_, "{")) => {}
        Some((line, text)) => return Err(fault(line, text, "`{`, which begins a lock")),
        None => return Err(LockError { line: 1, kind: LockErrorKind::Truncated }),
    }
    let mut last = 1;
    for (at, text) in &mut lines {
        last = at;
        if text.is_empty() {
            continue;
        }
        if text == "}" {
            ended = seen.contains("lock_end");
            break;
        }
        let member = text.strip_suffix(',').unwrap_or(text);
        if let Some(key) = reserved(member) {
            if lock
                .reserved
                .insert(key.to_owned(), member.to_owned())
                .is_some_and(|known| known != member)
            {
                return Err(LockError {
                    line: at,
                    kind: LockErrorKind::Twice { key: key.to_owned() },
                });
            }
            continue;
        }
        let Some((key, value)) = line::parse(member) else {
            return Err(fault(at, text, "a line of the form `\"event@1 ..\": \"..\",`"));
        };
        if !seen.insert(key.clone()) {
            // Both sides of a merge may have brought the same type.
            if trust == Trust::Lines && key.starts_with("type ") {
                continue;
            }
            return Err(LockError { line: at, kind: LockErrorKind::Twice { key } });
        }
        let kind = match (key.as_str(), value) {
            ("lock_format", Value::Number(found)) if found == format => continue,
            ("lock_format", Value::Number(found)) => LockErrorKind::Format { found },
            ("lock_end", _) => continue,
            ("package", Value::Text(package)) => {
                lock.package = package;
                continue;
            }
            (_, Value::Text(form)) if key.starts_with("type ") => match type_of(&key, form) {
                Ok(named) => {
                    lock.types.insert(named.digest(), named);
                    continue;
                }
                Err(kind) => kind,
            },
            (_, value) => match entry(&key, value, member, at, &mut drafts) {
                Ok(()) => continue,
                Err(kind) => kind,
            },
        };
        return Err(LockError { line: at, kind });
    }
    if !ended {
        return Err(LockError { line: last, kind: LockErrorKind::Truncated });
    }
    if let Some((at, text)) = lines.find(|(_, text)| !text.is_empty()) {
        return Err(fault(at, text, "nothing after the last `}`"));
    }
    for key in ["lock_format", "package"] {
        if !seen.contains(key) {
            return Err(LockError {
                line: 2,
                kind: LockErrorKind::Missing { version: super::FILE.to_owned(), key },
            });
        }
    }
    let mut sums = Sums::new();
    for (key, draft) in drafts {
        sums.insert(key.clone(), (draft.sum_line, draft.sum.clone(), draft.found));
        let line = draft.sum_line;
        let version = draft.finish(&key).map_err(|kind| LockError { line, kind })?;
        lock.versions.insert(key, version);
    }
    Ok((lock, sums))
}

/// The key of a line of a reserved section, whatever its value is.
fn reserved(member: &str) -> Option<&str> {
    let key = member.strip_prefix('"')?.split_once("\": ")?.0;
    (key.starts_with("reader ") || key.starts_with("number ")).then_some(key)
}

/// `type shop::Address#2d1c76c1a3c0f6b2`, whose digest fits its form.
fn type_of(key: &str, form: String) -> Result<NamedType, LockErrorKind> {
    let unknown = || LockErrorKind::Unknown { key: key.to_owned() };
    let (path, _) =
        key.strip_prefix("type ").and_then(|rest| rest.rsplit_once('#')).ok_or_else(unknown)?;
    let named = NamedType { path: path.to_owned(), form };
    let is_whole = super::write::type_key(path, named.digest()) == key;
    if is_whole { Ok(named) } else { Err(LockErrorKind::Digest { key: key.to_owned() }) }
}

/// A line that cannot be read: of a merge, or of something else.
fn fault(line: usize, text: &str, expected: &'static str) -> LockError {
    let is_conflict =
        ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| text.starts_with(marker));
    let kind = if is_conflict { LockErrorKind::Conflict } else { LockErrorKind::Line { expected } };
    LockError { line, kind }
}
