//! The descriptor of an event: `EventMeta`.

use super::krate::Krate;
use super::{deduplicate, field, level, source, transition, wide};
use crate::ast::{Event, Field, LevelRule};
use event_grammar::record::{Key, Within};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Path;

/// `EventMeta`.
pub(super) fn of_event(
    event: &Event,
    context: &[Path],
    owner: Option<&str>,
    krate: &Krate,
) -> TokenStream {
    let name = name(event, krate);
    let head = line_head(event);
    let docs = krate.docs(&event.head.docs);
    let type_name = event.head.name();
    let level = level::rule(event, krate);
    let source = source::source(krate, event.head.ident.span());
    let words = words(event, context, owner, krate);
    quote! {
        #krate::meta::EventMeta::new(#name, #type_name, #docs, #level, #source)
            .head(#head)
            #words
    }
}

/// The optional words of the declaration.
fn words(event: &Event, context: &[Path], owner: Option<&str>, krate: &Krate) -> TokenStream {
    let mut words = TokenStream::new();
    if event.version != 1 {
        let version = event.version;
        words.extend(quote!(.version(#version)));
    }
    if !event.name.latest {
        words.extend(quote!(.latest(false)));
    }
    if event.upcast_auto.is_some() {
        words.extend(quote!(.upcast_auto(true)));
    }
    if !event.head.shell && !event.fields.is_empty() {
        let members = members(&event.fields, event.skip_none, krate);
        words.extend(quote!(.members(&[#members])));
    }
    let groups: Vec<TokenStream> = contexts(event, context)
        .map(|group| quote!(<#group as #krate::ContextGroup>::CONTEXT))
        .collect();
    if !groups.is_empty() {
        let needed = needed_contexts(event, context).count();
        words.extend(quote!(.context(&[#(#groups),*]).needed_context(#needed)));
    }
    let wide: Vec<TokenStream> = wide::metas(event, krate).collect();
    if !wide.is_empty() {
        words.extend(quote!(.wide(&[#(#wide),*])));
    }
    if !event.aliases.is_empty() {
        let aliases = &event.aliases;
        words.extend(quote!(.aliases(&[#(#aliases),*])));
    }
    let errors = |said: bool| said.then(|| quote!(.errors(true)));
    if let Some((keep, of)) = event.sample {
        let errors = errors(event.sample_errors.is_some());
        words.extend(quote!(.sample(#krate::meta::SampleRate::new(#keep, #of) #errors)));
    }
    if let Some((count, seconds)) = event.limit {
        let errors = errors(event.limit_errors.is_some());
        words.extend(quote!(.limit(#krate::meta::RateLimit::new(#count, #seconds) #errors)));
    }
    words.extend(deduplicate::meta(event));
    words.extend(governance(event, owner, krate));
    words
}

/// The beginning of every flat line of the event: `EventMeta::head`.
fn line_head(event: &Event) -> String {
    let level = match event.level {
        LevelRule::Fixed(level) => level.as_str(),
        LevelRule::If { .. } | LevelRule::Match { .. } => "",
    };
    let (name, number) = (event.name.snake(), event.version);
    let [event, version, level_key] =
        [Key::Event, Key::Version, Key::Level].map(|key| key.name(Within::Line));
    format!(r#"{{"{event}":"{name}","{version}":{number},"{level_key}":"{level}"#)
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
    let action = event.name.action.as_ref().map(|action| quote!(.action(#action)));
    let status = event.name.status.as_ref().zip(event.name.class).map(|(word, class)| {
        let class = Ident::new(&event_grammar::name::camel(class.as_str()), Span::call_site());
        quote!(.status(#krate::__private::Status { word: #word, class: #krate::__private::StatusClass::#class }))
    });
    quote!(#krate::meta::EventName::new(#snake, #dotted, #domain) #action #status)
}

/// `.governance(..)`, if a word of governance is declared.
fn governance(event: &Event, owner: Option<&str>, krate: &Krate) -> Option<TokenStream> {
    let said = &event.governance;
    let mut words = TokenStream::new();
    let mut text = |word: &str, value: Option<String>| {
        if let Some(value) = value {
            let word = Ident::new(word, Span::call_site());
            words.extend(quote!(.#word(#value)));
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
        words.extend(quote!(.replaced_by(#private::name_of::<#path>())));
    }
    if let Some(stability) = said.stability {
        let variant = format_ident!("{stability:?}");
        words.extend(quote!(.stability(#krate::meta::Stability::#variant)));
    }
    (!words.is_empty()).then(|| quote!(.governance(#krate::meta::Governance::NONE #words)))
}

/// The context groups of an event: first the domain's, then its own, then the optional ones.
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
