//! Members that were encoded before the event that carries them.

use super::{Encoder, Fields, Mark, Refusal, scan};
use std::sync::OnceLock;

/// Encoded members, each with a comma before it: bound context, the members of the service,
/// contributions to a unit of work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preencoded {
    members: Box<[u8]>,
    /// Why no event may have these members, if so.
    refused: Option<Refusal>,
    /// The positions of the members. Computed only when an event with these members keeps marks,
    /// because few events do.
    marks: OnceLock<Box<[Mark]>>,
}

impl Preencoded {
    /// The members that `encode` writes.
    pub(crate) fn new(encode: impl FnOnce(&mut Encoder)) -> Self {
        let mut out = Encoder::new();
        encode(&mut out);
        Self { members: out.bytes().into(), refused: out.refused, marks: OnceLock::new() }
    }

    /// The members of a group.
    pub(crate) fn of(fields: &dyn Fields) -> Self {
        Self::new(|out| out.isolated(fields))
    }

    /// Replaces the members. The result is also refused if `later` is.
    pub(crate) fn replaced(&self, members: Box<[u8]>, later: &Self) -> Self {
        Self { members, refused: later.refused.or(self.refused), marks: OnceLock::new() }
    }

    /// Replaces the members, and keeps the refusal.
    pub(crate) fn with_members(&self, members: Box<[u8]>) -> Self {
        Self { members, refused: self.refused, marks: OnceLock::new() }
    }

    pub(crate) fn members(&self) -> &[u8] {
        &self.members
    }

    /// Why no event may have these members, if so.
    pub(crate) const fn refused(&self) -> Option<Refusal> {
        self.refused
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn marks(&self) -> &[Mark] {
        self.marks.get_or_init(|| scan::marks(&self.members).collect())
    }
}

impl Encoder {
    /// Writes members that were encoded earlier.
    #[inline]
    pub(crate) fn preencoded(&mut self, part: &Preencoded) {
        if self.is_marking() {
            self.mark_all(part);
        }
        self.json_bytes(&part.members);
        if let Some(refusal) = part.refused {
            self.refuse_as(refusal);
        }
    }

    /// Like [`Self::preencoded`], if there are any members.
    pub(crate) fn preencoded_if(&mut self, part: Option<&Preencoded>) {
        if let Some(part) = part {
            self.preencoded(part);
        }
    }

    #[cold]
    #[inline(never)]
    fn mark_all(&mut self, part: &Preencoded) {
        let at = self.len();
        for mark in part.marks() {
            self.mark(mark.moved(at));
        }
    }
}
