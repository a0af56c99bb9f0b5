//! The expansion of a catalog: the enum over its newest events, `CATALOG`, and the checks across
//! blocks and crates.

use super::assertion::assertion;
use super::krate::Krate;
use super::quiet::quiet;
use super::spans::braces;
use super::{lock, page, reading, spans};
use crate::lock::Contract;
use crate::parse::{CatalogBlock, CatalogItem, Docs};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

/// How many conflicts of one block are reported at once; each is a constant to evaluate.
const REPORTED: usize = 4;

/// `<Type as Block>::member<>`, with the span of the type: a type that is not a block gives one
/// error there, not one error per use.
fn through(ty: &Type, member: &TokenStream, krate: &Krate) -> TokenStream {
    spans::path(quote!(<#ty as #krate::__private::Block>::#member<>), spans::ends(ty))
}

/// `EventOf<Type>`, with the span of the type: rustdoc shows it as written here. If a declaration
/// says `crate = ..`, the path begins there.
fn events_of(ty: &Type, krate: &Krate) -> TokenStream {
    let private = krate.private();
    if krate.is_named {
        return through(ty, &quote!(Event), krate);
    }
    spans::path(quote!(#private::EventOf<#ty>), spans::ends(ty))
}

/// `<Catalog>::Variant::<>`, with the span of the variant's type, for the same reason.
fn variant(catalog: &Ident, block: &CatalogBlock) -> TokenStream {
    let ident = &block.ident;
    spans::path(quote!(<#catalog>::#ident::<>), spans::ends(&block.ty))
}

pub(crate) fn catalog(item: &CatalogItem, contract: &Contract) -> TokenStream {
    let krate = &Krate::new(item.krate.as_ref());
    let private = krate.private();
    let declaration = declaration(item, krate);
    let catalog = statics(item, krate);
    let (methods, reading) = (methods(item, krate), decoding(item, krate));
    let impls = quiet(&[], &quote!(#methods #reading));
    let blocks = blocks(item, krate);
    let checks = checks(item, krate);
    let whole = item.blocks.iter().map(|block| {
        let (cfgs, is_whole) =
            (crate::ast::cfgs(&block.attrs), through(&block.ty, &quote!(IS_WHOLE::), krate));
        quote!(#(#cfgs)* #is_whole)
    });
    let is_whole = quote!(#private::all(&[#(#whole),*]));
    let (kept, watched) = (
        lock::declared(&item.head.ident, &is_whole, contract, krate),
        lock::watch(contract, krate),
    );
    quote!(#declaration #catalog #impls #blocks #checks #kept #watched)
}

/// The enum over the newest events: each variant holds the enum of its block.
fn declaration(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let variants = item.blocks.iter().map(|block| {
        let (attrs, ident) = (&block.attrs, &block.ident);
        let (event, page) =
            (events_of(&block.ty, krate), page::block(&block.ty, &Docs::of(&block.attrs)));
        quote!(#(#attrs)* #page #ident(#event))
    });
    let attrs = &item.head.attrs;
    let declaration = item.head.declaration();
    let body = braces(quote!(#(#variants),*), item.head.body);
    quote! {
        #(#attrs)*
        #[allow(deprecated, clippy::large_enum_variant)]
        #declaration #body
    }
}

fn statics(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let (vis, ident, docs) = (&item.head.vis, &item.head.ident, krate.docs(&item.head.docs));
    let name = ident.to_string();
    let docs_of_static = format!("What `{name}` joins.");
    quote! {
        #[doc = #docs_of_static]
        #vis static CATALOG: #krate::Catalog = #krate::Catalog::new(#name, #docs, #ident::BLOCKS).of_package(
            #private::or_empty(#core::option_env!("CARGO_PKG_NAME")),
            #private::or_empty(#core::option_env!("CARGO_PKG_VERSION")),
        );
    }
}

/// The methods of any event of the catalog.
fn methods(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let core = krate.core();
    let (vis, ident) = (&item.head.vis, &item.head.ident);
    let attrs = krate.impl_attrs();
    let arms = |gives: &dyn Fn(&str) -> TokenStream| -> TokenStream {
        let arm = |block: &CatalogBlock| {
            let (cfgs, gives, variant) =
                (crate::ast::cfgs(&block.attrs), gives(&block.ident.to_string()), &block.ident);
            let content = spans::binding(&quote!(ref event), spans::ends(&block.ty));
            quote!(#(#cfgs)* Self::#variant(#content) => #gives,)
        };
        item.blocks.iter().map(arm).collect()
    };
    let block_events = arms(&|name| quote!((#name, event)));
    let private = krate.private();
    let calls = arms(&|_| quote!(#private::EmitAny::call(event)));
    quote! {
        #attrs
        impl #core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                let (name, event) = self.block_event();
                f.debug_tuple(name).field(&event.any()).finish()
            }
        }

        #attrs
        impl #ident {
            /// The descriptor of the event.
            #vis fn meta(&self) -> &'static #krate::meta::EventMeta {
                self.block_event().1.any().meta
            }

            /// The level of the event.
            #vis fn level(&self) -> #krate::Level {
                self.block_event().1.any().level
            }

            /// Emits a replayed or forwarded event to `sink`, which is an emitter or a buffer.
            #[allow(unused_parens, unreachable_patterns)]
            #vis fn emit_to<S: #krate::__private::EmitTarget + ?#core::marker::Sized>(&self, sink: &mut S) {
                // No table of functions: a table would link an emission of every event into a
                // program that only reads the catalog.
                let call = match *self { #calls };
                #krate::__private::EmitTarget::accept(sink, call);
            }

            #[allow(unused_parens, unreachable_patterns)]
            fn block_event(&self) -> (&'static #core::primitive::str, &dyn #krate::__private::BlockEvent) {
                // By value, not by reference: every arm may have a `cfg` that is false.
                match *self { #block_events }
            }
        }
    }
}

/// Decoding: from a line or an envelope to an event of the catalog.
fn decoding(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let (ident, attrs) = (&item.head.ident, krate.impl_attrs());
    let cfgs: Vec<_> = item.blocks.iter().map(|block| crate::ast::cfgs(&block.attrs)).collect();
    let (places, constants) = reading::places(&cfgs, krate);
    let arms = item.blocks.iter().zip(&cfgs).zip(&places).map(|((block, cfgs), place)| {
        let (variant, read) = (variant(ident, block), through(&block.ty, &quote!(read::), krate));
        let arguments = quote!(#read, #variant, place, object);
        let call = spans::call(quote!(#private::read_variant), arguments, spans::ends(&block.ty));
        quote!(#(#cfgs)* #place => #call,)
    });
    let assumed = assumed(item, krate);
    let decoding = decode_functions(item, krate);
    let found =
        quote!(#core::option::Option<#core::result::Result<#ident, #krate::read::ReadError>>);
    let found = spans::path(found, spans::ends(ident));
    // The page of the catalog shows no bounds.
    quote! {
        #[cfg(not(doc))]
        #attrs
        impl #ident #assumed { #decoding }

        #[cfg(doc)]
        #attrs
        impl #ident { #decoding }

        #attrs
        impl #ident #assumed {
            fn read(
                block: #core::primitive::usize,
                place: #core::primitive::usize,
                object: &mut #krate::read::Object<'_>,
            ) -> #found {
                #constants
                match block {
                    #(#arms)*
                    _ => #core::option::Option::None,
                }
            }
        }
    }
}

/// `decode` and `decode_with`.
fn decode_functions(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let (vis, ident) = (&item.head.vis, &item.head.ident);
    // At the catalog's name, where an editor looks for generated items.
    let name = spans::ends(ident);
    let decoded =
        spans::path(quote!(#core::result::Result<#ident, #krate::__private::DecodeError>), name);
    quote! {
            /// Reads a flat line or an envelope as the newest version of its event; unknown keys
            /// are ignored.
            ///
            /// # Errors
            ///
            /// If it is not an event of the catalog.
            #vis fn decode(text: &#core::primitive::str) -> #decoded {
                Self::decode_with(text, #krate::__private::Unknown::Ignore)
            }

            /// Reads a flat line or an envelope as the newest version of its event.
            ///
            /// # Errors
            ///
            /// If it is not an event of the catalog.
            #vis fn decode_with(
                text: &#core::primitive::str,
                unknown: #krate::__private::Unknown,
            ) -> #decoded {
                static INDEX: #private::Index = #private::Index::new(#ident::BLOCKS);
                #private::decode(text, unknown, &INDEX, Self::read)
            }
    }
}

/// Requires that each type is a block, as a bound that is not checked where it is written: a type
/// that is not a block is reported at the block, and not again where the catalog is a result.
fn assumed(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let bounds =
        item.blocks.iter().filter(|block| crate::ast::cfgs(&block.attrs).is_empty()).map(|block| {
            let ty = &block.ty;
            quote!(for<'always> #ty: #krate::__private::Block)
        });
    quote!(where #(#bounds),*)
}

/// The blocks, and whether they contain an event.
fn blocks(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let private = krate.private();
    let (vis, ident) = (&item.head.vis, &item.head.ident);
    let name = ident.to_string();
    let attrs = krate.impl_attrs();
    let blocks = item.blocks.iter().map(|block| {
        let (cfgs, meta) =
            (crate::ast::cfgs(&block.attrs), through(&block.ty, &quote!(BLOCK::), krate));
        quote!(#(#cfgs)* #meta)
    });
    // At the catalog's name, where rustc shows the bound.
    let bound = spans::parenthesized(quote!(#krate::Event), ident.span());
    let docs = format!(
        "Fails to build where the catalog lacks `E`: `const _: () = \
         {name}::assert_declares::<E>();`."
    );
    quote! {
        #attrs
        #[allow(dead_code, unused_parens, clippy::all, clippy::pedantic, clippy::restriction)]
        impl #ident {
            /// The blocks and free events, as declared.
            #vis const BLOCKS: &'static [&'static #krate::__private::BlockMeta] = &[#(#blocks),*];

            #[doc = #docs]
            #[track_caller]
            #vis const fn assert_declares<E: #bound>() {
                #private::assert_declared(#name, Self::BLOCKS, <E as #krate::Event>::META);
            }
        }
    }
}

/// The rules across blocks, asserted at the later block.
fn checks(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let ident = &item.head.ident;
    let cfgs: Vec<_> = item.blocks.iter().map(|block| crate::ast::cfgs(&block.attrs)).collect();
    // The index of a block is counted after `cfg` is evaluated.
    let checks = item.blocks.iter().zip(&cfgs).enumerate().map(|(at, (block, own))| {
        let before = cfgs[..at].iter().map(|cfgs| quote!(#(#cfgs)* ()));
        let checks = (0..REPORTED).map(|nth| {
            assertion(
                own,
                &block.ty,
                krate,
                "assert_block_fits",
                &quote!(&CONFLICTS, BEFORE.len(), #nth),
            )
        });
        quote! {
            #(#own)*
            const _: () = {
                const BEFORE: &[()] = &[#(#before),*];
                #(#checks)*
            };
        }
    });
    quote! {
        const _: () = {
            const SIZE: #core::primitive::usize = #private::table_size(#ident::BLOCKS);
            #[allow(long_running_const_eval)]
            const CONFLICTS: #private::Conflicts = #private::conflicts::<SIZE>(#ident::BLOCKS);
            #(#checks)*
        };
    }
}
