//! From a text to a lock.
//!
//! Lines are read in any order within the file, so that a lock that was merged can be mended; then the text is held against the one spelling.

use super::line::{self, Value};
use super::{Acceptance, FORMAT, Lock, LockError, LockErrorKind, Mode, Revision, Status, Version, VersionKey, sum};
use std::collections::{BTreeMap, HashSet};

pub(super) fn lock(text: &str) -> Result<Lock, LockError> {
    let (lock, sums) = members(text)?;
    for (key, (line, expected, found)) in &sums {
        if expected.as_deref() != Some(sum::render(*found).as_str()) {
            let kind = match expected {
                Some(_) => LockErrorKind::Sum { version: key.to_string() },
                None => LockErrorKind::Missing { version: key.to_string(), key: "sum" },
            };
            return Err(LockError { line: *line, kind });
        }
    }
    let written = lock.render();
    let differs = written.lines().zip(text.lines()).position(|(written, read)| written != read);
    let line = differs.or_else(|| (written.lines().count() != text.lines().count()).then(|| written.lines().count()));
    match line {
        Some(line) => Err(LockError { line: line + 1, kind: LockErrorKind::Spelling }),
        None => Ok(lock),
    }
}

pub(super) fn lock_unsummed(text: &str) -> Result<Lock, LockError> {
    members(text).map(|(lock, _)| lock)
}

/// For each version the line of its sum, the sum that the file says, and the one over its lines.
type Sums = BTreeMap<VersionKey, (usize, Option<String>, u64)>;

