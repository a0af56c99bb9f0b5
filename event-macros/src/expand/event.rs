//! What an event expands to: the struct, its descriptor, its encoding and reading, and its `emit_*`
//! function.

use super::{
    Krate, assertion, braces, emit, field, level, lock, made_static, masked, names, option, page,
    quiet, source, transition, wide,
};
use crate::ast::{Event, Field, LevelRule};
use crate::lock::Contract;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Path;

/// An event of a block; `reads` is what its older versions add to it.
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

/// A free event; its struct stands already.
pub(super) fn free(event: &Event, contract: &Contract, krate: &Krate) -> TokenStream {
    let mut tokens = implementation(event, &[], None, &TokenStream::new(), krate);
    tokens.extend(lock::kept(event, &[event], &[], contract, krate));
    tokens.extend(lock::watch(contract, krate));
    let cfgs = event.head.cfgs();
    let owned = event.head.owned();
    let attrs = krate.impl_attrs();
    let core = krate.core();
    let dictionary = super::dictionary::entries([event].into_iter(), &[], krate);
    let page = page::free(
        event,
        &page::Around { versions: &[event], context: &[], owner: None, operations: &[] },
    );
    if let Some(path) = &event.domain_path {
        let (domain, snake) = (&event.name.domain, event.name.snake());
        let action = event.name.action.as_deref().unwrap_or_default();
        let block = quote!(<#path as #krate::Block>::BLOCK);
        tokens.extend(if event.poisoned {
            // Still a use of the path: it may have been imported for nothing else.
            quote!(#(#cfgs)* const _: &#krate::BlockMeta = #block;)
        } else {
            let has_status = event.name.status.is_some();
            let arguments = quote!(#block, #domain, #snake, #action, #has_status);
            assertion(&cfgs, &event.head.ident, krate, "assert_domain", &arguments)
        });
    }
    let is_whole = event.poisoned.then(|| quote!(const IS_WHOLE: #core::primitive::bool = false;));
    tokens.extend(quiet(
        &cfgs,
        &quote! {
            #page
            #attrs
            impl #krate::BlockEvent for #owned {
                fn any(&self) -> #krate::AnyEvent<'_> {
                    #krate::AnyEvent::of(self)
                }
            }
            #attrs
            impl #krate::__private::EmitAny for #owned {
                #[inline]
                fn call(&self) -> #krate::Call<'_> {
                    #krate::Call::of(self)
                }
            }
            #attrs
            impl #krate::Block for #owned {
                const BLOCK: &'static #krate::BlockMeta = {
                    static BLOCK: #krate::BlockMeta = #krate::BlockMeta {
                        domain: #core::option::Option::None,
                        events: &[<#owned as #krate::Event>::META],
                        dictionary: &[#dictionary],
                    };
                    &BLOCK
                };
                type Event = Self;
                #is_whole

                fn read(
                    place: #core::primitive::usize,
                    object: &mut #krate::read::Object<'_>,
                ) -> #core::option::Option<#core::result::Result<Self, #krate::read::ReadError>> {
                    match place {
                        0 => #core::option::Option::Some(<Self as #krate::Event>::read(object)),
                        _ => #core::option::Option::None,
                    }
                }
            }
        },
    ));
    tokens
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

