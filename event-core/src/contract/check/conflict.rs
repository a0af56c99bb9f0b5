//! The conflicts that were found in a catalog, each with the block that it is reported at.

use super::report::report;
use crate::model::catalog::BlockMeta;
use crate::model::meta::{EventMeta, FieldMeta};
use event_grammar::same;

/// How many conflicts are kept, each for an error of its own at the later of its blocks.
const KEPT: usize = 16;

/// The conflicts of a catalog.
#[derive(Debug)]
pub struct Conflicts {
    found: [Option<(usize, Conflict)>; KEPT],
    len: usize,
}

/// One conflict: the kind, and both places.
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

    /// Whether the block has a conflict about this field already: more events of it say nothing
    /// new.
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

/// Asserts that fewer than `nth + 1` conflicts have their later side in `block`.
///
/// # Panics
///
/// For the `nth` one that has, while compiling.
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
