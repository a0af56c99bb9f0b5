//! Enums whose variants have no name on the wire: level rules and tables of steps cannot name them.

use super::by_tokens::own_segment;
use crate::ast::Value;
use syn::Type;

/// Why the variants of the type cannot be named; `None` unless the type is an `untagged` enum of
/// the block.
pub(super) fn untagged(ty: &Type, values: &[Value]) -> Option<String> {
    let name = &own_segment(ty)?.ident;
    values.iter().find(|value| value.head.ident == *name)?.untagged.as_ref()?;
    Some(format!(
        "the variants of `{name}` are not on the wire: it is an `untagged` enum\nhelp: write `#[value(tag = \"type\")]` in place of `untagged`, or name an enum that is not untagged"
    ))
}
