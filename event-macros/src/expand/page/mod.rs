//! The documentation that is generated: the first page of a catalog, as rustdoc shows it and an
//! editor beside a name. It follows the user's own.
//!
//! What a user documents stays the user's: where there is nothing, what is generated is there for
//! rustdoc alone, so that the lint `missing_docs` still speaks.

mod block;
mod event;
mod field;
mod level;
mod markdown;

pub(super) use block::{block, block_enum, domain, function, variant};
pub(super) use event::{Around, event, free};
pub(super) use field::field;

use crate::ast::Head;
use crate::parse::Docs;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Path, Type};

/// `text` as an attribute, after the user's docs where there are some.
fn attribute(text: &str, docs: &Docs) -> TokenStream {
    if text.is_empty() {
        TokenStream::new()
    } else if !docs.is_empty() {
        after(text, docs)
    } else {
        quote!(#[cfg_attr(doc, doc = #text)])
    }
}

/// `text` as an attribute after the user's docs. The blank line, which ends a list or a table of
/// theirs, is an attribute of its own: rustdoc takes one off the beginning of a text.
fn after(text: &str, docs: &Docs) -> TokenStream {
    let fence = docs.open_fence().map(|fence| quote!(#[doc = #fence]));
    quote!(#fence #[doc = ""] #[doc = #text])
}

/// What [`attribute`] gives, for text that links to types, of which some may be private: rustdoc
/// leaves the link out, and need not say so.
fn linking(text: &str, docs: &Docs) -> TokenStream {
    allowing(text, attribute(text, docs))
}

fn allowing(text: &str, attribute: TokenStream) -> TokenStream {
    if text.contains("[`") {
        quote!(#[allow(rustdoc::private_intra_doc_links)] #attribute)
    } else {
        attribute
    }
}

/// A path as a link. Where rustdoc makes none, since the type is private, a reader sees the name in
/// brackets.
fn link(path: &Path) -> String {
    let names: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let name = names.join("::");
    // rustdoc reads no raw identifiers, and no path from the root of all crates.
    if path.leading_colon.is_some() || name.contains("r#") {
        return markdown::code(&name.replace("r#", ""));
    }
    format!("[`{name}`]")
}

/// A type as a link, where it is a path.
fn link_to_type(ty: &Type) -> String {
    match ty {
        Type::Path(path) if path.qself.is_none() => link(&path.path),
        Type::Group(group) => link_to_type(&group.elem),
        Type::Paren(paren) => link_to_type(&paren.elem),
        other => markdown::code(&quote!(#other).to_string()),
    }
}

/// Another item of the block as a link; it may not be there where it has a `cfg`.
fn link_to(head: &Head) -> String {
    if head.cfgs().is_empty() {
        link(&head.ident.clone().into())
    } else {
        markdown::code(&head.ident.to_string())
    }
}
