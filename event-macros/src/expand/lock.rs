//! What a published event expands to beside the rest: the comparison with its lock, at the tokens that may have changed.

use super::{Krate, assertion, event::contexts, field, made_static, names, quiet};
use crate::ast::{Event, Field, LevelRule};
use crate::lock::{Contract, SWITCH};
use event_grammar::Level;
use event_grammar::lock::Version;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use syn::Path;

/// How many breaks of an event as a whole are reported at once; every one is a constant to evaluate.
const REPORTED: usize = 4;

/// What rustc watches, so that cargo compiles anew when the lock changes.
pub(super) fn watch(contract: &Contract, krate: &Krate) -> TokenStream {
    if contract.watched.is_empty() {
        return TokenStream::new();
    }
    let core = krate.core();
    let switch = contract
        .has_switch
        .then(|| quote!(const _: #core::option::Option<&#core::primitive::str> = #core::option_env!(#SWITCH);));
    let files = contract.watched.iter().map(|name| {
        let name = format!("/{name}");
        quote!(const _: &[#core::primitive::u8] = #core::include_bytes!(#core::concat!(#core::env!("CARGO_MANIFEST_DIR"), #name));)
    });
    quiet(&[], &quote!(#switch #(#files)*))
}

/// The comparison of one version of an event, which has `versions` beside it; nothing where it is not published.
pub(super) fn kept(
    event: &Event,
    versions: &[&Event],
    domain_context: &[Path],
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let Some(version) = contract.published(&event.name.snake(), event.version) else { return TokenStream::new() };
    // Of an event with parameters there is no one type that could be compared.
    if event.poisoned || event.head.shell || event.head.has_parameters() {
        return TokenStream::new();
    }
    let head = &event.head;
    let cfgs = head.cfgs();
    let (private, owned) = (krate.private(), head.owned());
    let fingerprint = version.revisions.last().map_or(0, |revision| revision.fingerprint);
    let aliases = aliases(event, versions, version);
    let locked = locked(event, version, &aliases, &contract.command(), krate);
    let said = head_fingerprint(event);
    let (grouped, own): (Vec<&Field>, Vec<&Field>) = event.fields.iter().partition(|field| field.is_flattened());
    let own = own.into_iter().map(|own| {
        let (cfgs, words) = (own.cfgs(), field::words(own, event.skip_none));
        let shape = made_static(field::fingerprint(own, krate), head);
        quote!(#(#cfgs)* (#words, #shape))
    });
    let grouped = grouped.into_iter().map(|own| {
        let (cfgs, shape) = (own.cfgs(), made_static(field::fingerprint(own, krate), head));
        quote!(#(#cfgs)* #shape)
    });
    let context: Vec<&Path> = contexts(event, domain_context).collect();
    let wide: Vec<&Path> = event.wide.iter().flatten().collect();
    let of_groups = |groups: &[&Path]| {
        let groups = groups.iter().map(|group| made_static(quote!(<#group as #krate::Group>::FINGERPRINT), head));
        quote!(&[#(#groups),*])
    };
    let (of_context, of_wide) = (of_groups(&context), of_groups(&wide));

    let mut checks = TokenStream::new();
    let count = hidden(event, version) + dropped(event, &aliases);
    for nth in 0..=count.min(REPORTED - 1) {
        checks.extend(assertion(&[], &head.ident, krate, "assert_event_kept", &quote!(__KEPT, #nth)));
    }
    for own in &event.fields {
        let (ty, name) = (&own.ty, &own.name);
        checks.extend(if own.is_flattened() {
            let group = made_static(quote!(<#ty as #krate::Group>::META), head);
            let place = quote!(#private::Place::Payload);
            assertion(&own.cfgs(), ty, krate, "assert_group_kept", &quote!(__KEPT, #group, #place))
        } else {
            let was = version.asked().map(|(_, revision)| revision.members(|name| reads(own, name)));
            assertion(&own.cfgs(), ty, krate, "assert_field_kept", &quote!(__KEPT, #name, &[#(#was),*]))
        });
    }
    for (groups, place) in [(&context, quote!(Context)), (&wide, quote!(Wide))] {
        for group in groups {
            let meta = made_static(quote!(<#group as #krate::Group>::META), head);
            let arguments = quote!(__KEPT, #meta, #private::Place::#place);
            checks.extend(assertion(&[], group, krate, "assert_group_kept", &arguments));
        }
    }
    quote! {
        #(#cfgs)*
        #[allow(deprecated)]
        const _: () = {
            const __KEPT: &#private::Kept = &#private::Kept {
                is_unchanged: #private::of_declared(#said, &[#(#own),*], &[#(#grouped),*], #of_context, #of_wide)
                    == #fingerprint,
                locked: #locked,
                event: <#owned as #krate::Event>::META,
            };
            #checks
        };
    }
}

/// The part of the event's fingerprint that is not its fields'.
fn head_fingerprint(event: &Event) -> u64 {
    let bit = |level: &Level| 1_u8 << *level as u8;
    let levels = match &event.level {
        LevelRule::Fixed(level) => bit(level),
        LevelRule::If { yes, no, .. } => bit(yes) | bit(no),
        LevelRule::Match { arms, otherwise, .. } => {
            arms.iter().fold(bit(otherwise), |bits, (_, level)| bits | bit(level))
        }
    };
    let aliases: Vec<String> = event.aliases.iter().map(syn::LitStr::value).collect();
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    event_grammar::fingerprint::event(&event.name.dotted(), &aliases, levels)
}

/// Whether a field reads what was published under `name`.
fn reads(field: &Field, name: &str) -> bool {
    field.name == name || field.aliases.iter().any(|alias| alias.value() == name)
}

/// Whether the event as a whole is asked for a published field: one that is gone or of a group, as far as the macro sees. A field under a `cfg` may be gone.
fn is_hidden(event: &Event, name: &str) -> bool {
    !event.fields.iter().any(|field| !field.is_flattened() && field.cfgs().is_empty() && reads(field, name))
}

/// How many published fields the event as a whole is asked for.
fn hidden(event: &Event, version: &Version) -> usize {
    let known: BTreeSet<&String> = version.asked().flat_map(|(_, revision)| revision.fields.keys()).collect();
    known.into_iter().filter(|name| is_hidden(event, name)).count()
}

/// The aliases that this version has to keep: a reader accepts those of every version, so one that has moved to another is kept.
fn aliases<'v>(event: &Event, versions: &[&Event], version: &'v Version) -> Vec<&'v str> {
    let others = versions.iter().filter(|other| other.version != event.version).flat_map(|other| &other.aliases);
    let others: BTreeSet<String> = others.map(syn::LitStr::value).collect();
    version.aliases.iter().map(String::as_str).filter(|alias| !others.contains(*alias)).collect()
}

/// How many of `aliases` are gone.
fn dropped(event: &Event, aliases: &[&str]) -> usize {
    let own: BTreeSet<String> = event.aliases.iter().map(syn::LitStr::value).collect();
    aliases.iter().filter(|alias| !own.contains(**alias)).count()
}

fn locked(event: &Event, version: &Version, aliases: &[&str], command: &str, krate: &Krate) -> TokenStream {
    let private = krate.private();
    let (name, number, event_type) = (event.name.snake(), event.version, &version.event_type);
    let mode = version.mode.readers();
    let fingerprint = version.revisions.last().map_or(0, |revision| revision.fingerprint);
    let revisions = version.asked().map(|(_, revision)| {
        let (level, fields) = (&revision.level, revision.members(|name| is_hidden(event, name)));
        quote!(#private::LockedRevision { level: #level, fields: #fields })
    });
    let accepted = version.accepted.iter().map(|accepted| {
        let (rule, path) = (&accepted.rule, &accepted.path);
        quote!((#rule, #path))
    });
    let aliases: Vec<syn::LitStr> =
        aliases.iter().map(|alias| syn::LitStr::new(alias, proc_macro2::Span::call_site())).collect();
    let aliases = names(&aliases, krate);
    quote! {
        #private::Locked {
            event: #name,
            version: #number,
            event_type: #event_type,
            mode: #mode,
            fingerprint: #fingerprint,
            aliases: #aliases,
            revisions: &[#(#revisions),*],
            accepted: &[#(#accepted),*],
            command: #command,
        }
    }
}

/// Whether every published version is declared, at the catalog's name.
pub(super) fn declared(ident: &proc_macro2::Ident, contract: &Contract, krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let key = |event: &str, version| event_grammar::fingerprint::version(event, version);
    let mut published: Vec<(u64, &str, u32)> =
        contract.all().map(|(event, version)| (key(event, version), event, version)).collect();
    published.sort_unstable();
    let published: Vec<TokenStream> =
        published.into_iter().map(|(key, event, version)| quote!((#key, #event, #version))).collect();
    if published.is_empty() {
        return TokenStream::new();
    }
    let (count, command) = (published.len(), contract.command());
    let checks = (0..REPORTED)
        .map(|nth| assertion(&[], ident, krate, "assert_published", &quote!(__MISSING, __PUBLISHED, #nth, #command)));
    quote! {
        const _: () = {
            const __PUBLISHED: &[#private::Published; #count] = &[#(#published),*];
            #[allow(long_running_const_eval)]
            const __MISSING: &[#core::primitive::bool] = &#private::undeclared(#ident::PARTS, __PUBLISHED);
            #(#checks)*
        };
    }
}
