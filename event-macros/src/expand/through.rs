//! The one trait through which everything about a field's type goes.

use super::krate::Krate;
use super::sensitivity::mask_ident;
use super::spans;
use crate::ast::{Field, Held, Mask};
use crate::check::{instead, may_be_missing};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `<Type as Trait>`, the one trait through which everything about the field goes: an unmet bound
/// is one error, not one for each use.
pub(super) struct Through {
    path: TokenStream,
    of: Of,
}

/// The trait, where its members have other names than those of `EventValue`.
enum Of {
    Value,
    /// It stands for `EventValue`, and its members are named so that rustc never proposes them.
    Instead,
    /// A mask on a value without a name.
    Mask,
}

impl Through {
    /// `<Type as EventValue>`; of a type with the name of one that is no value through a trait that
    /// is implemented for the same types, and says what to write instead.
    pub(super) fn value(ty: &syn::Type, krate: &Krate) -> Self {
        match instead(ty) {
            Some(name) => {
                let (private, name) = (krate.private(), format_ident!("{name}"));
                Self { path: quote!(<#ty as #private::instead::#name>), of: Of::Instead }
            }
            None => Self { path: quote!(<#ty as #krate::EventValue>), of: Of::Value },
        }
    }

    pub(super) fn field(field: &Field, krate: &Krate) -> Self {
        let ty = &field.ty;
        let marker = field.mask.as_ref().and_then(|mask| marker(mask, krate));
        let path = if let Some(marker) = marker.as_ref().filter(|_| field.opaque) {
            let private = krate.private();
            let kind = if may_be_missing(ty) { quote!(OrNone) } else { quote!(Always) };
            quote!(<#ty as #private::MaskedWhole<#marker, #private::#kind>>)
        } else if let Some(marker) = marker {
            quote!(<#ty as #krate::mask::Masked<#marker>>)
        } else if field.opaque && may_be_missing(ty) {
            let private = krate.private();
            quote!(<#ty as #private::OpaqueOrNone>)
        } else if field.opaque {
            quote!(<#ty as #krate::__private::Opaque>)
        } else if field.finite {
            quote!(<#ty as #krate::__private::Finite>)
        } else {
            return Self::value(ty, krate);
        };
        Self { path, of: Of::Value }
    }

    /// The value of a newtype or a variant, under the mask that it has, if it has one.
    pub(super) fn held(ty: &syn::Type, held: &Held, krate: &Krate) -> Self {
        match held.mask.as_ref().and_then(|mask| marker(mask, krate)) {
            Some(marker) => {
                Self { path: quote!(<#ty as #krate::mask::Masked<#marker>>), of: Of::Mask }
            }
            None => Self::value(ty, krate),
        }
    }

    /// The value of a variant of an untagged enum.
    pub(super) fn alternative(ty: &syn::Type, held: &Held, krate: &Krate) -> Self {
        if held.is_masked() {
            return Self::held(ty, held, krate);
        }
        Self { path: quote!(<#ty as #krate::EventValue>), of: Of::Value }
    }

    /// `<Type as Trait>::member`
    pub(super) fn to(&self, member: &str) -> TokenStream {
        let member = match self.of {
            Of::Instead => format_ident!("__{member}"),
            Of::Mask if matches!(member, "encode" | "read") => format_ident!("{member}_masked"),
            Of::Mask | Of::Value => format_ident!("{member}"),
        };
        let path = &self.path;
        quote!(#path::#member)
    }
}

/// The marker type of a mask that is applied while encoding.
fn marker(mask: &Mask, krate: &Krate) -> Option<TokenStream> {
    match mask {
        // Through a trait that says so where the type is no mask, and which is the type itself
        // where it is.
        Mask::Custom { name: path } => {
            let private = krate.private();
            Some(spans::path(quote!(<#path as #private::OwnMask>::Mask<>), spans::ends(path)))
        }
        Mask::Drop | Mask::Clear { .. } => None,
        built_in => {
            let marker = mask_ident(built_in);
            Some(quote!(#krate::mask::#marker))
        }
    }
}
