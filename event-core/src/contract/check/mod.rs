//! Checks that only constant evaluation can make. A macro sees tokens and its own block; a constant
//! sees types, other blocks and other crates.
//!
//! A macro places each call in a constant at the tokens that are checked. `#[track_caller]` makes
//! the error point there.

mod by_serde;
mod conflict;
mod conflicts;
mod deduplicate;
mod fields;
mod groups;
mod keys;
mod named_variants;
mod report;
pub(crate) mod text;

pub use by_serde::{BySerde, NotBySerde, assert_not_by_serde};
pub use conflict::{Conflicts, assert_block_fits};
pub use conflicts::{assert_declared, conflicts, table_size};
pub use deduplicate::assert_deduplicates;
pub use fields::{
    assert_alternative, assert_bounded, assert_domain, assert_entity, assert_number,
    assert_optional, assert_same_type,
};
pub use groups::{assert_group_fits, assert_has_entity, assert_inner_group_fits};
pub use named_variants::assert_named_variants;
