//! The declaration of a value type.

use crate::ast::{Value, ValueBody, Variant, VariantBody};
use crate::expand::field;
use crate::expand::spans::braces;
use proc_macro2::TokenStream;
use quote::quote;

/// The declaration without its attributes.
pub(in crate::expand) fn declaration(value: &Value) -> TokenStream {
    let head = &value.head;
    let declaration = head.declaration();
    let body = match &value.body {
        ValueBody::Struct(_) if value.unit => quote!(;),
        ValueBody::Struct(fields) => {
            let fields = fields.iter().map(field::declaration);
            braces(quote!(#(#fields),*), head.body)
        }
        ValueBody::Newtype { vis, ty, held, .. } => {
            let own = &held.attrs;
            quote!((#(#own)* #vis #ty);)
        }
        ValueBody::Enum(variants) => {
            let variants = variants.iter().map(variant_declaration);
            braces(quote!(#(#variants),*), head.body)
        }
    };
    quote!(#declaration #body)
}

fn variant_declaration(variant: &Variant) -> TokenStream {
    let (attrs, ident) = (&variant.attrs, &variant.ident);
    match &variant.body {
        VariantBody::Unit => quote!(#(#attrs)* #ident),
        VariantBody::Newtype(ty) => {
            let own = &variant.held.attrs;
            quote!(#(#attrs)* #ident(#(#own)* #ty))
        }
        VariantBody::Struct(fields) => {
            let fields = fields.iter().map(field::declaration);
            quote!(#(#attrs)* #ident { #(#fields),* })
        }
    }
}
