//! The fingerprints with which a field is compared with its locked form.

use super::field::shape_tokens;
use super::krate::Krate;
use super::through::Through;
use crate::ast::{Field, Mask, Role};
use crate::check::own_segment;
use proc_macro2::TokenStream;
use quote::quote;

/// The fingerprint of the form of the field's type, or of the group's fields.
pub(super) fn fingerprint(field: &Field, krate: &Krate) -> TokenStream {
    let ty = &field.ty;
    if field.is_flattened() {
        quote!(<#ty as #krate::Group>::FINGERPRINT)
    } else if !field.is_masked() && !field.opaque && !field.recursive {
        Through::value(ty, krate).to("FINGERPRINT")
    } else {
        let (private, shape) = (krate.private(), shape_tokens(field, krate));
        quote!(#private::of_shape(#shape))
    }
}

/// The fingerprint of the field's words, without its type.
pub(super) fn words(field: &Field) -> u64 {
    let (role, argument) = match &field.role {
        Role::Entity { kind } => ("entity", kind.as_str()),
        Role::EntityVersion => ("entity_version", ""),
        Role::Elapsed(_) | Role::Plain | Role::Group | Role::Transition(_) => ("", ""),
    };
    let aliases: Vec<String> = field.aliases.iter().map(syn::LitStr::value).collect();
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    let unit = field.unit.as_ref().map(syn::LitStr::value).unwrap_or_default();
    event_grammar::fingerprint::words(&event_grammar::fingerprint::FieldWords {
        name: &field.name,
        role,
        argument,
        unit: &unit,
        mask: field.mask.as_ref().map_or("", Mask::as_str),
        aliases: &aliases,
        default: field.default,
        finite: field.finite,
    })
}

/// The fingerprint of the field for an event's lock check.
pub(super) fn number(field: &Field, skip_none: bool, krate: &Krate) -> TokenStream {
    let (private, said, skips) = (krate.private(), words(field), field.skip_none || skip_none);
    let number = fingerprint(field, krate);
    if skips {
        let shape = shape_tokens(field, krate);
        quote!(#private::of_declared_field(#said, #number, #shape))
    } else {
        quote!(#private::of_plain_field(#said, #number))
    }
}

/// The form of a built-in type, of text, or of a type composed of such types; `None` for any other
/// type.
pub(super) fn plain_form(ty: &syn::Type) -> Option<String> {
    const PLAIN: &[(&str, &str)] = &[
        ("bool", "bool"),
        ("char", "char"),
        ("u8", "u8"),
        ("u16", "u16"),
        ("u32", "u32"),
        ("u64", "u64"),
        ("i8", "i8"),
        ("i16", "i16"),
        ("i32", "i32"),
        ("i64", "i64"),
        ("f32", "f64"),
        ("f64", "f64"),
        ("String", "text"),
        ("Str", "text"),
    ];
    let segment = own_segment(ty)?;
    let argument = match &segment.arguments {
        syn::PathArguments::None => None,
        syn::PathArguments::AngleBracketed(list) => match list.args.first()? {
            syn::GenericArgument::Type(ty) if list.args.len() == 1 => Some(ty),
            // `Str<'a>`
            syn::GenericArgument::Lifetime(_) if segment.ident == "Str" => None,
            _ => return None,
        },
        syn::PathArguments::Parenthesized(_) => return None,
    };
    match argument {
        None => {
            PLAIN.iter().find(|(name, _)| segment.ident == name).map(|(_, form)| (*form).to_owned())
        }
        Some(inner) if segment.ident == "Option" => {
            let inner = plain_form(inner)?;
            Some(if inner.ends_with('?') { inner } else { inner + "?" })
        }
        Some(inner) if segment.ident == "Vec" => Some(format!("[{}]", plain_form(inner)?)),
        Some(_) => None,
    }
}

/// The fingerprint of a field whose type is what its name says; `None` if the macro cannot tell.
pub(super) fn plain_number(field: &Field, skip_none: bool) -> Option<u64> {
    let form = plain_form(&field.ty).filter(|_| is_asked_itself(field))?;
    let is_optional = form.ends_with('?');
    let skips = is_optional && (field.skip_none || skip_none);
    let of_type = event_grammar::fingerprint::of_form(&form, &|_| {
        event_grammar::fingerprint::Named::default()
    });
    Some(event_grammar::fingerprint::field(words(field), skips, of_type))
}

/// The sums over fields: of fields with plain forms, and of fields that skip `None`.
pub(super) fn sums(fields: &[Field], skip_none: bool, krate: &Krate) -> TokenStream {
    let private = krate.private();
    let (skipping, plain): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.skip_none || skip_none);
    let plain = plain.into_iter().map(|field| {
        let (cfgs, said, number) = (field.cfgs(), words(field), fingerprint(field, krate));
        quote!(#(#cfgs)* (#said, #number))
    });
    let skipping = skipping.into_iter().map(|field| {
        let (cfgs, said, number) = (field.cfgs(), words(field), fingerprint(field, krate));
        let shape = shape_tokens(field, krate);
        quote!(#(#cfgs)* (#said, #number, #shape))
    });
    quote!(#private::of_said(&[#(#plain),*]), #private::of_skipping(&[#(#skipping),*]))
}

/// Whether its type may have named types that need their own check. A masked or a foreign value has
/// none, and a field of the type that contains it is already checked.
pub(super) fn is_asked_itself(field: &Field) -> bool {
    !field.is_masked() && !field.opaque && !field.recursive && !field.finite
}