fn implementation(
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
    // A static, which is compared and hashed by its name: a constant would be walked once more for
    // each table that refers to it.
    let meta = made_static(meta(event, context, owner, krate), head);
    let level = level::of_self(event, krate);
    let (encode, read) = if head.shell {
        let error = quote!(#krate::read::ReadError::new(#krate::read::ReadErrorKind::Missing));
        (TokenStream::new(), quote!(#core::result::Result::Err(#error)))
    } else {
        let encode: TokenStream = event
            .fields
            .iter()
            .map(|field| {
                let (cfgs, refusal) = (field.cfgs(), transition::refusal(field, krate));
                let refusal = (!refusal.is_empty()).then(|| quote!(#(#cfgs)* { #refusal }));
                let encode = encode_own(field, event.skip_none, krate);
                quote!(#refusal #encode)
            })
            .collect();
        (encode, field::read_all(&quote!(Self), &event.fields, krate))
    };
    let name = debug_name(head);
    let debug = debug(head, &name, krate);
    let said = constants(event, krate);
    let gate = emit::implementation(event, krate);
    let wide = wide::wide(event, krate);
    let emit = if event.name.latest { emit::emit(event, krate) } else { TokenStream::new() };
    let assertions = assertions(event, context, krate);
    let impls = quiet(
        &cfgs,
        &quote! {
            #attrs
            impl #generics #krate::Fields for #ty #clause {
                fn encode_fields(&self, out: &mut #krate::Encoder) {
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

/// What follows from the descriptor, as literals: rustdoc and editors show their values.
fn constants(event: &Event, krate: &Krate) -> TokenStream {
    let (snake, dotted, version, core) =
        (event.name.snake(), event.name.dotted(), event.version, krate.core());
    quote! {
        const NAME: &'static #core::primitive::str = #snake;
        const EVENT_TYPE: &'static #core::primitive::str = #dotted;
        const VERSION: #core::primitive::u32 = #version;
    }
}

/// Writes a field of `self`.
pub(super) fn encode_own(own: &Field, skip_none: bool, krate: &Krate) -> TokenStream {
    let ident = &own.ident;
    field::encode(own, &quote!(&self.#ident), skip_none, krate)
}

pub(super) fn debug_name(head: &crate::ast::Head) -> String {
    use syn::ext::IdentExt;
    head.ident.unraw().to_string()
}

/// `Debug` shows what is written, masked.
pub(super) fn debug(head: &crate::ast::Head, name: &str, krate: &Krate) -> TokenStream {
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = head.split();
    let (core, private) = (krate.core(), krate.private());
    quote! {
        #attrs
        impl #generics #core::fmt::Debug for #ty #clause {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                #private::debug(#name, self, f)
            }
        }
    }
}

/// The context groups of an event: the domain's, then its own, and last those that it does not
/// need.
pub(super) fn contexts<'a>(event: &'a Event, domain: &'a [Path]) -> impl Iterator<Item = &'a Path> {
    needed_contexts(event, domain).chain(&event.optional_context)
}

fn needed_contexts<'a>(event: &'a Event, domain: &'a [Path]) -> impl Iterator<Item = &'a Path> {
    let text = |path: &Path| path.to_token_stream().to_string();
    let is_optional = move |path: &Path| {
        event.optional_context.iter().any(|optional| text(optional) == text(path))
    };
    let own =
        event.context.iter().filter(move |own| !domain.iter().any(|path| text(path) == text(own)));
    domain.iter().chain(own).filter(move |path| !is_optional(path))
}

fn meta(event: &Event, context: &[Path], owner: Option<&str>, krate: &Krate) -> TokenStream {
    let name = name(event, krate);
    let head = line_head(event);
    let (version, latest, docs) = (event.version, event.name.latest, krate.docs(&event.head.docs));
    let type_name = debug_name(&event.head);
    let level = level::rule(event, krate);
    let members = if event.head.shell {
        TokenStream::new()
    } else {
        members(&event.fields, event.skip_none, krate)
    };
    let groups =
        contexts(event, context).map(|group| quote!(<#group as #krate::ContextGroup>::CONTEXT));
    let needed_context = needed_contexts(event, context).count();
    let (context, wide) = (list(groups, krate), list(wide::metas(event, krate), krate));
    let aliases = names(&event.aliases, krate);
    let (sample_errors, limit_errors) =
        (event.sample_errors.is_some(), event.limit_errors.is_some());
    let sample = event
        .sample
        .map(|(keep, of)| quote!(#krate::meta::SampleRate { of: #of, keep: #keep, errors: #sample_errors }));
    let sample = option(krate, sample);
    let limit = event.limit.map(
        |(count, seconds)| quote!(#krate::meta::RateLimit { count: #count, seconds: #seconds, errors: #limit_errors }),
    );
    let limit = option(krate, limit);
    let governance = governance(event, owner, krate);
    let source = source::source(krate, event.head.ident.span());
    quote! {
        #krate::meta::EventMeta {
            name: #name,
            head: #head,
            version: #version,
            latest: #latest,
            type_name: #type_name,
            docs: #docs,
            level: #level,
            members: &[#members],
            context: #context,
            needed_context: #needed_context,
            wide: #wide,
            aliases: #aliases,
            sample: #sample,
            limit: #limit,
            governance: #governance,
            source: #source,
        }
    }
}

/// A list of groups.
fn list(groups: impl Iterator<Item = TokenStream>, krate: &Krate) -> TokenStream {
    let groups: Vec<TokenStream> = groups.collect();
    let private = krate.private();
    if groups.is_empty() { quote!(#private::NO_GROUPS) } else { quote!(&[#(#groups),*]) }
}

/// What every flat line of the event begins with: `EventMeta::head`.
fn line_head(event: &Event) -> String {
    let level = match event.level {
        LevelRule::Fixed(level) => level.as_str(),
        LevelRule::If { .. } | LevelRule::Match { .. } => "",
    };
    format!(r#"{{"event":"{}","version":{},"level":"{level}"#, event.name.snake(), event.version)
}

/// The members of an event or a group.
pub(super) fn members(fields: &[Field], skip_none: bool, krate: &Krate) -> TokenStream {
    let members = fields.iter().map(|own| {
        let cfgs = own.cfgs();
        let ty = &own.ty;
        if own.is_flattened() {
            let group = transition::meta(own, krate)
                .unwrap_or_else(|| quote!(<#ty as #krate::Group>::META));
            quote!(#(#cfgs)* #krate::meta::Member::Group(#group))
        } else {
            let meta = field::meta(own, skip_none, krate);
            quote!(#(#cfgs)* #krate::meta::Member::Field(#meta))
        }
    });
    quote!(#(#members),*)
}

fn name(event: &Event, krate: &Krate) -> TokenStream {
    let (snake, dotted, domain) = (event.name.snake(), event.name.dotted(), &event.name.domain);
    let action = option(krate, event.name.action.as_ref());
    let status = event.name.status.as_ref().zip(event.name.class).map(|(word, class)| {
        let class = Ident::new(&event_grammar::name::camel(class.as_str()), Span::call_site());
        quote!(#krate::Status { word: #word, class: #krate::StatusClass::#class })
    });
    let status = option(krate, status);
    quote! {
        #krate::meta::EventName { snake: #snake, dotted: #dotted, domain: #domain, action: #action, status: #status }
    }
}

fn governance(event: &Event, owner: Option<&str>, krate: &Krate) -> TokenStream {
    let said = &event.governance;
    let mut set = Vec::new();
    let mut text = |field: &str, value: Option<String>| {
        if let Some(value) = value {
            let field = Ident::new(field, Span::call_site());
            let value = option(krate, Some(value));
            set.push(quote!(#field: #value));
        }
    };
    text("owner", said.owner.as_ref().map(syn::LitStr::value).or_else(|| owner.map(str::to_owned)));
    text("since", said.since.as_ref().map(syn::LitStr::value));
    text("expires", said.expires.as_ref().map(syn::LitStr::value));
    text("retention", said.retention.as_ref().map(syn::LitStr::value));
    let replaced = said.replaced_by.as_ref().map(|_| "replaced".to_owned());
    text("deprecated", said.deprecated.clone().or(replaced));
    if let Some(path) = &said.replaced_by {
        let private = krate.private();
        let name = option(krate, Some(quote!(#private::name_of::<#path>())));
        set.push(quote!(replaced_by: #name));
    }
    if let Some(stability) = said.stability {
        let variant = format_ident!("{stability:?}");
        let stability = option(krate, Some(quote!(#krate::meta::Stability::#variant)));
        set.push(quote!(stability: #stability));
    }
    if set.is_empty() {
        quote!(#krate::meta::Governance::NONE)
    } else {
        quote!(#krate::meta::Governance { #(#set,)* ..#krate::meta::Governance::NONE })
    }
}

/// What only the types themselves can tell: units, labels, and the fields of groups.
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
        // A group is named in an attribute without its lifetimes.
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
