//! The expansion of a value type.

mod declaration;
mod parts;
mod variants;

pub(super) use declaration::declaration;
pub(super) use parts::prepared;

use super::assertion::assertion;
use super::head::made_static;
use super::krate::Krate;
use super::quiet::quiet;
use super::recursion::recursion;
use super::sensitivity::sensitivity;
use super::through::Through;
use super::{debug, field, lock, masked, number};
use crate::ast::{Field, Head, Held, Value, ValueBody, Variant, VariantBody};
use crate::lock::Contract;
use crate::parse::mentions;
use parts::{Parts, metas, type_name};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

/// A value type of a block: the type itself, and its implementation.
pub(super) fn value(value: &Value, contract: &Contract, krate: &Krate) -> TokenStream {
    let attrs = &value.head.attrs;
    let declaration = declaration(value);
    let implementation = implementation(value, contract, krate);
    quote!(#(#attrs)* #declaration #implementation)
}

/// `impl EventValue` and the related impls.
pub(super) fn implementation(value: &Value, contract: &Contract, krate: &Krate) -> TokenStream {
    let head = &value.head;
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = head.split();
    let core = krate.core();
    let Parts { shape, encode, read, presence, variants, extra } = parts(value, contract, krate);
    let debug = debug_of(value, krate);
    let assertions = assertions(value, krate);
    let fingerprint = fingerprint(value, krate);
    let kept = lock::value_kept(value, contract, krate);
    // A static is compared and hashed by its name. A constant would be evaluated again for each
    // type that refers to it. rustc shows this name if types contain each other.
    let shape = made_static(shape, head);
    let impls = quote! {
        #attrs
        impl #generics #krate::EventValue for #ty #clause {
            const SHAPE: &'static #krate::__private::shape::Shape = {
                static A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE: #krate::__private::shape::Shape = #shape;
                &A_TYPE_THAT_CONTAINS_ITSELF_NEEDS_FIELD_RECURSIVE
            };
            #fingerprint
            #kept
            #variants

            fn encode(&self, out: &mut #krate::__private::Encoder) {
                #encode
            }

            fn read(
                input: #krate::read::Input<'_>,
            ) -> #core::result::Result<Self, #krate::read::ReadError> {
                #read
            }

            #presence
        }
        #extra
        #debug
    };
    let impls = quiet(&head.cfgs(), &impls);
    let unwritten = masked::assertion(head, krate);
    quote!(#impls #assertions #unwritten)
}

