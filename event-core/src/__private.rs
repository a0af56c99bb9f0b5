//! The items that generated code uses. This is not a public interface: it changes without notice.

pub use crate::context::ContextGuard;
pub use crate::contract::check::{
    BySerde, Conflicts, NotBySerde, assert_alternative, assert_block_fits, assert_bounded,
    assert_declared, assert_deduplicates, assert_domain, assert_entity, assert_group_fits,
    assert_has_entity, assert_inner_group_fits, assert_named_variants, assert_not_by_serde,
    assert_number, assert_optional, assert_same_type, conflicts, table_size,
};
pub use crate::contract::lock::generated::*;
pub use crate::contract::lock::{Locked, LockedForm, LockedRevision, Place, Types, Users};
pub use crate::decode::{DecodeError, Unknown, VersionBefore};
pub use crate::decode::{Index, decode, read_older, read_variant};
pub use crate::emit::{Call, EmitTarget};
pub use crate::emit::{EmitAny, Gate};
pub use crate::event::{AnyEvent, Block, BlockEvent};
pub use crate::event::{
    Becomes, Changed, EventOf, LevelText, ask_group, assert_group_kept, refuse_step, with_steps,
};
pub use crate::model::catalog::{BlockMeta, DictionaryEntry, DomainMeta};
pub use crate::model::shape;
pub use crate::unit::{Completes, ContributionTo, Elapsed, Ends, Fails, TimeUnit};
pub use crate::value::kept::{
    assert_value_kept, assert_value_member_kept, assert_within_kept, kept,
};
pub use crate::value::mask::OwnMask;
pub use crate::value::read::variant::{
    adjacent, content, external, internal, unknown, without_content, without_key,
};
pub use crate::value::{
    Always, MaskedWhole, OpaqueOrNone, OrNone, debug, debug_value, instead, shape_of, variant_name,
};
pub use crate::value::{Encoder, Fields, Finite, Opaque};
pub use core;
pub use event_grammar::{Status, StatusClass};

use crate::context::Bind;
use crate::context::ContextGroup;
use crate::event::Event;

/// Binds a group on this thread.
pub fn enter<G: ContextGroup>(group: &G) -> ContextGuard {
    group.binding().enter()
}

/// The name of the event that replaces another event.
pub const fn name_of<E: Event>() -> &'static str {
    E::META.name.snake
}

/// An empty list that all expansions share. Each `&[]` would be a separate constant for the
/// compiler.
pub const NO_NAMES: &[&str] = &[];

/// Removes white space at both ends of documentation that the compiler has joined.
pub const fn trimmed(text: &str) -> &str {
    text.trim_ascii()
}

/// The value of `option_env!`, or an empty text.
pub const fn or_empty(text: Option<&'static str>) -> &'static str {
    match text {
        Some(text) => text,
        None => "",
    }
}
