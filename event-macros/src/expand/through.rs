//! The one trait through which generated code uses a field's type.

use super::krate::Krate;
use super::sensitivity::mask_ident;
use super::spans;
use crate::ast::{Field, Held, Mask};
use crate::check::{instead, may_be_missing};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `<Type as Trait>`, the one trait through which generated code uses a field's type: an unmet
/// bound is one error, not one error per use.
pub(super) struct Through {
    path: TokenStream,
    of: Of,
}

/// The trait, if its members have other names than those of `EventValue`.
enum Of {
    Value,
    /// A trait in place of `EventValue`; its members are named so that rustc never suggests them.
    Instead,
    /// A mask on an unnamed value.
    Mask,
}

impl Through {
    /// `<Type as EventValue>`. If the type has the name of a well-known type that is not a value
    /// type: through a trait that is implemented for the same types as `EventValue` and says what
    /// to write instead.
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

    /// The value of a newtype or a variant, under its mask if there is one.
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

/// The marker type of a mask that is applied during encoding.
fn marker(mask: &Mask, krate: &Krate) -> Option<TokenStream> {
    match mask {
        // Through a trait that reports a type that is not a mask; for a mask it is the type itself.
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
