//! What a catalog expands to: the enum over its newest events, `CATALOG`, and the checks across blocks and crates.

use super::{Krate, assertion, braces, ends, respanned};
use crate::ast::cfgs;
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

/// `Catalog::Variant(event)` as a pattern, for the same reason, and what `event` is there.
fn pattern(catalog: &Ident, part: &CatalogPart) -> (TokenStream, Ident) {
    let (first, last) = ends(&part.ty);
    let variant = variant(catalog, part);
    let event = Ident::new("event", first);
    let whole = quote_spanned!(last=> @ _);
    let content = quote_spanned!(last=> (#event #whole));
    (quote!(#variant #content), event)
}

pub(crate) fn catalog(item: &CatalogItem) -> TokenStream {
    let krate = &Krate::new(item.krate.as_ref());
    let declaration = declaration(item, krate);
    let statics = statics(item, krate);
    let debug = debug(item, krate);
    let methods = methods(item, krate);
    let checks = checks(item, krate);
    quote!(#declaration #statics #debug #methods #checks)
}

fn declaration(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let head = &item.head;
    let (own_attrs, declaration) = (&head.attrs, head.declaration());
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
    quote! {
        #(#own_attrs)*
        #[allow(deprecated, clippy::large_enum_variant)]
        #declaration #body
    }
}

fn statics(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let (vis, ident, docs) = (&item.head.vis, &item.head.ident, &item.head.docs);
    let name = ident.to_string();
    let docs_of_static = format!("What `{name}` joins.");
    quote! {
        #[doc = #docs_of_static]
        #vis static CATALOG: #krate::Catalog = #krate::Catalog {
            type_name: #name,
            docs: #docs,
            package: #private::or_empty(#core::option_env!("CARGO_PKG_NAME")),
            package_version: #private::or_empty(#core::option_env!("CARGO_PKG_VERSION")),
            parts: #ident::PARTS,
        };
    }
}

/// `self`, or what can be matched where there is no variant.
fn subject(item: &CatalogItem) -> TokenStream {
    if item.parts.is_empty() { quote!(*self) } else { quote!(self) }
}

fn debug(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, ident, attrs, subject) = (krate.core(), &item.head.ident, krate.impl_attrs(&[]), subject(item));
    let arms = item.parts.iter().map(|part| {
        let (cfgs, name) = (cfgs(&part.attrs), part.ident.to_string());
        let (pattern, event) = pattern(ident, part);
        quote!(#(#cfgs)* #pattern => f.debug_tuple(#name).field(#event).finish(),)
    });
    quote! {
        #attrs
        impl #core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                match #subject { #(#arms)* }
            }
        }
    }
}

fn methods(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let (vis, ident) = (&item.head.vis, &item.head.ident);
    let attrs = krate.impl_attrs(&[]);
    let name = ident.to_string();
    let parts = item.parts.iter().map(|part| {
        let (cfgs, meta) = (cfgs(&part.attrs), through(&part.ty, "PART", krate));
        quote!(#(#cfgs)* #meta)
    });
    let docs_of_assert =
        format!("Fails to build where the catalog lacks `E`: `const _: () = {name}::assert_declares::<E>();`.");
    let event = Ident::new("E", ident.span());
    let bound = respanned(quote!(#event: #krate::Event), ident.span());
    // At the catalog's name: what holds a type that is no part is reported once more, there.
    let decoded = respanned(quote!(#core::result::Result<#ident, #krate::DecodeError>), ident.span());
    let accessors = accessors(item, krate);
    let read = read(item, krate);
    quote! {
        #attrs
        #[allow(dead_code)]
        impl #ident {
            /// The blocks and free events, as declared.
            #vis const PARTS: &'static [&'static #krate::PartMeta] = &[#(#parts),*];

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
            #vis fn decode_with(line: &#core::primitive::str, unknown: #krate::Unknown) -> #decoded {
                #private::decode(line, unknown, &CATALOG, Self::read)
            }

            #accessors
            #read
        }
    }
}

/// What every event of the catalog can be asked.
fn accessors(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, vis, ident, subject) = (krate.core(), &item.head.vis, &item.head.ident, subject(item));
    let arms = item.parts.iter().map(|part| {
        let cfgs = cfgs(&part.attrs);
        let (pattern, event) = pattern(ident, part);
        quote!(#(#cfgs)* #pattern => #event,)
    });
    quote! {
        fn event(&self) -> &dyn #krate::PartEvent {
            match #subject { #(#arms)* }
        }

        /// What the event is declared as.
        #vis fn meta(&self) -> &'static #krate::meta::EventMeta {
            #krate::PartEvent::event_meta(self.event())
        }

        /// The level of this one.
        #vis fn level(&self) -> #krate::Level {
            #krate::PartEvent::event_level(self.event())
        }

        /// Records the event in `sink`, as one that is replayed or handed on.
        #vis fn emit_to<S: #krate::EventSink + ?#core::marker::Sized>(&self, sink: &mut S) {
            #krate::EventSink::accept(sink, self.meta(), self.level(), self.event());
        }
    }
}

fn read(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private, ident) = (krate.core(), krate.private(), &item.head.ident);
    let found = quote!(#core::option::Option<#core::result::Result<#ident, #krate::read::ReadError>>);
    let found = respanned(found, ident.span());
    let reads = item.parts.iter().map(|part| {
        let cfgs = cfgs(&part.attrs);
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
    quote! {
        fn read(
            name: &#core::primitive::str,
            version: #core::primitive::u32,
            object: &mut #krate::read::Object<'_>,
        ) -> #found {
            #(#reads)*
            #core::option::Option::None
        }
    }
}

fn checks(item: &CatalogItem, krate: &Krate) -> TokenStream {
    let (core, private, ident) = (krate.core(), krate.private(), &item.head.ident);
    // The place among the parts is counted where `cfg` has had its say.
    let checks = item.parts.iter().enumerate().map(|(at, part)| {
        let own = cfgs(&part.attrs);
        let before = item.parts[..at].iter().map(|part| {
            let cfgs = cfgs(&part.attrs);
            quote!(#(#cfgs)* ())
        });
        let checks = (0..REPORTED)
            .map(|nth| assertion(&own, &part.ty, krate, "assert_part_fits", &quote!(&CONFLICTS, BEFORE.len(), #nth)));
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
            const SIZE: #core::primitive::usize = #private::table_size(#ident::PARTS);
            #[allow(long_running_const_eval)]
            const CONFLICTS: #private::Conflicts = #private::conflicts::<SIZE>(#ident::PARTS);
            #(#checks)*
        };
    }
}
