//! Facts about a type that its tokens show.

use syn::{GenericArgument, Ident, PathArguments, PathSegment, Type};

/// The `T` of an `Option<T>`.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option")
}

/// The `T` of a `Presence<T>`.
pub(crate) fn presence_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Presence")
}

/// The type in an `Option`, or the type itself.
pub(crate) fn inner_of_option(ty: &Type) -> &Type {
    option_of(ty).unwrap_or(ty)
}

/// The `S` of a `Change<S>`.
pub(crate) fn state_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Change")
}

/// The type in a `Box`, an `Rc` or an `Arc`: a pattern cannot match through a pointer.
pub(super) fn boxed(ty: &Type) -> Option<&Type> {
    ["Box", "Rc", "Arc"].into_iter().find_map(|holder| argument_of(ty, holder))
}

/// Whether a key of this type may be missing.
pub(crate) fn may_be_missing(ty: &Type) -> bool {
    option_of(ty).is_some() || presence_of(ty).is_some()
}

/// The one type within `Option`, `Vec` and `Box`, if it is named without a path.
pub(super) fn leaf(ty: &Type) -> Option<&Ident> {
    let segment = own_segment(ty)?;
    match arguments_of(segment).next() {
        Some(inner) if ["Option", "Vec", "Box"].iter().any(|holder| segment.ident == holder) => {
            leaf(inner)
        }
        Some(_) => None,
        None => Some(&segment.ident),
    }
}

/// The type, if it is named without a path.
pub(crate) fn own_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1 => {
            path.path.segments.first()
        }
        _ => None,
    }
}

fn argument_of<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let segment = last_segment(ty).filter(|last| last.ident == name)?;
    arguments_of(segment).next()
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last()
}

/// The types that a type is made of.
pub(super) fn arguments(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::Path(_) => last_segment(ty).into_iter().flat_map(arguments_of).collect(),
        Type::Array(array) => vec![&array.elem],
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        _ => Vec::new(),
    }
}

fn arguments_of(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
