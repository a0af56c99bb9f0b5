//! The expansion of an event: the struct, its descriptor, its encoding and reading, and its
//! `emit_*` function.

use super::assertion::assertion;
use super::head::made_static;
use super::krate::Krate;
use super::meta::{self, contexts};
use super::quiet::quiet;
use super::spans::braces;
use super::{debug, deduplicate, emit, field, level, masked, page, transition, wide};
use crate::ast::Event;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Path;

/// An event of a block; `reads` is the code for reading its older versions.
pub(super) fn event(
    event: &Event,
    around: &page::Around<'_>,
    reads: &TokenStream,
    krate: &Krate,
) -> TokenStream {
    let declaration = declaration(event, &page::event(event, around));
    let rest = implementation(event, around.context, around.owner, reads, krate);
    quote!(#declaration #rest)
}

fn declaration(event: &Event, page: &TokenStream) -> TokenStream {
    let head = &event.head;
    let attrs = head.attrs.iter().filter(|attr| !attr.path().is_ident("deprecated"));
    let flush = if event.wide.is_some() { "flush its unit, or " } else { "" };
    let lost = format!("an event that is not emitted is lost: {flush}call `{}`", emit::name(event));
    let declaration = head.declaration();
    let body = if event.unit {
        quote!(;)
    } else {
        let fields = event.fields.iter().map(field::declaration);
        braces(quote!(#(#fields),*), head.body)
    };
    quote!(#(#attrs)* #page #[must_use = #lost] #declaration #body)
}

pub(super) fn implementation(
    event: &Event,
    context: &[Path],
    owner: Option<&str>,
    reads: &TokenStream,
    krate: &Krate,
) -> TokenStream {
    let head = &event.head;
    let cfgs = head.cfgs();
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = head.split();
    let core = krate.core();
    // A static is compared and hashed by its name. A constant would be evaluated again for each
    // table that refers to it.
    let meta = made_static(meta::of_event(event, context, owner, krate), head);
    let level = level::of_self(event, krate);
    let (encode, read) = fields(event, krate);
    let debug = debug::of_fields(head, krate);
    let said = constants(event, krate);
    let gate = emit::implementation(event, krate);
    let wide = wide::wide(event, krate);
    let emit = if event.name.latest { emit::emit(event, krate) } else { TokenStream::new() };
    let assertions = assertions(event, context, krate);
    let impls = quiet(
        &cfgs,
        &quote! {
            #attrs
            impl #generics #krate::__private::Fields for #ty #clause {
                fn encode_fields(&self, out: &mut #krate::__private::Encoder) {
                    #encode
                }
            }
            #attrs
            impl #generics #krate::Event for #ty #clause {
                const META: &'static #krate::meta::EventMeta = {
                    static META: #krate::meta::EventMeta = #meta;
                    &META
                };
                #said

                #level

                fn read(
                    object: &mut #krate::read::Object<'_>,
                ) -> #core::result::Result<Self, #krate::read::ReadError> {
                    #read
                }

                #reads
            }
            #gate
            #wide
            #debug
        },
    );
    let unwritten = masked::assertion(head, krate);
    quote!(#impls #emit #assertions #unwritten)
}

/// The bodies that write the event's fields and read them.
fn fields(event: &Event, krate: &Krate) -> (TokenStream, TokenStream) {
    if event.head.shell {
        return (TokenStream::new(), field::missing(krate));
    }
    let encode = event.fields.iter().map(|field| {
        let (cfgs, refusal) = (field.cfgs(), transition::refusal(field, krate));
        let refusal = (!refusal.is_empty()).then(|| quote!(#(#cfgs)* { #refusal }));
        let encode = field::encode_own(field, event.skip_none, krate);
        quote!(#refusal #encode)
    });
    (encode.collect(), field::read_all(&quote!(Self), &event.fields, krate))
}

/// Constants from the descriptor, as literals: rustdoc and editors show their values.
fn constants(event: &Event, krate: &Krate) -> TokenStream {
    let (snake, dotted, version, core) =
        (event.name.snake(), event.name.dotted(), event.version, krate.core());
    quote! {
        const NAME: &'static #core::primitive::str = #snake;
        const EVENT_TYPE: &'static #core::primitive::str = #dotted;
        const VERSION: #core::primitive::u32 = #version;
    }
}

/// Assertions that only the types can decide: units, labels, and the fields of groups.
fn assertions(event: &Event, context: &[Path], krate: &Krate) -> TokenStream {
    if event.poisoned || event.head.shell {
        return TokenStream::new();
    }
    let head = &event.head;
    let (cfgs, owned) = (head.cfgs(), head.owned());
    let fields: TokenStream =
        event.fields.iter().map(|own| field::assertions(own, event.name.latest, krate)).collect();
    let mut assertions = made_static(fields, head);
    assertions.extend(level::assertion_of(event, krate));
    assertions.extend(deduplicate::assertions(event, krate));
    assertions.extend(event.fields.iter().map(|own| transition::assertion_of(own, krate)));
    let groups = event.fields.iter().filter(|own| own.is_flattened()).map(|own| {
        let ty = &own.ty;
        (ty.to_token_stream(), quote!(<#ty as #krate::Group>::META), own.cfgs())
    });
    let bound = contexts(event, context).map(|group| {
        (group.to_token_stream(), quote!(<#group as #krate::ContextGroup>::CONTEXT), Vec::new())
    });
    let added = event.wide.iter().flatten().zip(wide::metas(event, krate));
    let added = added.map(|(group, meta)| (group.to_token_stream(), meta, Vec::new()));
    for (place, (written, group, field_cfgs)) in groups.chain(bound).chain(added).enumerate() {
        let group = made_static(group, head);
        let cfgs: Vec<_> = cfgs.iter().copied().chain(field_cfgs).collect();
        let meta = quote!(<#owned as #krate::Event>::META);
        // An attribute names a group without its lifetimes.
        assertions.extend(quote!(#[allow(elided_lifetimes_in_paths)]));
        assertions.extend(assertion(
            &cfgs,
            &written,
            krate,
            "assert_group_fits",
            &quote!(#meta, #place, #group),
        ));
    }
    if event.entity_by_group {
        let meta = quote!(<#owned as #krate::Event>::META);
        assertions.extend(assertion(&cfgs, &head.ident, krate, "assert_has_entity", &meta));
    }
    assertions
}
