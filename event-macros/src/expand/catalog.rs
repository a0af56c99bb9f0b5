//! What a catalog expands to: the enum over its newest events, `CATALOG`, and the checks across blocks and crates.

use super::{Krate, assertion, braces, impl_attrs};
use crate::parse::CatalogItem;
use proc_macro2::TokenStream;
use quote::quote;

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
        let before = parts[..at].iter().zip(&cfgs).map(|(part, cfgs)| quote!(#(#cfgs)* #part));
        let check = assertion(own, &part.ty, krate, "assert_part_fits", &quote!(&CONFLICTS, BEFORE.len()));
        quote! {
            #(#own)*
            const _: () = {
                const BEFORE: &[&#krate::PartMeta] = &[#(#before),*];
                #check
            };
        }
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
