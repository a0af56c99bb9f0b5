//! The conflicts of a catalog. Each is reported at one block.

use super::report::report;
use crate::model::catalog::BlockMeta;
use crate::model::meta::{EventMeta, FieldMeta};
use event_grammar::same;

/// The maximum number of conflicts that are kept. Each is an error of its own, at the later of its
/// two blocks.
const KEPT: usize = 16;

/// The conflicts of a catalog.
#[derive(Debug)]
pub struct Conflicts {
    found: [Option<(usize, Conflict)>; KEPT],
    len: usize,
}

/// One conflict: its kind and its two places.
#[derive(Clone, Copy, Debug)]
pub(super) enum Conflict {
    Block {
        again: &'static BlockMeta,
    },
    Name {
        first: &'static EventMeta,
        again: &'static EventMeta,
    },
    Alias {
        alias: &'static str,
        first: &'static EventMeta,
        again: &'static EventMeta,
    },
    Field {
        field: &'static FieldMeta,
        first: &'static EventMeta,
        first_field: &'static FieldMeta,
        again: &'static EventMeta,
    },
    Status {
        word: &'static str,
        first: &'static BlockMeta,
        again: &'static BlockMeta,
    },
}

impl Conflicts {
    pub(super) const NONE: Self = Self { found: [None; KEPT], len: 0 };

    pub(super) const fn add(&mut self, block: usize, conflict: Conflict) {
        if self.len < KEPT {
            self.found[self.len] = Some((block, conflict));
            self.len += 1;
        }
    }

    /// Whether the block already has a conflict about this field. A second event with the same
    /// conflict adds no information.
    pub(super) const fn has_field(&self, block: usize, name: &str) -> bool {
        let mut at = 0;
        while at < self.len {
            if let Some((later, Conflict::Field { field, .. })) = &self.found[at]
                && *later == block
                && same(field.name, name)
            {
                return true;
            }
            at += 1;
        }
        false
    }
}

/// Checks that at most `nth` conflicts have their later place in `block`.
///
/// # Panics
///
/// If there are more. The message is conflict number `nth`, counted from 0. The panic is at compile
/// time.
#[track_caller]
pub const fn assert_block_fits(conflicts: &Conflicts, block: usize, nth: usize) {
    let mut at = 0;
    let mut seen = 0;
    while at < conflicts.len {
        if let Some((later, conflict)) = &conflicts.found[at]
            && *later == block
        {
            if seen == nth {
                report(conflict);
            }
            seen += 1;
        }
        at += 1;
    }
}
