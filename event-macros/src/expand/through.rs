//! The one trait through which everything about a field's type goes.

use super::{Krate, spans};
use crate::ast::{Field, Mask};
use crate::check::{instead, may_be_missing};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `<Type as Trait>`, the one trait through which everything about the field goes: an unmet bound is one error, not one for each use.
pub(super) struct Through {
    path: TokenStream,
    /// It stands for `EventValue`, and its members are named so that rustc never proposes them.
    stands_for_value: bool,
}

impl Through {
    /// `<Type as EventValue>`; of a type with the name of one that is no value through a trait that is implemented for the same types, and says what to write
    /// instead.
    pub(super) fn value(ty: &syn::Type, krate: &Krate) -> Self {
        match instead(ty) {
            Some(name) => {
                let (private, name) = (krate.private(), format_ident!("{name}"));
                Self { path: quote!(<#ty as #private::instead::#name>), stands_for_value: true }
            }
            None => Self { path: quote!(<#ty as #krate::EventValue>), stands_for_value: false },
        }
    }

    pub(super) fn field(field: &Field, krate: &Krate) -> Self {
        let ty = &field.ty;
        let path = if let Some(marker) = marker(field, krate).filter(|_| field.opaque) {
            let private = krate.private();
            let kind = if may_be_missing(ty) { quote!(OrNone) } else { quote!(Always) };
            quote!(<#ty as #private::MaskedWhole<#marker, #private::#kind>>)
        } else if let Some(marker) = marker(field, krate) {
            quote!(<#ty as #krate::mask::Masked<#marker>>)
        } else if field.opaque && may_be_missing(ty) {
            let private = krate.private();
            quote!(<#ty as #private::OpaqueOrNone>)
        } else if field.opaque {
            quote!(<#ty as #krate::Opaque>)
        } else if field.finite {
            quote!(<#ty as #krate::Finite>)
        } else {
            return Self::value(ty, krate);
        };
        Self { path, stands_for_value: false }
    }

    /// `<Type as Trait>::member`
    pub(super) fn to(&self, member: &str) -> TokenStream {
        let member = if self.stands_for_value { format_ident!("__{member}") } else { format_ident!("{member}") };
        let path = &self.path;
        quote!(#path::#member)
    }
}

/// The marker type of a mask that is applied while encoding.
fn marker(field: &Field, krate: &Krate) -> Option<TokenStream> {
    match field.mask.as_ref()? {
        Mask::Redact => Some(quote!(#krate::mask::Redact)),
        Mask::Email => Some(quote!(#krate::mask::Email)),
        Mask::Last4 => Some(quote!(#krate::mask::Last4)),
        Mask::Card => Some(quote!(#krate::mask::Card)),
        Mask::Hash => Some(quote!(#krate::mask::Hash)),
        Mask::Ip => Some(quote!(#krate::mask::Ip)),
        // Through a trait that says so where the type is no mask, and which is the type itself where it is.
        Mask::Custom(path) => {
            let private = krate.private();
            Some(spans::path(quote!(<#path as #private::OwnMask>::Mask<>), spans::ends(path)))
        }
        Mask::Drop | Mask::Clear(_) => None,
    }
}
