//! What the compiler says of a published version, at run time: by the same functions, as values that outlive what they were compared in.

use event_core::lock::{self, Break, LockRule, Locked, LockedRevision, Now, shape_form};
use event_core::meta::EventMeta;
use event_grammar::lock::{Lock, Status, Version, VersionKey};

/// A change of a published version that breaks somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub rule: LockRule,
    /// Where: `addr.street`; empty for the event as a whole.
    pub path: String,
    /// How it was; empty where it was not.
    pub old: String,
    /// How it is; empty where it is not any more.
    pub new: String,
    /// Who breaks: [`lock::BACKWARD`], [`lock::FORWARD`] or both; 0 where it is not about reading.
    pub breaks: u8,
}

/// What breaks between a published version and its declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks {
    /// What nobody accepted.
    pub open: Vec<Broken>,
    /// What somebody accepted.
    pub accepted: Vec<Broken>,
}

impl From<Break<'_>> for Broken {
    fn from(found: Break<'_>) -> Self {
        let new = match found.new {
            Now::Shape(shape) => shape_form(shape),
            Now::Word(word) => word.to_owned(),
            Now::Gone => String::new(),
        };
        Self { rule: found.rule, path: found.path.to_string(), old: found.old.to_owned(), new, breaks: found.breaks }
    }
}

impl Broken {
    /// The field of the event that it is at or below; none for the event as a whole.
    pub fn field(&self) -> Option<&str> {
        let of_event = matches!(self.rule, LockRule::NameChanged | LockRule::LevelChanged | LockRule::VersionDeleted);
        let end = self.path.find(['.', '[']).unwrap_or(self.path.len());
        self.path.get(..end).filter(|field| !of_event && !field.is_empty())
    }

    /// Who can no longer read, in words.
    pub const fn who(&self) -> Option<&'static str> {
        match self.breaks {
            lock::BACKWARD => Some("new readers"),
            lock::FORWARD => Some("old readers"),
            0 => None,
            _ => Some("old and new readers"),
        }
    }
}

/// What breaks between what was published of a version and what is declared.
pub fn breaks(key: &VersionKey, version: &Version, event: &'static EventMeta) -> Breaks {
    let joined: Vec<(&str, String)> =
        version.asked().map(|(_, revision)| (revision.level.as_str(), revision.joined_fields())).collect();
    let revisions: Vec<LockedRevision<'_>> =
        joined.iter().map(|(level, fields)| LockedRevision { level, fields }).collect();
    let aliases: Vec<&str> = version.aliases.iter().map(String::as_str).collect();
    let accepted: Vec<(&str, &str)> =
        version.accepted.iter().map(|accepted| (accepted.rule.as_str(), accepted.path.as_str())).collect();
    let locked = Locked {
        event: &key.event,
        version: key.version,
        event_type: &version.event_type,
        mode: version.mode.readers(),
        fingerprint: version.revisions.last().map_or(0, |revision| revision.fingerprint),
        aliases: &aliases,
        revisions: &revisions,
        accepted: &accepted,
        command: "",
    };
    Breaks {
        open: lock::breaks(&locked, event).into_iter().map(Broken::from).collect(),
        accepted: lock::accepted_breaks(&locked, event).into_iter().map(Broken::from).collect(),
    }
}

/// What the event takes again though it was retired: its name, its version, names of fields. Nobody can accept that.
pub(super) fn taken_again(lock: &Lock, event: &'static EventMeta) -> Vec<Broken> {
    let name = event.name.snake;
    let again = |path: &str, old: &str| Broken {
        rule: LockRule::NameRetired,
        path: path.to_owned(),
        old: old.to_owned(),
        new: String::new(),
        breaks: 0,
    };
    let mut versions = lock.of(name).peekable();
    let is_known = versions.peek().is_some();
    if is_known && versions.all(|(_, version)| version.status == Status::Retired)
        || lock.get(name, event.version).is_some_and(|version| version.status == Status::Retired)
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
