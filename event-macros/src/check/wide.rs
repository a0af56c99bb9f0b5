//! Groups that a unit of work may add: each is named once, and the event does not already have it.

use crate::ast::{Block, Event};
use crate::diag::Errors;
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Path, PathArguments};

/// Adds the declared lifetimes to groups of the block that are named without them: an impl must
/// name them.
pub(super) fn lifetimes(block: &mut Block) {
    for path in block.events.iter_mut().flat_map(|event| event.wide.iter_mut().flatten()) {
        let declared = block.groups.iter().find(|group| path.is_ident(&group.head.ident));
        let count = declared.map_or(0, |group| group.head.generics.lifetimes().count());
        let span = path.span();
        if let Some(last) = path.segments.last_mut().filter(|_| count > 0) {
            let elided = (0..count).map(|_| syn::Lifetime::new("'_", span));
            let arguments = syn::parse2(quote_spanned!(span=> <#(#elided),*>));
            last.arguments = arguments.map_or(PathArguments::None, PathArguments::AngleBracketed);
        }
    }
}

pub(super) fn check(event: &mut Event, errors: &Errors) {
    let Some(wide) = &mut event.wide else { return };
    let bound: Vec<String> =
        event.context.iter().chain(&event.optional_context).map(without_lifetimes).collect();
    let flattened = event.fields.iter().filter(|field| field.is_flattened());
    let flattened: Vec<String> = flattened.map(|field| without_lifetimes(&field.ty)).collect();
    let mut listed: Vec<String> = Vec::new();
    wide.retain(|path: &Path| {
        let name = without_lifetimes(path);
        let mistake = if listed.contains(&name) {
            Some("is listed twice\nhelp: keep one of them")
        } else if bound.contains(&name) {
            Some(
                "is context of the event already\nhelp: keep it in `context(..)` if it is bound, in `wide(..)` if it is added",
            )
        } else if flattened.contains(&name) {
            Some("is flattened into the event already\nhelp: keep the field, or the word in `wide(..)`")
        } else {
            None
        };
        if let Some(mistake) = mistake {
            errors.on(path, format!("group `{name}` {mistake}"));
        }
        listed.push(name);
        mistake.is_none()
    });
}

/// `chat::Part<'a>` as `chat::Part`.
fn without_lifetimes(ty: &impl ToTokens) -> String {
    let text = ty.to_token_stream().to_string().replace(' ', "");
    text.split("<'").next().unwrap_or_default().to_owned()
}
