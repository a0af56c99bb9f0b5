//! The table of legal steps: the check of a step, and the descriptor of the table.

use super::assertion::assertion;
use super::krate::Krate;
use super::level::{alias, variant};
use super::literal::option;
use crate::ast::{Field, Role, Row, Table, is_no_state, last_name};
use crate::check::{option_of, state_of};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Path, Type};

/// The field's table, if it has one.
fn table(field: &Field) -> Option<&Table> {
    match &field.role {
        Role::Transition(table) => table.as_ref(),
        _ => None,
    }
}

/// The statement that refuses an illegal step, before the fields are written.
pub(super) fn refusal(field: &Field, krate: &Krate) -> TokenStream {
    let Some(table) = table(field) else { return TokenStream::new() };
    let (ident, private) = (&field.ident, krate.private());
    let state = state_of(&field.ty);
    let alias = alias(state);
    let rows = table.rows.iter().map(|Row { from, to }| {
        let from = pattern(from, state, krate);
        let to = to.iter().map(|to| pattern(to, state, krate));
        quote!((#from, #(#to)|*) => {})
    });
    quote! {{
        #alias
        #[allow(unreachable_patterns)]
        match (&self.#ident.before, &self.#ident.after) {
            #(#rows)*
            _ => #private::refuse_step(&self.#ident, out),
        }
    }}
}

/// Asserts that the states are on the wire, by the shape of the type.
pub(super) fn assertion_of(field: &Field, krate: &Krate) -> TokenStream {
    let Some(first) = table(field).and_then(|table| table.rows.first()) else {
        return TokenStream::new();
    };
    let (ty, private, name) = (&field.ty, krate.private(), field.ident.unraw().to_string());
    let shape = quote!(<<#ty as #private::Changed>::State as #krate::EventValue>::SHAPE);
    assertion(&field.cfgs(), &first.from, krate, "assert_named_variants", &quote!(#name, #shape))
}

/// A state as a pattern: a variant with any content.
fn pattern(path: &Path, state: Option<&Type>, krate: &Krate) -> TokenStream {
    let core = krate.core();
    if is_no_state(path) {
        return quote!(#core::option::Option::None);
    }
    let variant = variant(path, state);
    if state.and_then(option_of).is_some() {
        quote!(#core::option::Option::Some(#variant { .. }))
    } else {
        quote!(#variant { .. })
    }
}

/// The group in the descriptor: a `Change`, with its table.
pub(super) fn meta(field: &Field, krate: &Krate) -> Option<TokenStream> {
    let table = table(field)?;
    let (ty, private) = (&field.ty, krate.private());
    let name = |path: &Path| {
        if is_no_state(path) {
            return option(krate, None::<TokenStream>);
        }
        let ident = last_name(path);
        let name = quote!(#private::variant_name::<<#ty as #private::Changed>::State>(#ident));
        option(krate, Some(name))
    };
    let rows = table.rows.iter().map(|Row { from, to }| {
        let (from, to) = (name(from), to.iter().map(name));
        quote!(#krate::meta::Transition::new(#from, &[#(#to),*]))
    });
    Some(quote! {{
        static CHANGE: #krate::meta::GroupMeta = #private::with_steps(<#ty as #krate::Group>::META, &[#(#rows),*]);
        &CHANGE
    }})
}
