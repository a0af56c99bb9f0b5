//! A group, as it is bound: encoded.

use crate::event::Group;
use crate::model::meta::GroupMeta;
use crate::value::encode::{Encoder, Preencoded, scan};
use crate::value::read::{Object, ReadError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};

/// A bound group, encoded when it was bound. Its values are not kept: what is masked cannot be read
/// back from memory.
pub(super) struct BoundGroup {
    group: &'static GroupMeta,
    /// Where the event that was written last has the group's descriptor: the compiler may keep more
    /// than one copy of it.
    copy: AtomicUsize,
    first: Preencoded,
    /// What was made of it since, where a field was bound anew.
    newer: OnceLock<RwLock<Preencoded>>,
}

impl BoundGroup {
    pub(super) fn new<G: Group>(group: &G) -> Self {
        let copy = AtomicUsize::new(address(G::META));
        Self { group: G::META, copy, first: Preencoded::of(group), newer: OnceLock::new() }
    }

    /// Calls `look` with the members that events copy now.
    #[inline]
    pub(super) fn with_members<T>(&self, look: impl FnOnce(&Preencoded) -> T) -> T {
        match self.newer.get() {
            None => look(&self.first),
            Some(newer) => with_newer(newer, look),
        }
    }

    /// The group, as far as it can be read back.
    pub(super) fn read<G: Group>(&self) -> Result<G, ReadError> {
        let object = self.with_members(|members| {
            // The encoder copies text and ASCII only.
            let text = str::from_utf8(members.members()).unwrap_or_default();
            format!("{{{}}}", text.strip_prefix(',').unwrap_or(text))
        });
        G::read(&mut Object::parse(&object)?)
    }

    /// Changes it in place, wherever it is bound. Nothing is locked while `change` runs, so it may
    /// emit.
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

/// The members `now`, with what differs between `was` and `is`. A field that nobody changed keeps
/// its text: to mask a masked value once more would change it.
fn changed(now: &Preencoded, was: &Preencoded, is: &Preencoded) -> Preencoded {
    let written = pairs(is).filter_map(|(key, text)| {
        let is_changed = value(was, key) != Some(text);
        if is_changed { Some((key, text)) } else { Some((key, value(now, key)?)) }
    });
    // What another thread has added meanwhile.
    let added = pairs(now).filter(|(key, _)| value(was, key).is_none() && value(is, key).is_none());
    is.with_members(joined(written.chain(added)).bytes().into())
}

/// Members, each with a comma before it.
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
