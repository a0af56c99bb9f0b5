//! The compile-time lock check at run time: the same functions, with results that own their texts.

use event_core::lock::{self, Broken, LockRule, Locked, LockedRevision, Place, Types};
use event_core::meta::EventMeta;
use event_grammar::form::{push_name, table};
use event_grammar::lock::{Lock, Revision, Stage, TypesOf, Version, VersionKey};

/// The breaks between a locked version and its declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks {
    /// Breaks that are not accepted.
    pub open: Vec<Broken>,
    /// Accepted breaks.
    pub accepted: Vec<Broken>,
}

/// The breaks between a locked version and its declaration.
pub fn breaks(
    lock: &Lock,
    key: &VersionKey,
    version: &Version,
    event: &'static EventMeta,
) -> Breaks {
    let accepted: Vec<(&str, &str)> = version
        .accepted
        .iter()
        .map(|accepted| (accepted.rule.as_str(), accepted.path.as_str()))
        .collect();
    let asked: Vec<AskedRevision<'_>> =
        version.asked().map(|(_, revision)| AskedRevision::of(lock, revision)).collect();
    let revisions: Vec<LockedRevision<'_>> = asked.iter().map(AskedRevision::locked).collect();
    let aliases: Vec<&str> = version.aliases.iter().map(String::as_str).collect();
    let locked = Locked {
        event: &key.event,
        version: key.version,
        event_type: &version.event_type,
        mode: version.mode.readers(),
        aliases: &aliases,
        revisions: &revisions,
        accepted: &accepted,
        command: "",
    };
    let is_accepted = |found: &Broken| {
        accepted.iter().any(|(rule, path)| *rule == found.rule.id() && *path == found.path)
    };
    let (accepted, open) = lock::breaks(&locked, event).into_iter().partition(is_accepted);
    Breaks { open, accepted }
}

/// A revision in the types of the comparison.
struct AskedRevision<'l> {
    level: &'l str,
    fields: String,
    groups: Vec<(&'l str, Place)>,
    types: String,
    lock: u64,
}

impl<'l> AskedRevision<'l> {
    fn of(lock: &'l Lock, revision: &'l Revision) -> Self {
        let mut fields = String::new();
        for (name, form) in &revision.fields {
            if !fields.is_empty() {
                fields.push(',');
            }
            push_name(&mut fields, name);
            fields.push(':');
            fields.push_str(form);
        }
        Self {
            level: &revision.level,
            fields,
            groups: revision.groups.iter().map(|(path, place)| (path.as_str(), *place)).collect(),
            types: table(TypesOf::of(lock, revision).all()),
            lock: event_grammar::hash(&lock.package),
        }
    }

    fn locked(&self) -> LockedRevision<'_> {
        LockedRevision {
            level: self.level,
            fields: &self.fields,
            groups: &self.groups,
            types: Types { table: &self.types, lock: self.lock },
        }
    }
}

/// Retired names that the event uses again: its name, its version, names of fields. Such a break
/// cannot be accepted.
pub(super) fn taken_again(lock: &Lock, event: &'static EventMeta) -> Vec<Broken> {
    let name = event.name.snake;
    let again = |path: &str, old: &str| Broken {
        rule: LockRule::NameRetired,
        path: path.to_owned(),
        old: old.to_owned(),
        new: String::new(),
        breaks: 0,
        fields: Some(path.to_owned()).filter(|path| !path.is_empty()).into_iter().collect(),
    };
    let mut versions = lock.of(name).peekable();
    let is_known = versions.peek().is_some();
    if is_known && versions.all(|(_, version)| version.stage == Stage::Retired)
        || lock.get(name, event.version).is_some_and(|version| version.stage == Stage::Retired)
    {
        return vec![again("", "")];
    }
    let fields = [event.fields(), event.context_fields(), event.wide_fields()].concat();
    let known = fields.iter().filter_map(|field| {
        let retired = lock.of(name).filter(|(version, _)| *version <= event.version);
        let form = retired.filter_map(|(_, version)| version.retired.get(field.name)).last()?;
        Some(again(field.name, form))
    });
    known.collect()
}
