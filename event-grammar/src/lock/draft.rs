//! A version while its lines are read, in any order.

use super::line::Value;
use super::{Acceptance, LockErrorKind, Mode, Revision, Stage, Version, VersionKey, sum};
use crate::fingerprint::Place;
use std::collections::{BTreeMap, BTreeSet};

/// A version while its lines are read.
#[derive(Default)]
pub(super) struct Draft {
    event_type: Option<String>,
    stage: Option<Stage>,
    mode: Option<Mode>,
    aliases: Vec<String>,
    revisions: BTreeMap<usize, RevisionDraft>,
    accepted: BTreeMap<usize, Acceptance>,
    retired: BTreeMap<String, String>,
    samples: Option<String>,
    pub(super) sum: Option<String>,
    pub(super) sum_line: usize,
    pub(super) found: u64,
}

#[derive(Default)]
struct RevisionDraft {
    fingerprint: Option<u64>,
    level: Option<String>,
    transitions: String,
    fields: BTreeMap<String, String>,
    groups: BTreeMap<String, Place>,
    types: BTreeSet<u64>,
    write: Option<String>,
    read: Option<String>,
}

/// Takes one line of a version.
pub(super) fn entry(
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
    match value {
        Value::Text(text) => draft.take(key, name, text),
        Value::Texts(texts) => {
            let number = name
                .strip_prefix("accepted ")
                .and_then(|number| number.parse().ok())
                .ok_or_else(unknown)?;
            let accepted = acceptance(texts)
                .ok_or_else(|| expected("`rule`, `path`, `reason`, `who` and `until`"))?;
            draft.accepted.insert(number, accepted);
            Ok(())
        }
        Value::Number(_) => Err(expected("a text")),
    }
}

impl Draft {
    /// Takes one text of a version.
    fn take(&mut self, key: &str, name: &str, text: String) -> Result<(), LockErrorKind> {
        let unknown = || LockErrorKind::Unknown { key: key.to_owned() };
        let expected = |expected| LockErrorKind::Value { key: key.to_owned(), expected };
        match name {
            "type" => self.event_type = Some(text),
            "stage" => {
                let known = Stage::from_word(&text);
                self.stage =
                    Some(known.ok_or_else(|| expected("`locked`, `deprecated` or `retired`"))?);
            }
            "mode" => {
                let known = Mode::from_word(&text);
                self.mode = Some(
                    known
                        .ok_or_else(|| expected("a compatibility mode: `full-transitive`, say"))?,
                );
            }
            "samples" => self.samples = Some(text),
            "sum" => self.sum = Some(text),
            _ => {
                if let Some(alias) = name.strip_prefix("alias ") {
                    self.aliases.push(alias.to_owned());
                } else if let Some(field) = name.strip_prefix("retired .") {
                    self.retired.insert(field.to_owned(), text);
                } else {
                    let (number, name) = name.split_once(' ').ok_or_else(unknown)?;
                    let number = number
                        .strip_prefix('r')
                        .and_then(|number| number.parse().ok())
                        .ok_or_else(unknown)?;
                    self.revisions.entry(number).or_default().take(key, name, text)?;
                }
            }
        }
        Ok(())
    }
}

impl RevisionDraft {
    /// Takes one line of a revision.
    fn take(&mut self, key: &str, name: &str, text: String) -> Result<(), LockErrorKind> {
        let unknown = || LockErrorKind::Unknown { key: key.to_owned() };
        let expected = |expected| LockErrorKind::Value { key: key.to_owned(), expected };
        let number =
            |digits: &str| u64::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 16);
        match name {
            "fingerprint" => {
                self.fingerprint =
                    Some(number(&text).ok_or_else(|| expected("16 hexadecimal digits"))?);
            }
            "types" => {
                let types: Option<BTreeSet<u64>> = text.split(' ').map(number).collect();
                self.types = types.ok_or_else(|| expected("digests of 16 hexadecimal digits"))?;
            }
            "level" => self.level = Some(text),
            "transitions" => self.transitions = text,
            "write" => self.write = Some(text),
            "read" => self.read = Some(text),
            _ => {
                if let Some(field) = name.strip_prefix('.') {
                    self.fields.insert(field.to_owned(), text);
                } else if let Some(path) = name.strip_prefix("group ") {
                    let place = Place::ALL.into_iter().find(|place| place.as_str() == text);
                    let place = place.ok_or_else(|| expected("`payload`, `context` or `wide`"))?;
                    self.groups.insert(path.to_owned(), place);
                } else {
                    return Err(unknown());
                }
            }
        }
        Ok(())
    }
}

fn version_key(text: &str) -> Option<VersionKey> {
    let (event, version) = text.split_once('@')?;
    let is_name =
        !event.is_empty() && event.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let version =
        version.parse().ok().filter(|number: &u32| *number > 0 && number.to_string() == version)?;
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
    pub(super) fn finish(self, key: &VersionKey) -> Result<Version, LockErrorKind> {
        let missing = |name| LockErrorKind::Missing { version: key.to_string(), key: name };
        let mut aliases = self.aliases;
        aliases.sort_unstable();
        if self.revisions.is_empty()
            || self.revisions.keys().enumerate().any(|(at, number)| at != *number)
        {
            return Err(missing("r0"));
        }
        let revisions = self.revisions.into_values().map(|revision| {
            Ok(Revision {
                fingerprint: revision.fingerprint.ok_or_else(|| missing("fingerprint"))?,
                level: revision.level.ok_or_else(|| missing("level"))?,
                transitions: revision.transitions,
                fields: revision.fields,
                groups: revision.groups,
                types: revision.types,
                write: revision.write.ok_or_else(|| missing("write"))?,
                read: revision.read.ok_or_else(|| missing("read"))?,
            })
        });
        Ok(Version {
            event_type: self.event_type.ok_or_else(|| missing("type"))?,
            stage: self.stage.ok_or_else(|| missing("stage"))?,
            mode: self.mode.ok_or_else(|| missing("mode"))?,
            aliases,
            revisions: revisions.collect::<Result<_, _>>()?,
            accepted: self.accepted.into_values().collect(),
            retired: self.retired,
            samples: self.samples.ok_or_else(|| missing("samples"))?,
        })
    }
}
