//! The lock check of one version of an event.

use super::REPORTED;
use super::forms::{forms, place};
use crate::ast::{Event, Field, LevelRule};
use crate::expand::assertion::{assertion, assertion_of};
use crate::expand::head::made_static;
use crate::expand::krate::Krate;
use crate::expand::literal::names;
use crate::expand::meta::contexts;
use crate::expand::number;
use crate::lock::Contract;
use event_grammar::Level;
use event_grammar::fingerprint::Place;
use event_grammar::form::{self, push_name};
use event_grammar::lock::{Revision, TypesOf, Version};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};
use syn::Path;

/// A revision to compare with, and the form of each of its fields, fields of groups included.
struct Asked<'c> {
    revision: &'c Revision,
    types: TypesOf<'c>,
    fields: BTreeMap<String, String>,
}

/// The comparison of one version of an event; `versions` are all versions of the event. Empty if
/// the version is not locked.
pub(in crate::expand) fn kept(
    event: &Event,
    versions: &[&Event],
    domain_context: &[Path],
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let Some(version) = contract.locked(&event.name.snake(), event.version) else {
        return TokenStream::new();
    };
    // An event with parameters is not a single type that could be compared.
    if event.poisoned || event.head.shell || event.head.has_parameters() {
        return TokenStream::new();
    }
    let asked: Vec<Asked<'_>> = version
        .asked()
        .map(|(_, revision)| {
            let types = contract.types_of(revision);
            Asked { revision, fields: types.fields(revision), types }
        })
        .collect();
    let head = &event.head;
    let cfgs = head.cfgs();
    let (private, owned) = (krate.private(), head.owned());
    let context: Vec<&Path> = contexts(event, domain_context).collect();
    let wide: Vec<&Path> = event.wide.iter().flatten().collect();
    let aliases = aliases(event, versions, version);
    let locked = locked(event, version, &asked, &aliases, contract, krate);
    let number = number(event, &context, &wide, krate);
    let fingerprint = asked.last().map_or(0, |asked| whole(event, version, asked));
    let count = hidden(event, &asked) + dropped(event, &aliases);
    let mut checks: TokenStream = (0..=count.min(REPORTED - 1))
        .map(|nth| assertion(&[], &head.ident, krate, "assert_event_kept", &quote!(__KEPT, #nth)))
        .collect();
    for (place, own) in event.fields.iter().enumerate() {
        checks.extend(field_check(event, own, place, &asked, contract, krate));
    }
    for (groups, place_of_groups) in [(&context, Place::Context), (&wide, Place::Wide)] {
        for group in groups {
            checks.extend(group_check(event, group, place_of_groups, &[], contract, krate));
        }
    }
    quote! {
        #(#cfgs)*
        #[allow(deprecated, elided_lifetimes_in_paths)]
        const _: () = {
            const __KEPT: &#private::Kept = &#private::Kept {
                is_unchanged: #number == #fingerprint,
                locked: #locked,
                event: <#owned as #krate::Event>::META,
            };
            #checks
        };
    }
}

/// The fingerprint of the event as declared.
fn number(event: &Event, context: &[&Path], wide: &[&Path], krate: &Krate) -> TokenStream {
    let (private, head, said) = (krate.private(), &event.head, head_fingerprint(event));
    let (grouped, own): (Vec<&Field>, Vec<&Field>) =
        event.fields.iter().partition(|field| field.is_flattened());
    let own = own.into_iter().map(|own| {
        let (cfgs, number) =
            (own.cfgs(), made_static(number::number(own, event.skip_none, krate), head));
        quote!(#(#cfgs)* #number)
    });
    let grouped = grouped.into_iter().map(|own| {
        let (cfgs, shape) = (own.cfgs(), made_static(number::fingerprint(own, krate), head));
        quote!(#(#cfgs)* #shape)
    });
    let of_groups = |groups: &[&Path]| {
        let groups = groups
            .iter()
            .map(|group| made_static(quote!(<#group as #krate::Group>::FINGERPRINT), head));
        quote!(&[#(#groups),*])
    };
    let (of_context, of_wide) = (of_groups(context), of_groups(wide));
    quote!(#private::of_declared(#said, &[#(#own),*], &[#(#grouped),*], #of_context, #of_wide))
}

/// The fingerprint of the event in a revision.
fn whole(event: &Event, version: &Version, asked: &Asked<'_>) -> u64 {
    let aliases: Vec<&str> = version.aliases.iter().map(String::as_str).collect();
    let declared: Vec<String> = event.aliases.iter().map(syn::LitStr::value).collect();
    // A new alias does not change the form; a removed alias does.
    let aliases = if aliases.iter().all(|alias| declared.iter().any(|own| own == alias)) {
        declared.iter().map(String::as_str).collect()
    } else {
        aliases
    };
    let head = event_grammar::fingerprint::event(
        &version.event_type,
        &aliases,
        levels_of(&asked.revision.level),
    );
    asked.types.whole_event(asked.revision, head)
}

/// `info|error`, as one bit per level.
fn levels_of(text: &str) -> u8 {
    text.split('|').filter_map(Level::from_word).fold(0, |bits, level| bits | 1 << level as u8)
}

/// The fingerprint of the event without its fields.
fn head_fingerprint(event: &Event) -> u64 {
    let bit = |level: &Level| 1_u8 << *level as u8;
    let levels = match &event.level {
        LevelRule::Fixed(level) => bit(level),
        LevelRule::If { yes, no, .. } => bit(yes) | bit(no),
        LevelRule::Match { arms, .. } => arms.iter().fold(0, |bits, arm| bits | bit(&arm.level)),
    };
    let aliases: Vec<String> = event.aliases.iter().map(syn::LitStr::value).collect();
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    event_grammar::fingerprint::event(&event.name.dotted(), &aliases, levels)
}

/// The assertion for one field or one group.
fn field_check(
    event: &Event,
    own: &Field,
    place: usize,
    asked: &[Asked<'_>],
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let (ty, name) = (&own.ty, &own.name);
    if own.is_flattened() {
        return group_check(event, ty, Place::Payload, &own.cfgs(), contract, krate);
    }
    let was = asked.iter().map(|asked| {
        let members: Vec<(&String, &String)> =
            asked.fields.iter().filter(|(name, _)| reads(own, name)).collect();
        // If the lock has one member with only this name, its fingerprint can be compared. A member
        // with aliases or from another place needs a full comparison.
        let (number, own) = match members.as_slice() {
            [(known, form)] if *known == name && is_of_payload(form) => {
                (asked.types.whole_field(known, form), TypesOf::default().whole_field(known, form))
            }
            _ => (0, 0),
        };
        let members = joined(members.into_iter());
        quote!((#number, #own, #members))
    });
    let was = quote!(&[#(#was),*]);
    let number = made_static(number::number(own, event.skip_none, krate), &event.head);
    let words = number::words(own);
    let has_names = asked.iter().any(|asked| {
        asked
            .fields
            .iter()
            .any(|(name, form)| reads(own, name) && !TypesOf::paths_in(form).is_empty())
    });
    if !has_names || !number::is_asked_itself(own) {
        return assertion(
            &own.cfgs(),
            ty,
            krate,
            "assert_field_kept",
            &quote!(__KEPT, #name, #place, (#words, #number), #was),
        );
    }
    let (snake, uses) = (event.name.snake(), contract.uses());
    let aliases: Vec<String> = own.aliases.iter().map(syn::LitStr::value).collect();
    let names = std::iter::once(name).chain(&aliases);
    let foreign = names.flat_map(|name| {
        uses.map(|uses| uses.of_event_field(&snake, event.version, name)).unwrap_or_default()
    });
    let foreign = forms(foreign, contract, krate);
    let of_type = made_static(quote!(#ty), &event.head);
    let arguments = quote!(__KEPT, #name, #place, (#words, #number), #was, #foreign);
    assertion_of(&own.cfgs(), ty, &of_type, krate, "assert_value_kept", &arguments)
}

fn group_check(
    event: &Event,
    group: &impl quote::ToTokens,
    of: Place,
    cfgs: &[&syn::Attribute],
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let of_type = made_static(quote!(#group), &event.head);
    let foreign =
        contract.uses().map(|uses| uses.of_event_field(&event.name.snake(), event.version, ""));
    let foreign = forms(foreign.into_iter().flatten(), contract, krate);
    let of = place(of, krate);
    assertion_of(cfgs, group, &of_type, krate, "assert_group_kept", &quote!(__KEPT, #of, #foreign))
}

/// The forms of fields in one text: `name:form marks,name:form`. Names are quoted as within forms.
fn joined<'f>(fields: impl Iterator<Item = (&'f String, &'f String)>) -> String {
    let mut text = String::new();
    for (name, form) in fields {
        if !text.is_empty() {
            text.push(',');
        }
        push_name(&mut text, name);
        text.push(':');
        text.push_str(form);
    }
    text
}

/// Whether a form belongs to a field of the payload.
fn is_of_payload(form: &str) -> bool {
    let (_, marks) = form::parts_of(form);
    !marks.iter().any(|(mark, _)| matches!(*mark, "context" | "wide"))
}

/// Whether a field reads the locked name `name`.
fn reads(field: &Field, name: &str) -> bool {
    field.name == name || field.aliases.iter().any(|alias| alias.value() == name)
}

/// Whether the event as a whole checks a locked field: a field that the macro does not see, because
/// it is removed or belongs to a group. A field with a `cfg` may be missing.
fn is_hidden(event: &Event, name: &str) -> bool {
    !event
        .fields
        .iter()
        .any(|field| !field.is_flattened() && field.cfgs().is_empty() && reads(field, name))
}

/// How many locked fields the event as a whole checks.
fn hidden(event: &Event, asked: &[Asked<'_>]) -> usize {
    let known: BTreeSet<&String> = asked.iter().flat_map(|asked| asked.fields.keys()).collect();
    known.into_iter().filter(|name| is_hidden(event, name)).count()
}

/// The aliases that this version must keep. A reader accepts the aliases of every version, so an
/// alias that moved to another version is kept.
fn aliases<'v>(event: &Event, versions: &[&Event], version: &'v Version) -> Vec<&'v str> {
    let others = versions
        .iter()
        .filter(|other| other.version != event.version)
        .flat_map(|other| &other.aliases);
    let others: BTreeSet<String> = others.map(syn::LitStr::value).collect();
    version.aliases.iter().map(String::as_str).filter(|alias| !others.contains(*alias)).collect()
}

/// How many of `aliases` are removed.
fn dropped(event: &Event, aliases: &[&str]) -> usize {
    let own: BTreeSet<String> = event.aliases.iter().map(syn::LitStr::value).collect();
    aliases.iter().filter(|alias| !own.contains(**alias)).count()
}

fn locked(
    event: &Event,
    version: &Version,
    asked: &[Asked<'_>],
    aliases: &[&str],
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let private = krate.private();
    let (name, number, event_type) = (event.name.snake(), event.version, &version.event_type);
    let (mode, lock, command) = (version.mode.readers(), contract.id(), contract.command());
    let revisions = asked.iter().map(|asked| {
        let level = &asked.revision.level;
        let fields =
            joined(asked.revision.fields.iter().filter(|(name, _)| is_hidden(event, name)));
        let groups = asked.revision.groups.iter().map(|(path, of)| {
            let of = place(*of, krate);
            quote!((#path, #of))
        });
        let types = form::table(asked.types.all());
        quote! {
            #private::LockedRevision {
                level: #level,
                fields: #fields,
                groups: &[#(#groups),*],
                types: #private::Types { table: #types, lock: #lock },
            }
        }
    });
    let accepted = version.accepted.iter().map(|accepted| {
        let (rule, path) = (&accepted.rule, &accepted.path);
        quote!((#rule, #path))
    });
    let aliases: Vec<syn::LitStr> = aliases
        .iter()
        .map(|alias| syn::LitStr::new(alias, proc_macro2::Span::call_site()))
        .collect();
    let aliases = names(&aliases, krate);
    quote! {
        #private::Locked {
            event: #name,
            version: #number,
            event_type: #event_type,
            mode: #mode,
            aliases: #aliases,
            revisions: &[#(#revisions),*],
            accepted: &[#(#accepted),*],
            command: #command,
        }
    }
}
