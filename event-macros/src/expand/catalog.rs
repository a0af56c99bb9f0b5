//! What a catalog expands to: the enum over its newest events, `CATALOG`, and the checks across blocks and crates.

use super::{Krate, assertion, braces, impl_attrs};
use crate::parse::CatalogItem;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;

pub(crate) fn catalog(item: &CatalogItem) -> TokenStream {
    let krate = &Krate::new(item.krate.as_ref());
    let (core, private) = (krate.core(), krate.private());
    let head = &item.head;
    let (vis, ident, docs, own_attrs) = (&head.vis, &head.ident, &head.docs, &head.attrs);
    let declaration = head.declaration();
    let name = ident.to_string();
    let attrs = impl_attrs(&[]);
    let cfgs: Vec<_> = item.parts.iter().map(|part| crate::ast::cfgs(&part.attrs)).collect();
    let variants = item.parts.iter().map(|part| {
        let (attrs, ident, ty) = (&part.attrs, &part.ident, &part.ty);
        let fallback = crate::parse::doc_text(attrs).is_empty().then(|| {
            let text = format!("Events of `{ident}`.");
            quote!(#[doc = #text])
        });
        quote!(#fallback #(#attrs)* #ident(<#ty as #krate::Part>::Event))
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
    let subject = if item.parts.is_empty() { quote!(*self) } else { quote!(self) };
    let parts: Vec<TokenStream> = item
        .parts
        .iter()
        .map(|part| {
            let ty = &part.ty;
            quote!(<#ty as #krate::Part>::PART)
        })
        .collect();
    let reads = item.parts.iter().zip(&cfgs).map(|(part, cfgs)| {
        let (ident, ty) = (&part.ident, &part.ty);
        quote! {
            #(#cfgs)*
            if let #core::option::Option::Some(event) = <#ty as #krate::Part>::read(name, version, object) {
                return #core::option::Option::Some(#core::result::Result::map(event, Self::#ident));
            }
        }
    });
    // The place among the parts is counted where `cfg` has had its say.
    let checks = item.parts.iter().zip(&cfgs).enumerate().map(|(at, (part, own))| {
        let before = cfgs[..at].iter().map(|cfgs| quote!(#(#cfgs)* ()));
        assertion(
            own,
            part.ty.span(),
            krate,
            "assert_part_fits",
            &quote!(&CONFLICTS, { const BEFORE: &[()] = &[#(#before),*]; BEFORE.len() }),
        )
    });
    let docs_of_static = format!("What `{name}` joins.");
    quote! {
        #(#own_attrs)*
        #[derive(#core::fmt::Debug)]
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
        #[allow(dead_code)]
        impl #ident {
            /// The blocks and free events, as declared.
            #vis const PARTS: &'static [&'static #krate::PartMeta] = &[#(#(#cfgs)* #parts),*];

            /// Reads a flat line as the newest version of its event; unknown keys are ignored.
            ///
            /// # Errors
            ///
            /// When the line is not an event of the catalog.
            #vis fn decode(line: &str) -> #core::result::Result<Self, #krate::DecodeError> {
                Self::decode_with(line, #krate::Unknown::Ignore)
            }

            /// Reads a flat line as the newest version of its event.
            ///
            /// # Errors
            ///
            /// When the line is not an event of the catalog.
            #vis fn decode_with(
                line: &str,
                unknown: #krate::Unknown,
            ) -> #core::result::Result<Self, #krate::DecodeError> {
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
                name: &str,
                version: u32,
                object: &mut #krate::read::Object<'_>,
            ) -> #core::option::Option<#core::result::Result<Self, #krate::read::ReadError>> {
                #(#reads)*
                #core::option::Option::None
            }
        }

        const _: () = {
            const SIZE: usize = #private::table_size(#ident::PARTS);
            #[allow(long_running_const_eval)]
            const CONFLICTS: #private::Conflicts = #private::conflicts::<SIZE>(#ident::PARTS);
            #(#checks)*
        };
    }
}
