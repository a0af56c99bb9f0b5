//! The locked forms of types and groups, as constants for assertions.

use crate::expand::krate::Krate;
use crate::lock::{Contract, TypeUse};
use event_grammar::fingerprint::Place;
use event_grammar::form::{self, Kind, SPREAD, table};
use proc_macro2::TokenStream;
use quote::quote;

/// The forms of types, each with the versions that use it.
pub(super) fn forms<'u>(
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

/// The number of fields in a form, without the fields of groups.
fn fields_in(written: &str) -> usize {
    match form::kind(written.as_bytes()) {
        Kind::Object(list) | Kind::Group(list) => {
            form::members(list).filter(|member| member.name != SPREAD.as_bytes()).count()
        }
        _ => 0,
    }
}

/// The place of a group in an event.
pub(super) fn place(place: Place, krate: &Krate) -> TokenStream {
    let private = krate.private();
    match place {
        Place::Payload => quote!(#private::Place::Payload),
        Place::Context => quote!(#private::Place::Context),
        Place::Wide => quote!(#private::Place::Wide),
    }
}
