//! The parts of a value's implementation: its shape, its encoding and its reading.

use crate::ast::{Field, Value};
use crate::expand::krate::Krate;
use crate::expand::{field, lock};
use crate::lock::Contract;
use crate::parse::mentions;
use proc_macro2::TokenStream;
use quote::quote;

/// The parts of a value's implementation, by the kind of its body.
pub(super) struct Parts {
    pub(super) shape: TokenStream,
    pub(super) encode: TokenStream,
    pub(super) read: TokenStream,
    /// Missing values and `None`, if the type has any.
    pub(super) presence: TokenStream,
    /// The Rust names of its variants, if it has any.
    pub(super) variants: TokenStream,
    pub(super) extra: TokenStream,
}

/// The fields, with the type's own words applied to each.
pub(in crate::expand) fn prepared(fields: &[Field], value: &Value) -> Vec<Field> {
    let own = &value.head.ident;
    let prepare = |field: &Field| {
        let mut field = field.clone();
        field.default |= value.default;
        field.recursive |= mentions(&field.ty, own);
        field.own = Some(own.clone());
        field
    };
    fields.iter().map(prepare).collect()
}

pub(super) fn type_name(value: &Value, contract: &Contract, krate: &Krate) -> TokenStream {
    let core = krate.core();
    let (name, docs) = (&value.schema_name, krate.docs(&value.head.docs));
    let ident = value.head.name();
    let declared = (name.as_str() != ident).then(|| quote!(.declared(#ident, &[])));
    let held = lock::held(&ident, contract);
    quote!(#krate::__private::shape::TypeName::new(#name, #core::module_path!(), #docs) #declared #held)
}

pub(super) fn metas(fields: &[Field], skip_none: bool, krate: &Krate) -> TokenStream {
    let metas = fields.iter().map(|own| {
        let cfgs = own.cfgs();
        let meta = field::meta(own, skip_none, krate);
        quote!(#(#cfgs)* #meta)
    });
    quote!(&[#(#metas),*])
}