/// The fingerprint of the form, from the fingerprints of the nested types. A shell has the
/// fingerprint of its shape.
fn fingerprint(value: &Value, krate: &Krate) -> TokenStream {
    if value.head.shell {
        return TokenStream::new();
    }
    let (core, private) = (krate.core(), krate.private());
    let of_type = |ty: &Type, held: &Held| {
        if held.is_masked() {
            let shape = Through::held(ty, held, krate).to("SHAPE");
            quote!(#private::of_shape(#shape))
        } else if mentions(ty, &value.head.ident) {
            let shape = recursion(ty, Some(&value.head.ident), krate);
            quote!(#private::of_shape(#shape))
        } else {
            Through::value(ty, krate).to("FINGERPRINT")
        }
    };
    let number = match &value.body {
        ValueBody::Struct(fields) => {
            let sums = number::sums(&prepared(fields, value), value.skip_none, krate);
            quote!(#private::of_struct(#sums))
        }
        ValueBody::Newtype { ty, held, .. } => of_type(ty, held),
        ValueBody::Enum(variants) => {
            let key = |key: &Option<syn::LitStr>| {
                key.as_ref().map(syn::LitStr::value).unwrap_or_default()
            };
            let tagging = if value.untagged.is_some() {
                event_grammar::fingerprint::UNTAGGED
            } else {
                event_grammar::fingerprint::of_tagging(&key(&value.tag), &key(&value.content))
            };
            let variants = variants.iter().map(|variant| {
                let cfgs = crate::ast::cfgs(&variant.attrs);
                let aliases: Vec<String> = variant.aliases.iter().map(syn::LitStr::value).collect();
                let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
                let words = event_grammar::fingerprint::variant_words(
                    &variant.name,
                    &aliases,
                    variant.other,
                );
                let content = match &variant.body {
                    VariantBody::Unit => quote!(0),
                    VariantBody::Newtype(ty) => {
                        let number = of_type(ty, &variant.held);
                        quote!(#private::of_one(#number))
                    }
                    VariantBody::Struct(fields) => {
                        let sums = number::sums(&prepared(fields, value), value.skip_none, krate);
                        quote!(#private::of_content(#sums))
                    }
                };
                quote!(#(#cfgs)* (#words, #content))
            });
            quote!(#private::of_variants(#tagging, &[#(#variants),*]))
        }
    };
    quote!(const FINGERPRINT: #core::primitive::u64 = #number;)
}

fn parts(value: &Value, contract: &Contract, krate: &Krate) -> Parts {
    let shape = quote!(#krate::__private::shape::Shape);
    let nothing = TokenStream::new;
    if value.head.shell {
        return Parts {
            shape: quote!(#shape::Any),
            encode: nothing(),
            read: field::missing(krate),
            presence: nothing(),
            variants: nothing(),
            extra: nothing(),
        };
    }
    let name = type_name(value, contract, krate);
    match &value.body {
        ValueBody::Struct(fields) => {
            let fields = &prepared(fields, value);
            let metas = metas(fields, value.skip_none, krate);
            let read = field::read_all(&quote!(Self), fields, krate);
            Parts {
                shape: quote!(#shape::Struct(&#krate::__private::shape::StructShape::new(#name, #metas))),
                encode: quote!(out.object(self)),
                read: quote! {
                    let object = &mut input.object()?;
                    #read
                },
                presence: nothing(),
                variants: nothing(),
                extra: fields_impl(&value.head, fields, value.skip_none, krate),
            }
        }
        ValueBody::Newtype { ty, recursive, held, .. } => {
            let recursive = recursive.then_some(&value.head.ident);
            newtype(&name, ty, recursive, held, krate)
        }
        ValueBody::Enum(variants) => variants::enumeration(value, variants, contract, krate),
    }
}

/// The implementation of a type that holds one unnamed value; `recursive` is the type's own name,
/// if the value contains the type.
fn newtype(
    name: &TokenStream,
    ty: &Type,
    recursive: Option<&Ident>,
    held: &Held,
    krate: &Krate,
) -> Parts {
    let (core, shape) = (krate.core(), quote!(#krate::__private::shape::Shape));
    let through = Through::held(ty, held, krate);
    let (encode, read) = (through.to("encode"), through.to("read"));
    let (absent, is_none) = (through.to("absent"), through.to("is_none"));
    let inner = if recursive.is_some() && !held.is_masked() {
        recursion(ty, recursive, krate)
    } else {
        let shape = through.to("SHAPE");
        quote!(#shape.without_a_key())
    };
    let sensitivity = sensitivity(held.mask.as_ref(), krate);
    // A masked value is text.
    let variants = (!held.is_masked()).then(|| {
        let (text, variants) = (quote!(&'static #core::primitive::str), through.to("VARIANTS"));
        quote!(const VARIANTS: &'static [#text] = #variants;)
    });
    Parts {
        shape: quote!(#shape::Newtype(&#krate::__private::shape::NewtypeShape::new(#name, #inner) #sensitivity)),
        encode: quote!(#encode(&self.0, out)),
        read: quote!(#core::result::Result::map(#read(input), Self)),
        // A newtype is written as its value: a newtype of an `Option` may be missing.
        presence: quote! {
            fn absent() -> #core::option::Option<Self> {
                #core::option::Option::map(#absent(), Self)
            }

            fn is_none(&self) -> #core::primitive::bool {
                #is_none(&self.0)
            }
        },
        variants: variants.unwrap_or_default(),
        extra: TokenStream::new(),
    }
}

fn fields_impl(head: &Head, fields: &[Field], skip_none: bool, krate: &Krate) -> TokenStream {
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = head.split();
    let encode: TokenStream =
        fields.iter().map(|own| field::encode_own(own, skip_none, krate)).collect();
    quote! {
        #attrs
        impl #generics #krate::__private::Fields for #ty #clause {
            fn encode_fields(&self, out: &mut #krate::__private::Encoder) {
                #encode
            }
        }
    }
}

/// A struct shows its fields; a newtype or an enum shows its JSON.
fn debug_of(value: &Value, krate: &Krate) -> TokenStream {
    match &value.body {
        ValueBody::Struct(_) if !value.head.shell => debug::of_fields(&value.head, krate),
        _ => debug::of_value(&value.head, krate),
    }
}

fn assertions(value: &Value, krate: &Krate) -> TokenStream {
    if value.head.shell {
        return TokenStream::new();
    }
    let of = |fields: &[Field]| -> TokenStream {
        fields.iter().map(|own| field::assertions(own, false, krate)).collect()
    };
    let assertions = match &value.body {
        ValueBody::Struct(fields) => of(fields),
        ValueBody::Newtype { .. } => TokenStream::new(),
        ValueBody::Enum(variants) => variants
            .iter()
            .map(|variant| match &variant.body {
                VariantBody::Struct(fields) => of(fields),
                VariantBody::Newtype(ty) if value.untagged.is_some() => {
                    alternative(value, variant, ty, krate)
                }
                _ => TokenStream::new(),
            })
            .collect(),
    };
    made_static(assertions, &value.head)
}

/// Asserts that a variant of an untagged enum is never `null`. A variant that contains the enum
/// itself needs no check: the enum is never `null`.
fn alternative(value: &Value, variant: &Variant, ty: &Type, krate: &Krate) -> TokenStream {
    let own = &value.head.ident;
    if mentions(ty, own) {
        return TokenStream::new();
    }
    let (name, own) = (variant.ident.to_string(), own.to_string());
    let shape = Through::held(ty, &variant.held, krate).to("SHAPE");
    assertion(
        &crate::ast::cfgs(&variant.attrs),
        ty,
        krate,
        "assert_alternative",
        &quote!(#name, #own, #shape),
    )
}
