//! Enums whose variants have no name on the wire: no level rule and no table of steps can name
//! them.

use crate::ast::Value;
use syn::{GenericArgument, PathArguments, Type};

/// Why the variants of the type cannot be named, where it is an `untagged` enum of the block.
pub(super) fn untagged(ty: &Type, values: &[Value]) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|_| path.path.segments.len() == 1)?;
    let name = &last.ident;
    values.iter().find(|value| value.head.ident == *name)?.untagged.as_ref()?;
    Some(format!(
        "the variants of `{name}` are not on the wire: it is an `untagged` enum\nhelp: write `#[value(tag = \"type\")]` in place of `untagged`, or name an enum that is not untagged"
    ))
}

/// What a `Box`, an `Rc` or an `Arc` holds, by its tokens: a pattern does not look into one.
pub(super) fn boxed(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| ["Box", "Rc", "Arc"].iter().any(|word| last.ident == word))?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
