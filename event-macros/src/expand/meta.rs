//! The descriptor of an event: `EventMeta`.

use super::krate::Krate;
use super::literal::{names, option};
use super::{field, level, source, transition, wide};
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
    let (version, latest, docs) = (event.version, event.name.latest, krate.docs(&event.head.docs));
    let type_name = event.head.name();
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
