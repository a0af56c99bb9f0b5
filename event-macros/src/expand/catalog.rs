//! What a catalog expands to: the enum over its newest events, `CATALOG`, and the checks across blocks and crates.

use super::{Krate, assertion, braces, ends, respanned};
use crate::parse::{CatalogItem, CatalogPart};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

/// How many conflicts of one part are reported at once; every one is a constant to evaluate.
const REPORTED: usize = 4;

/// `<Type as Part>::member`, all of it at the type: what is not one is one error there, not one for each use.
fn through(ty: &Type, member: &str, krate: &Krate) -> TokenStream {
    let (first, last) = ends(ty);
    let open = quote_spanned!(first=> <);
    let part = respanned(quote!(#krate::Part), last);
    let member = Ident::new(member, last);
    quote_spanned!(last=> #open #ty as #part>::#member)
}

/// `Catalog::Variant`, all of it at the variant's type, for the same reason.
fn variant(catalog: &Ident, part: &CatalogPart) -> TokenStream {
    let (first, last) = ends(&part.ty);
    let (mut catalog, mut ident) = (catalog.clone(), part.ident.clone());
    catalog.set_span(first);
    ident.set_span(last);
    quote_spanned!(first=> #catalog::#ident)
}

pub(crate) fn catalog(item: &CatalogItem) -> TokenStream {
    let krate = &Krate::new(item.krate.as_ref());
    let (core, private) = (krate.core(), krate.private());
    let head = &item.head;
    let (vis, ident, docs, own_attrs) = (&head.vis, &head.ident, &head.docs, &head.attrs);
    let declaration = head.declaration();
    let name = ident.to_string();
    let attrs = krate.impl_attrs(&[]);
    let cfgs: Vec<_> = item.parts.iter().map(|part| crate::ast::cfgs(&part.attrs)).collect();
    let variants = item.parts.iter().map(|part| {
        let (attrs, ident) = (&part.attrs, &part.ident);
        let event = through(&part.ty, "Event", krate);
        let fallback = crate::parse::doc_text(attrs).is_empty().then(|| {
            let text = format!("Events of `{ident}`.");
            quote!(#[doc = #text])
        });
        quote!(#fallback #(#attrs)* #ident(#event))
    });
    let body = braces(quote!(#(#variants),*), head.body);
    let arms = |function: TokenStream| -> TokenStream {
        let arms = item.parts.iter().zip(&cfgs).map(|(part, cfgs)| {
            let (ident, ty) = (&part.ident, &part.ty);
            quote!(#(#cfgs)* Self::#ident(event) => <<#ty as #krate::Part>::Event as #krate::PartEvent>::#function(event),)
        });
        arms.collect()
    };
    let meta_arms = arms(quote!(event_meta));
    let level_arms = arms(quote!(event_level));
    let emit_arms: TokenStream = item
        .parts
        .iter()
        .zip(&cfgs)
        .map(|(part, cfgs)| {
            let ident = &part.ident;
            quote!(#(#cfgs)* Self::#ident(event) => event,)
        })
        .collect();
    let parts: Vec<TokenStream> = item.parts.iter().map(|part| through(&part.ty, "PART", krate)).collect();
    let reads = item.parts.iter().zip(&cfgs).map(|(part, cfgs)| {
        let (variant, read) = (variant(ident, part), through(&part.ty, "read", krate));
        let (first, last) = ends(&part.ty);
        let function = respanned(quote!(#private::read_variant), first);
        let call = quote_spanned!(last=> #function(#read, #variant, name, version, object));
        quote! {
            #(#cfgs)*
            if let #core::option::Option::Some(event) = #call {
                return #core::option::Option::Some(event);
            }
        }
    });
    let debugs = item.parts.iter().zip(&cfgs).map(|(part, cfgs)| {
        let (name, variant) = (part.ident.to_string(), variant(ident, part));
        let (first, last) = ends(&part.ty);
        let event = Ident::new("event", first);
        let whole = quote_spanned!(last=> @ _);
        let content = quote_spanned!(last=> (#event #whole));
        quote!(#(#cfgs)* #variant #content => f.debug_tuple(#name).field(#event).finish(),)
    });
    let subject = if item.parts.is_empty() { quote!(*self) } else { quote!(self) };
    // The place among the parts is counted where `cfg` has had its say.
    let checks = item.parts.iter().zip(&cfgs).enumerate().map(|(at, (part, own))| {
        let before = cfgs[..at].iter().map(|cfgs| quote!(#(#cfgs)* ()));
        let checks = (0..REPORTED)
            .map(|nth| assertion(own, &part.ty, krate, "assert_part_fits", &quote!(&CONFLICTS, BEFORE.len(), #nth)));
        quote! {
            #(#own)*
            const _: () = {
                const BEFORE: &[()] = &[#(#before),*];
                #(#checks)*
            };
        }
    });
    let event = Ident::new("E", head.ident.span());
    let bound = respanned(quote!(#event: #krate::Event), head.ident.span());
    let docs_of_assert =
        format!("Fails to build where the catalog lacks `E`: `const _: () = {name}::assert_declares::<E>();`.");
    // At the catalog's name: what holds a type that is no part is reported once more, there.
    let decoded = respanned(quote!(#core::result::Result<#ident, #krate::DecodeError>), ident.span());
    let found = quote!(#core::option::Option<#core::result::Result<#ident, #krate::read::ReadError>>);
    let found = respanned(found, ident.span());
    let docs_of_static = format!("What `{name}` joins.");
    quote! {
        #(#own_attrs)*
        #[allow(deprecated, clippy::large_enum_variant)]
        #declaration #body

        #[doc = #docs_of_static]
        #vis static CATALOG: #krate::Catalog = #krate::Catalog {
            type_name: #name,
            docs: #docs,
            package: #private::or_empty(#core::option_env!("CARGO_PKG_NAME")),
            package_version: #private::or_empty(#core::option_env!("CARGO_PKG_VERSION")),
            parts: #ident::PARTS,
        };

        #attrs
        impl #core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                match #subject { #(#debugs)* }
            }
        }

        #attrs
        #[allow(dead_code)]
        impl #ident {
            /// The blocks and free events, as declared.
            #vis const PARTS: &'static [&'static #krate::PartMeta] = &[#(#(#cfgs)* #parts),*];

            #[doc = #docs_of_assert]
            #[track_caller]
            #vis const fn assert_declares<#bound>() {
                #private::assert_declared(#name, Self::PARTS, <#event as #krate::Event>::META);
            }

            /// Reads a flat line as the newest version of its event; unknown keys are ignored.
            ///
            /// # Errors
            ///
            /// When the line is not an event of the catalog.
            #vis fn decode(line: &#core::primitive::str) -> #decoded {
                Self::decode_with(line, #krate::Unknown::Ignore)
            }

            /// Reads a flat line as the newest version of its event.
            ///
            /// # Errors
            ///
            /// When the line is not an event of the catalog.
            #vis fn decode_with(
                line: &#core::primitive::str,
                unknown: #krate::Unknown,
            ) -> #decoded {
                #private::decode(line, unknown, &CATALOG, Self::read)
            }

            /// What the event is declared as.
            #vis fn meta(&self) -> &'static #krate::meta::EventMeta {
                match #subject { #meta_arms }
            }

            /// The level of this one.
            #vis fn level(&self) -> #krate::Level {
                match #subject { #level_arms }
            }

            /// Records the event in `sink`, as one that is replayed or handed on.
            #vis fn emit_to<S: #krate::EventSink + ?#core::marker::Sized>(&self, sink: &mut S) {
                let fields: &dyn #krate::Fields = match #subject { #emit_arms };
                #krate::EventSink::accept(sink, self.meta(), self.level(), fields);
            }

            fn read(
                name: &#core::primitive::str,
                version: #core::primitive::u32,
                object: &mut #krate::read::Object<'_>,
            ) -> #found {
                #(#reads)*
                #core::option::Option::None
            }
        }

        const _: () = {
            const SIZE: #core::primitive::usize = #private::table_size(#ident::PARTS);
            #[allow(long_running_const_eval)]
            const CONFLICTS: #private::Conflicts = #private::conflicts::<SIZE>(#ident::PARTS);
            #(#checks)*
        };
    }
}
