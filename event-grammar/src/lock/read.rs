//! Reads a lock from its text.
//!
//! Lines may be in any order within the file, so that a merged lock can be repaired. Then the text
//! is compared with the one spelling.

use super::draft::{Draft, entry};
use super::line::{self, Value};
use super::write::type_key;
use super::{FILE, FORMAT, Lock, LockError, LockErrorKind, NamedType, VersionKey, sum};
use std::collections::{BTreeMap, HashSet};

/// How much of a lock must be as the tool wrote it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// All of it.
    Whole,
    /// Its lines only: the lock was merged and will be repaired.
    Lines,
}

impl Lock {
    /// Reads a lock. This function and the one below skip a byte order mark.
    ///
    /// # Errors
    ///
    /// If the text is not what [`Lock::render`] writes. The error has the line and says what to do.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        lock(unmarked(text))
    }

    /// Reads a lock without checking its sums: a lock that was merged or edited by hand and will be
    /// repaired.
    ///
    /// # Errors
    ///
    /// If a line cannot be understood.
    pub fn parse_unsummed(text: &str) -> Result<Self, LockError> {
        lock_unsummed(unmarked(text))
    }
}

/// The text without a byte order mark.
fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn lock(text: &str) -> Result<Lock, LockError> {
    let (lock, sums) = members(text, Trust::Whole)?;
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

fn lock_unsummed(text: &str) -> Result<Lock, LockError> {
    let (lock, sums) = members(text, Trust::Lines)?;
    are_known(&lock, &sums)?;
    Ok(lock)
}

/// For each version: the line of its sum, the sum in the file, and the computed sum of its lines.
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

/// Checks that every type that a revision reaches is in the lock.
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

fn members(text: &str, trust: Trust) -> Result<(Lock, Sums), LockError> {
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    match lines.next() {
        Some((_, "{")) => {}
        Some((line, text)) => return Err(fault(line, text, "`{`, which begins a lock")),
        None => return Err(LockError { line: 1, kind: LockErrorKind::Truncated }),
    }
    let mut read = Members::of(trust);
    let (mut last, mut ended) = (1, false);
    for (at, text) in &mut lines {
        last = at;
        match text {
            "" => {}
            "}" => {
                ended = read.seen.contains("lock_end");
                break;
            }
            text => read.member(text, at)?,
        }
    }
    if !ended {
        return Err(LockError { line: last, kind: LockErrorKind::Truncated });
    }
    if let Some((at, text)) = lines.find(|(_, text)| !text.is_empty()) {
        return Err(fault(at, text, "nothing after the last `}`"));
    }
    read.finish()
}

/// The members of a lock that are read so far.
struct Members {
    trust: Trust,
    lock: Lock,
    drafts: BTreeMap<VersionKey, Draft>,
    seen: HashSet<String>,
}

impl Members {
    fn of(trust: Trust) -> Self {
        Self { trust, lock: Lock::default(), drafts: BTreeMap::new(), seen: HashSet::new() }
    }

    /// Takes the line `text` with the number `at`.
    fn member(&mut self, text: &str, at: usize) -> Result<(), LockError> {
        let wrong = |kind| LockError { line: at, kind };
        let member = text.strip_suffix(',').unwrap_or(text);
        if let Some(key) = reserved(member) {
            let before = self.lock.reserved.insert(key.to_owned(), member.to_owned());
            return match before {
                Some(known) if known != member => {
                    Err(wrong(LockErrorKind::Twice { key: key.to_owned() }))
                }
                _ => Ok(()),
            };
        }
        let Some((key, value)) = line::parse(member) else {
            return Err(fault(at, text, "a line of the form `\"event@1 ..\": \"..\",`"));
        };
        if !self.seen.insert(key.clone()) {
            // Both sides of a merge may have added the same type.
            let is_merged = self.trust == Trust::Lines && key.starts_with("type ");
            return if is_merged { Ok(()) } else { Err(wrong(LockErrorKind::Twice { key })) };
        }
        match (key.as_str(), value) {
            ("lock_format", Value::Number(found)) if found != FORMAT => {
                Err(wrong(LockErrorKind::Format { found }))
            }
            ("lock_format", Value::Number(_)) | ("lock_end", _) => Ok(()),
            ("package", Value::Text(package)) => {
                self.lock.package = package;
                Ok(())
            }
            (_, Value::Text(form)) if key.starts_with("type ") => {
                let named = type_of(&key, form).map_err(wrong)?;
                self.lock.types.insert(named.digest(), named);
                Ok(())
            }
            (_, value) => entry(&key, value, member, at, &mut self.drafts).map_err(wrong),
        }
    }

    fn finish(mut self) -> Result<(Lock, Sums), LockError> {
        for key in ["lock_format", "package"] {
            if !self.seen.contains(key) {
                let version = FILE.to_owned();
                return Err(LockError { line: 2, kind: LockErrorKind::Missing { version, key } });
            }
        }
        let mut sums = Sums::new();
        for (key, draft) in self.drafts {
            sums.insert(key.clone(), (draft.sum_line, draft.sum.clone(), draft.found));
            let line = draft.sum_line;
            let version = draft.finish(&key).map_err(|kind| LockError { line, kind })?;
            self.lock.versions.insert(key, version);
        }
        Ok((self.lock, sums))
    }
}

/// The key of a line in a reserved section, with any value.
fn reserved(member: &str) -> Option<&str> {
    let key = member.strip_prefix('"')?.split_once("\": ")?.0;
    (key.starts_with("reader ") || key.starts_with("number ")).then_some(key)
}

/// Parses `type shop::Address#2d1c76c1a3c0f6b2` and checks that the digest matches the form.
fn type_of(key: &str, form: String) -> Result<NamedType, LockErrorKind> {
    let unknown = || LockErrorKind::Unknown { key: key.to_owned() };
    let (path, _) =
        key.strip_prefix("type ").and_then(|rest| rest.rsplit_once('#')).ok_or_else(unknown)?;
    let named = NamedType { path: path.to_owned(), form };
    let is_whole = type_key(path, named.digest()) == key;
    if is_whole { Ok(named) } else { Err(LockErrorKind::Digest { key: key.to_owned() }) }
}

/// The error for a line that cannot be read: an unresolved merge, or an unexpected line.
fn fault(line: usize, text: &str, expected: &'static str) -> LockError {
    let is_conflict =
        ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| text.starts_with(marker));
    let kind = if is_conflict { LockErrorKind::Conflict } else { LockErrorKind::Line { expected } };
    LockError { line, kind }
}
