//! A break of a locked version, as a value that outlives what it was found in.

use super::{BACKWARD, Break, FORWARD, LockRule, Now, shape_form};
use std::collections::BTreeSet;

/// A change of a locked version that breaks readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub rule: LockRule,
    /// Where: `addr.street`; `&shop::model::Address.street` in the declaration of a named type;
    /// empty for the event as a whole.
    pub path: String,
    /// How it was; empty where it was not.
    pub old: String,
    /// How it is; empty where it is not any more.
    pub new: String,
    /// Who breaks: [`BACKWARD`], [`FORWARD`] or both; 0 where it is not about reading.
    pub breaks: u8,
    /// The fields of the event by which it is reached.
    pub fields: BTreeSet<String>,
}

impl Broken {
    pub(super) fn of(found: &Break<'_>, fields: BTreeSet<String>) -> Self {
        let new = match found.new {
            Now::Shape(shape) => shape_form(shape),
            Now::Word(word) => word.to_owned(),
            Now::Gone => String::new(),
        };
        let (path, old) = (found.path.to_string(), found.old.to_owned());
        Self { rule: found.rule, path, old, new, breaks: found.breaks, fields }
    }

    /// The fields of the event that it is at or below; none for the event as a whole.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let of_event = matches!(
            self.rule,
            LockRule::NameChanged | LockRule::LevelChanged | LockRule::VersionDeleted
        );
        self.fields.iter().map(String::as_str).filter(move |_| !of_event)
    }

    /// The field of the event that it is at or below, where that is one.
    pub fn field(&self) -> Option<&str> {
        let mut fields = self.fields();
        fields.next().filter(|_| fields.next().is_none())
    }

    /// The path of the named type in whose declaration it is, and the path from there.
    pub fn in_type(&self) -> Option<(&str, &str)> {
        in_type(&self.path)
    }

    /// Who can no longer read, in words.
    pub const fn who(&self) -> Option<&'static str> {
        match self.breaks {
            BACKWARD => Some("new readers"),
            FORWARD => Some("old readers"),
            0 => None,
            _ => Some("old and new readers"),
        }
    }
}

/// The type in a path that begins in the declaration of one, and the rest: `&shop::Address.zip`.
/// Its arguments may have points.
pub fn in_type(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('&')?;
    let mut depth = 0_usize;
    let end = path.find(|c| {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '.' | '[')
    });
    let (ty, rest) = path.split_at(end.unwrap_or(path.len()));
    Some((ty, rest.strip_prefix('.').unwrap_or(rest)))
}
