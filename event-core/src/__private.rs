//! What generated code calls. Not a public interface: it changes without notice.

pub use crate::catalog::EventOf;
pub use crate::check::{
    BySerde, Conflicts, NotBySerde, assert_alternative, assert_block_fits, assert_bounded,
    assert_declared, assert_domain, assert_entity, assert_group_fits, assert_has_entity,
    assert_inner_group_fits, assert_named_variants, assert_not_by_serde, assert_number,
    assert_optional, assert_same_type, conflicts, table_size,
};
pub use crate::decode::{Index, decode, read_older, read_variant};
pub use crate::emit::Gate;
pub use crate::event::{Becomes, LevelText};
pub use crate::lock::generated::*;
pub use crate::lock::{Locked, LockedForm, LockedRevision, Place, Types, Users};
pub use crate::mask::OwnMask;
pub use crate::read::variant::{
    adjacent, content, external, internal, unknown, without_content, without_key,
};
pub use crate::transition::{Changed, refuse_step, with_steps};
pub use crate::value::{
    Always, MaskedWhole, OpaqueOrNone, OrNone, instead, shape_of, variant_name,
};
pub use core;

use crate::context::{Bind, ContextGuard};
use crate::encode::{Encoder, Fields};
use crate::event::{ContextGroup, Event};
use crate::value::EventValue;
use std::fmt;

/// Binds a group on this thread.
pub fn enter<G: ContextGroup>(group: &G) -> ContextGuard {
    group.binding().enter()
}

/// `Name {"field":..}`: what would be written, masked.
///
/// # Errors
///
/// When the formatter fails.
pub fn debug(name: &str, fields: &dyn Fields, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = Encoder::new();
    out.object(fields);
    write!(f, "{name} {}", str::from_utf8(out.bytes()).unwrap_or_default())
}

/// `Name(..)`: what would be written, masked.
///
/// # Errors
///
/// When the formatter fails.
pub fn debug_value<T: EventValue>(
    name: &str,
    value: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut out = Encoder::new();
    value.encode(&mut out);
    write!(f, "{name}({})", str::from_utf8(out.bytes()).unwrap_or_default())
}

/// The name of the event that another one is replaced by.
pub const fn name_of<E: Event>() -> &'static str {
    E::META.name.snake
}

/// No names, and no groups: empty lists that every expansion shares, where each `&[]` would be a
/// constant of its own to the compiler.
pub const NO_NAMES: &[&str] = &[];
/// See [`NO_NAMES`].
pub const NO_GROUPS: &[&crate::meta::GroupMeta] = &[];

/// Documentation that the compiler puts together, without the white space at its ends.
pub const fn trimmed(text: &str) -> &str {
    text.trim_ascii()
}

/// What `option_env!` gave, or nothing.
pub const fn or_empty(text: Option<&'static str>) -> &'static str {
    match text {
        Some(text) => text,
        None => "",
    }
}
