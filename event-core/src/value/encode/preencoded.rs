//! Members that were encoded before the event that carries them.

use super::{Encoder, Fields, Mark, Refusal, scan};
use std::sync::OnceLock;

/// Encoded members, each with a comma before it: what is bound, what is said of the service, what
/// was added to a unit of work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preencoded {
    members: Box<[u8]>,
    /// Why no event may carry them, if so.
    refused: Option<Refusal>,
    /// Where each is; found when an event that carries them keeps marks, because few do.
    marks: OnceLock<Box<[Mark]>>,
}

impl Preencoded {
    /// What `encode` writes.
    pub(crate) fn new(encode: impl FnOnce(&mut Encoder)) -> Self {
        let mut out = Encoder::new();
        encode(&mut out);
        Self { members: out.bytes().into(), refused: out.refused, marks: OnceLock::new() }
    }

    /// The members of a group.
    pub(crate) fn of(fields: &dyn Fields) -> Self {
        Self::new(|out| out.isolated(fields))
    }

    /// Other members than these; `later` refuses too.
    pub(crate) fn replaced(&self, members: Box<[u8]>, later: &Self) -> Self {
        Self { members, refused: later.refused.or(self.refused), marks: OnceLock::new() }
    }

    /// Other members than these, refused as these are.
    pub(crate) fn with_members(&self, members: Box<[u8]>) -> Self {
        Self { members, refused: self.refused, marks: OnceLock::new() }
    }

    pub(crate) fn members(&self) -> &[u8] {
        &self.members
    }

    /// Why no event may carry them, if so.
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
    /// Writes members that were encoded before.
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

    /// As [`Self::preencoded`], where there are any.
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
