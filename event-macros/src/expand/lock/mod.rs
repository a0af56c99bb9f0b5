//! What a locked event, and the types and groups that it has, expand to beside the rest: the
//! comparison with the lock, at the tokens that may have changed.

mod event;
mod types;

pub(super) use event::kept;
pub(super) use types::{group_kept, held, value_kept};

use super::{Krate, assertion, quiet};
use crate::lock::{Contract, SWITCH, TypeUse, Uses};
use event_grammar::fingerprint::Place;
use event_grammar::form::{self, Kind, SPREAD, table};
use proc_macro2::TokenStream;
use quote::quote;

/// How many breaks of an event as a whole are reported at once; every one is a constant to
/// evaluate.
const REPORTED: usize = 4;

/// What rustc watches, so that cargo compiles anew when the lock changes.
pub(super) fn watch(contract: &Contract, krate: &Krate) -> TokenStream {
    if contract.watched.is_empty() {
        return TokenStream::new();
    }
    let core = krate.core();
    let switch = contract.has_switch.then(|| quote!(#core::option_env!(#SWITCH).is_some(),));
    let files = contract.watched.iter().map(|name| {
        let name = format!("/{name}");
        quote!(#core::include_bytes!(#core::concat!(#core::env!("CARGO_MANIFEST_DIR"), #name)).is_empty(),)
    });
    // One constant for all of them: each is looked at by the compiler.
    quiet(&[], &quote!(const _: &[#core::primitive::bool] = &[#switch #(#files)*];))
}

/// The same for a type of its own: it is the lock alone that can change what is generated, and only
/// where the lock has a type of that name. In a catalog of many types a longer watch for each would
/// be felt.
pub(super) fn watch_type(name: &str, contract: &Contract, krate: &Krate) -> TokenStream {
    let is_named = contract.uses().is_some_and(|uses| uses.named(name).next().is_some());
    let Some(path) = contract.path().filter(|_| is_named) else { return TokenStream::new() };
    let core = krate.core();
    quiet(&[], &quote!(const _: &[#core::primitive::u8] = #core::include_bytes!(#path);))
}

/// Forms of types, as constants that assertions are given.
fn forms<'u>(
    uses: impl Iterator<Item = &'u TypeUse>,
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let (private, lock) = (krate.private(), contract.id());
    let forms = uses.map(|one| {
        let TypeUse { path, form, whole, within, users } = one;
        let members = fields_in(form);
        let within = table(within.iter().map(|(path, form)| (path.as_str(), form.as_str())));
        let groups = users.iter().map(|alike| {
            let (mode, place) = (alike.mode, place(alike.place, krate));
            let accepted = alike.accepted.iter().map(|(rule, path)| quote!((#rule, #path)));
            let versions: Vec<String> = alike.versions.iter().map(ToString::to_string).collect();
            let versions = versions.join(" ");
            quote!(#private::Users { mode: #mode, place: #place, accepted: &[#(#accepted),*], versions: #versions })
        });
        quote! {
            #private::LockedForm {
                path: #path,
                form: #form,
                whole: #whole,
                members: #members,
                types: #private::Types { table: #within, lock: #lock },
                users: &[#(#groups),*],
            }
        }
    });
    quote!(&[#(#forms),*])
}

/// How many fields a form has, those of groups in it left out.
fn fields_in(written: &str) -> usize {
    match form::kind(written.as_bytes()) {
        Kind::Object(list) | Kind::Group(list) => {
            form::members(list).filter(|member| member.name != SPREAD.as_bytes()).count()
        }
        _ => 0,
    }
}

fn place(place: Place, krate: &Krate) -> TokenStream {
    let private = krate.private();
    match place {
        Place::Payload => quote!(#private::Place::Payload),
        Place::Context => quote!(#private::Place::Context),
        Place::Wide => quote!(#private::Place::Wide),
    }
}

/// Whether every locked version is declared, at the catalog's name.
pub(super) fn declared(
    ident: &proc_macro2::Ident,
    is_whole: &TokenStream,
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let key = |event: &str, version| event_grammar::fingerprint::version(event, version);
    let mut locked: Vec<(u64, &str, u32)> =
        contract.all().map(|(event, version)| (key(event, version), event, version)).collect();
    locked.sort_unstable();
    let locked: Vec<TokenStream> =
        locked.into_iter().map(|(key, event, version)| quote!((#key, #event, #version))).collect();
    if locked.is_empty() {
        return TokenStream::new();
    }
    let spoken = contract.uses().map(Uses::spoken).unwrap_or_default();
    let spoken = spoken.into_iter().map(|(uses, event, ty, member)| {
        let forms = forms(uses.into_iter(), contract, krate);
        quote!(#private::Spoken { forms: #forms, event: #event, ty: #ty, member: #member })
    });
    let spoken: Vec<TokenStream> = spoken.collect();
    let spoken = (!spoken.is_empty()).then(|| {
        let command = contract.command();
        let call = assertion(
            &[],
            ident,
            krate,
            "assert_spoken",
            &quote!(#ident::BLOCKS, &[#(#spoken),*], #command),
        );
        quote!(#[allow(long_running_const_eval)] #call)
    });
    let (count, command) = (locked.len(), contract.command());
    let checks = (0..REPORTED).map(|nth| {
        assertion(
            &[],
            ident,
            krate,
            "assert_all_declared",
            &quote!(__MISSING, __LOCKED, #nth, #command),
        )
    });
    quote! {
        const _: () = {
            const __LOCKED: &[#private::LockedName; #count] = &[#(#locked),*];
            #[allow(long_running_const_eval)]
            // Of a block with a mistake an event may be missing that is declared.
            const __MISSING: &[#core::primitive::bool] =
                if #is_whole { &#private::undeclared(#ident::BLOCKS, __LOCKED) } else { &[] };
            #(#checks)*
            #spoken
        };
    }
}