fn members(text: &str) -> Result<(Lock, Sums), LockError> {
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
        let Some((key, value)) = line::parse(member) else {
            return Err(fault(at, text, "a line of the form `\"event@1 ..\": \"..\",`"));
        };
        if !seen.insert(key.clone()) {
            return Err(LockError { line: at, kind: LockErrorKind::Twice { key } });
        }
        let kind = match (key.as_str(), value) {
            ("lock_format", Value::Number(FORMAT)) | ("lock_end", _) => continue,
            ("lock_format", Value::Number(found)) => LockErrorKind::Format { found: found.to_string() },
            ("package", Value::Text(package)) => {
                lock.package = package;
                continue;
            }
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
            return Err(LockError { line: 2, kind: LockErrorKind::Missing { version: super::FILE.to_owned(), key } });
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

/// A line that cannot be read: of a merge, or of something else.
fn fault(line: usize, text: &str, expected: &'static str) -> LockError {
    let is_conflict = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| text.starts_with(marker));
    let kind = if is_conflict { LockErrorKind::Conflict } else { LockErrorKind::Line { expected } };
    LockError { line, kind }
}

/// A version as its lines come in.
#[derive(Default)]
struct Draft {
    event_type: Option<String>,
    status: Option<Status>,
    mode: Option<Mode>,
    aliases: Vec<String>,
    revisions: BTreeMap<usize, RevisionDraft>,
    accepted: BTreeMap<usize, Acceptance>,
    retired: BTreeMap<String, String>,
    samples: Option<String>,
    sum: Option<String>,
    sum_line: usize,
    found: u64,
}

#[derive(Default)]
struct RevisionDraft {
    fingerprint: Option<u64>,
    level: Option<String>,
    fields: BTreeMap<String, String>,
    write: Option<String>,
    read: Option<String>,
}

/// Takes in one line of a version.
fn entry(
    key: &str,
    value: Value,
    member: &str,
    at: usize,
    drafts: &mut BTreeMap<VersionKey, Draft>,
) -> Result<(), LockErrorKind> {
    let unknown = || LockErrorKind::Unknown { key: key.to_owned() };
    let expected = |expected| LockErrorKind::Value { key: key.to_owned(), expected };
    let (version, name) = key.split_once(' ').ok_or_else(unknown)?;
    let draft = drafts.entry(version_key(version).ok_or_else(unknown)?).or_default();
    if name == "sum" {
        draft.sum_line = at;
    } else {
        draft.found = sum::of([member].into_iter()).wrapping_add(draft.found);
        if draft.sum.is_none() {
            draft.sum_line = at;
        }
    }
    let text = match value {
        Value::Text(text) => text,
        Value::Texts(texts) => {
            let number = name.strip_prefix("accepted ").and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
            let accepted = acceptance(texts).ok_or_else(|| expected("`rule`, `path`, `reason`, `who` and `until`"))?;
            draft.accepted.insert(number, accepted);
            return Ok(());
        }
        Value::Number(_) => return Err(expected("a text")),
    };
    match name {
        "type" => draft.event_type = Some(text),
        "status" => {
            let known = Status::ALL.into_iter().find(|status| status.as_str() == text);
            draft.status = Some(known.ok_or_else(|| expected("`published`, `deprecated` or `retired`"))?);
        }
        "mode" => {
            let known = Mode::named(&text);
            draft.mode = Some(known.ok_or_else(|| expected("a compatibility mode: `full-transitive`, say"))?);
        }
        "samples" => draft.samples = Some(text),
        "sum" => draft.sum = Some(text),
        _ => {
            if let Some(alias) = name.strip_prefix("alias ") {
                draft.aliases.push(alias.to_owned());
            } else if let Some(field) = name.strip_prefix("retired .") {
                draft.retired.insert(field.to_owned(), text);
            } else {
                let (number, name) = name.split_once(' ').ok_or_else(unknown)?;
                let number = number.strip_prefix('r').and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
                let revision = draft.revisions.entry(number).or_default();
                match (name, name.strip_prefix('.')) {
                    ("fingerprint", _) => {
                        let fingerprint = u64::from_str_radix(&text, 16).ok().filter(|_| text.len() == 16);
                        revision.fingerprint = Some(fingerprint.ok_or_else(|| expected("16 hexadecimal digits"))?);
                    }
                    ("level", _) => revision.level = Some(text),
                    ("write", _) => revision.write = Some(text),
                    ("read", _) => revision.read = Some(text),
                    (_, Some(field)) => {
                        revision.fields.insert(field.to_owned(), text);
                    }
                    _ => return Err(unknown()),
                }
            }
        }
    }
    Ok(())
}

fn version_key(text: &str) -> Option<VersionKey> {
    let (event, version) = text.split_once('@')?;
    let is_name = !event.is_empty() && event.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let version = version.parse().ok().filter(|number: &u32| *number > 0 && number.to_string() == version)?;
    is_name.then(|| VersionKey::new(event, version))
}

fn acceptance(texts: Vec<(String, String)>) -> Option<Acceptance> {
    let mut texts = texts.into_iter();
    let mut next = |name: &str| texts.next().filter(|(key, _)| key == name).map(|(_, text)| text);
    let accepted = Acceptance {
        rule: next("rule")?,
        path: next("path")?,
        reason: next("reason")?,
        who: next("who")?,
        until: next("until")?,
    };
    texts.next().is_none().then_some(accepted)
}

impl Draft {
    fn finish(self, key: &VersionKey) -> Result<Version, LockErrorKind> {
        let missing = |name| LockErrorKind::Missing { version: key.to_string(), key: name };
        let mut aliases = self.aliases;
        aliases.sort_unstable();
        if self.revisions.is_empty() || self.revisions.keys().enumerate().any(|(at, number)| at != *number) {
            return Err(missing("r0"));
        }
        let revisions = self.revisions.into_values().map(|revision| {
            Ok(Revision {
                fingerprint: revision.fingerprint.ok_or_else(|| missing("fingerprint"))?,
                level: revision.level.ok_or_else(|| missing("level"))?,
                fields: revision.fields,
                write: revision.write.ok_or_else(|| missing("write"))?,
                read: revision.read.ok_or_else(|| missing("read"))?,
            })
        });
        Ok(Version {
            event_type: self.event_type.ok_or_else(|| missing("type"))?,
            status: self.status.ok_or_else(|| missing("status"))?,
            mode: self.mode.ok_or_else(|| missing("mode"))?,
            aliases,
            revisions: revisions.collect::<Result<_, _>>()?,
            accepted: self.accepted.into_values().collect(),
            retired: self.retired,
            samples: self.samples.ok_or_else(|| missing("samples"))?,
        })
    }
}
