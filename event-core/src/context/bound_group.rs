//! A bound group, in its encoded form.

use crate::event::Group;
use crate::model::meta::GroupMeta;
use crate::value::encode::{Encoder, Preencoded, scan};
use crate::value::read::{Object, ReadError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};

/// A bound group, encoded when it was bound. Its values are not stored, so a masked value cannot be
/// read from memory.
pub(super) struct BoundGroup {
    group: &'static GroupMeta,
    /// The address of the group's descriptor in the last event. The compiler may keep several
    /// copies of a descriptor.
    copy: AtomicUsize,
    first: Preencoded,
    /// The members after an update of the group.
    newer: OnceLock<RwLock<Preencoded>>,
}

impl BoundGroup {
    pub(super) fn new<G: Group>(group: &G) -> Self {
        let copy = AtomicUsize::new(address(G::META));
        Self { group: G::META, copy, first: Preencoded::of(group), newer: OnceLock::new() }
    }

    /// Calls `look` with the current members.
    #[inline]
    pub(super) fn with_members<T>(&self, look: impl FnOnce(&Preencoded) -> T) -> T {
        match self.newer.get() {
            None => look(&self.first),
            Some(newer) => with_newer(newer, look),
        }
    }

    /// Reads the group back from its encoded members.
    pub(super) fn read<G: Group>(&self) -> Result<G, ReadError> {
        let object = self.with_members(|members| {
            // The encoder writes only valid UTF-8.
            let text = str::from_utf8(members.members()).unwrap_or_default();
            format!("{{{}}}", text.strip_prefix(',').unwrap_or(text))
        });
        G::read(&mut Object::parse(&object)?)
    }

    /// Changes the group in place, in all scopes that bind it. No lock is held while `change` runs,
    /// so `change` may emit.
    pub(super) fn update<G: Group>(&self, change: impl FnOnce(&mut G)) -> Result<(), ReadError> {
        let mut group: G = self.read()?;
        let was = Preencoded::of(&group);
        change(&mut group);
        let is = Preencoded::of(&group);
        let newer = self.newer.get_or_init(|| RwLock::new(self.first.clone()));
        let mut members = newer.write().unwrap_or_else(PoisonError::into_inner);
        *members = changed(&members, &was, &is);
        Ok(())
    }

    pub(super) const fn type_name(&self) -> &'static str {
        self.group.type_name
    }

    #[inline]
    pub(super) fn is(&self, group: &'static GroupMeta) -> bool {
        self.copy.load(Ordering::Relaxed) == address(group) || self.is_by_name(group)
    }

    #[cold]
    fn is_by_name(&self, group: &'static GroupMeta) -> bool {
        let same = self.group.type_name == group.type_name && self.group.module == group.module;
        if same {
            self.copy.store(address(group), Ordering::Relaxed);
        }
        same
    }
}

#[cold]
#[inline(never)]
fn with_newer<T>(newer: &RwLock<Preencoded>, look: impl FnOnce(&Preencoded) -> T) -> T {
    look(&newer.read().unwrap_or_else(PoisonError::into_inner))
}

fn address(group: &'static GroupMeta) -> usize {
    std::ptr::from_ref(group).addr()
}

/// The keys and values of members.
pub(super) fn pairs(members: &Preencoded) -> impl Iterator<Item = (&[u8], &[u8])> {
    let bytes = members.members();
    scan::each(bytes.strip_prefix(b",").unwrap_or(bytes))
}

fn value<'m>(members: &'m Preencoded, key: &[u8]) -> Option<&'m [u8]> {
    pairs(members).find(|(known, _)| *known == key).map(|(_, value)| value)
}

/// The members `now`, with the differences between `was` and `is`. An unchanged field keeps its
/// text, because masking a masked value again would change it.
fn changed(now: &Preencoded, was: &Preencoded, is: &Preencoded) -> Preencoded {
    let written = pairs(is).filter_map(|(key, text)| {
        let is_changed = value(was, key) != Some(text);
        if is_changed { Some((key, text)) } else { Some((key, value(now, key)?)) }
    });
    // Members that another thread added in the meantime.
    let added = pairs(now).filter(|(key, _)| value(was, key).is_none() && value(is, key).is_none());
    is.with_members(joined(written.chain(added)).bytes().into())
}

/// Joins members, each with a comma before it.
pub(super) fn joined<'m>(pairs: impl Iterator<Item = (&'m [u8], &'m [u8])>) -> Encoder {
    let mut out = Encoder::new();
    for (key, value) in pairs {
        out.json(",\"");
        out.json_bytes(key);
        out.json("\":");
        out.json_bytes(value);
    }
    out
}
