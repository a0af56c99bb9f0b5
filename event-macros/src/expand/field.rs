//! The expansion of a field: its declaration, its descriptor, and the code that writes and reads
//! it.

use super::assertion::assertion;
use super::krate::Krate;
use super::literal::{json_literal, json_text, names};
use super::page;
use super::recursion::recursion;
use super::sensitivity::sensitivity;
use super::through::Through;
use crate::ast::{Field, Mask, Role};
use crate::check::{may_be_missing, option_of, presence_of};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

/// The declaration of the field.
pub(super) fn declaration(field: &Field) -> TokenStream {
    let Field { attrs, vis, ident, ty, .. } = field;
    let page = page::field(field);
    quote!(#(#attrs)* #page #vis #ident: #ty)
}

/// The shape, as a `&'static Shape`.
pub(super) fn shape_tokens(field: &Field, krate: &Krate) -> TokenStream {
    let shape = quote!(#krate::__private::shape::Shape);
    if field.is_dropped() {
        return quote!(&#shape::Optional(&#shape::Any));
    }
    if field.recursive {
        let own = field.own.as_ref();
        return match (option_of(&field.ty), presence_of(&field.ty)) {
            (Some(inner), _) => {
                let inner = recursion(inner, own, krate);
                quote!(&#shape::Optional(#inner))
            }
            (None, Some(inner)) => {
                let inner = recursion(inner, own, krate);
                quote!(&#shape::Optional(&#shape::Optional(#inner)))
            }
            (None, None) => recursion(&field.ty, own, krate),
        };
    }
    Through::field(field, krate).to("SHAPE")
}

/// The field's `FieldMeta`.
pub(super) fn meta(field: &Field, skip_none: bool, krate: &Krate) -> TokenStream {
    let (name, docs) = (&field.name, krate.docs(&field.docs));
    let shape = shape_tokens(field, krate);
    let mut meta = quote!(#krate::meta::FieldMeta::new(#name, #docs, #shape));
    let ident = field.ident.unraw().to_string();
    if ident != field.name {
        meta.extend(quote!(.ident(#ident)));
    }
    meta.extend(sensitivity(field.mask.as_ref(), krate));
    if field.public.is_some() {
        meta.extend(quote!(.public(true)));
    }
    if let Some(unit) = &field.unit {
        meta.extend(quote!(.unit(#unit)));
    }
    if field.finite {
        meta.extend(quote!(.finite(true)));
    }
    match &field.role {
        Role::Entity { kind } => {
            meta.extend(quote!(.role(#krate::meta::Role::Entity { kind: #kind })));
        }
        Role::EntityVersion => meta.extend(quote!(.role(#krate::meta::Role::EntityVersion))),
        Role::Elapsed(_) => meta.extend(quote!(.role(#krate::meta::Role::Elapsed))),
        Role::Plain | Role::Group | Role::Transition(_) => {}
    }
    if field.skip_none || skip_none {
        meta.extend(quote!(.skip_none(true)));
    }
    if field.default {
        meta.extend(quote!(.default(true)));
    }
    if !field.aliases.is_empty() {
        let aliases = &field.aliases;
        meta.extend(quote!(.aliases(&[#(#aliases),*])));
    }
    if let Some(example) = &field.example {
        let json = json_literal(example);
        meta.extend(quote!(.example(#json)));
    }
    if let Some(reason) = &field.dictionary {
        meta.extend(quote!(.dictionary(#reason)));
    }
    if field.label {
        meta.extend(quote!(.label(true)));
    }
    meta
}

/// Whether serde reads and writes the whole member: an opaque field that is always present and not
/// masked.
fn is_read_by_serde(field: &Field) -> bool {
    field.opaque && !field.is_masked() && !may_be_missing(&field.ty)
}

/// The statement that writes the field; `value` is a reference to it.
pub(super) fn encode(
    field: &Field,
    value: &TokenStream,
    skip_none: bool,
    krate: &Krate,
) -> TokenStream {
    let cfgs = field.cfgs();
    let ty = &field.ty;
    if field.is_dropped() {
        return TokenStream::new();
    }
    if field.is_flattened() {
        return quote!(#(#cfgs)* <#ty as #krate::Group>::encode_group(#value, out););
    }
    let key = format!(",{}:", json_text(&field.name));
    let through = Through::field(field, krate);
    if is_read_by_serde(field) {
        let encode = through.to("encode_opaque");
        return quote!(#(#cfgs)* #encode(#value, #key, out););
    }
    // Only the type knows whether it is an `Option`, which may be behind an alias.
    let encode =
        through.to(if field.skip_none || skip_none { "encode_some" } else { "encode_field" });
    quote!(#(#cfgs)* #encode(#value, #key, out);)
}

/// Writes a field of `self`.
pub(super) fn encode_own(own: &Field, skip_none: bool, krate: &Krate) -> TokenStream {
    let ident = &own.ident;
    encode(own, &quote!(&self.#ident), skip_none, krate)
}

/// `Result<Self, ReadError>`: reads every field from `object` into `constructor`, or gives the
/// first error. There is one exit instead of one per field, to save compile time.
pub(super) fn read_all(constructor: &TokenStream, fields: &[Field], krate: &Krate) -> TokenStream {
    let core = krate.core();
    let (ok, some, none) = (
        quote!(#core::result::Result::Ok),
        quote!(#core::option::Option::Some),
        quote!(#core::option::Option::None),
    );
    let error = quote!(#core::result::Result::Err(object.error()));
    let mut read = Vec::new();
    let mut bound = Vec::new();
    let members = fields.iter().enumerate().map(|(at, field)| {
        let (cfgs, ident) = (field.cfgs(), &field.ident);
        if field.is_dropped() {
            return quote!(#(#cfgs)* #ident: #core::default::Default::default());
        }
        let value = read_one(field, krate);
        if cfgs.is_empty() {
            let name = format_ident!("field_{at}");
            read.push(value);
            bound.push(quote!(#some(#name)));
            return quote!(#ident: #name);
        }
        // A pattern cannot have a `cfg`.
        quote!(#(#cfgs)* #ident: match #value { #some(value) => value, #none => return #error })
    });
    let members: Vec<TokenStream> = members.collect();
    if read.is_empty() {
        return quote!(#ok(#constructor { #(#members),* }));
    }
    quote! {{
        let (#(#bound,)*) = (#(#read,)*) else { return #error };
        #ok(#constructor { #(#members),* })
    }}
}

/// The result of reading a shell: its fields are unknown.
pub(super) fn missing(krate: &Krate) -> TokenStream {
    let core = krate.core();
    let error = quote!(#krate::read::ReadError::new(#krate::read::ReadErrorKind::Missing));
    quote!(#core::result::Result::Err(#error))
}

/// `Option<Type>`, read from `object`, which keeps the error.
fn read_one(field: &Field, krate: &Krate) -> TokenStream {
    let (ty, name, aliases) = (&field.ty, &field.name, names(&field.aliases, krate));
    if field.is_flattened() {
        return quote!(<#ty as #krate::Group>::read_group(object));
    }
    let read = Through::field(field, krate).to(if is_read_by_serde(field) {
        "read_opaque"
    } else if field.default {
        "read_field_or_default"
    } else {
        "read_field"
    });
    if matches!(field.mask, Some(Mask::Clear { .. })) {
        return quote!(object.sealed(#name, #aliases, #read));
    }
    quote!(#read(object, #name, #aliases))
}

/// Assertions that only the type can decide. An elapsed time that is filled in uses a trait with a
/// better message.
pub(super) fn assertions(field: &Field, is_filled_in: bool, krate: &Krate) -> TokenStream {
    let cfgs = field.cfgs();
    let name = &field.name;
    let shape = shape_tokens(field, krate);
    let mut assertions = TokenStream::new();
    let mut assert = |function: &str, word: &str| {
        assertions.extend(assertion(
            &cfgs,
            &field.ty,
            krate,
            function,
            &quote!(#name, #word, #shape),
        ));
    };
    if field.is_flattened() || field.is_dropped() {
        return TokenStream::new();
    }
    if matches!(field.role, Role::Entity { .. }) {
        assert("assert_entity", "entity");
    }
    if matches!(field.role, Role::Elapsed(_)) {
        if !is_filled_in {
            assert("assert_number", "elapsed");
        }
    } else if field.unit.is_some() {
        assert("assert_number", "unit");
    } else if matches!(field.role, Role::EntityVersion) {
        assert("assert_number", "entity_version");
    }
    if field.label {
        assert("assert_bounded", "label");
    }
    if field.skip_none {
        assert("assert_optional", "skip_none");
    }
    assertions
}
