//! Generated documentation: the pages of a catalog in rustdoc and in an editor. It comes after the
//! user's own documentation.
//!
//! For an item without documentation of the user's, the generated text is only for rustdoc, so that
//! the lint `missing_docs` still applies.

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

/// `text` as a `doc` attribute, after the user's docs if there are any.
fn attribute(text: &str, docs: &Docs) -> TokenStream {
    if text.is_empty() {
        TokenStream::new()
    } else if !docs.is_empty() {
        after(text, docs)
    } else {
        quote!(#[cfg_attr(doc, doc = #text)])
    }
}

/// `text` as an attribute after the user's docs. A blank line ends a list or a table of the user's.
/// It is an attribute of its own, because rustdoc removes a blank line at the beginning of a text.
fn after(text: &str, docs: &Docs) -> TokenStream {
    let fence = docs.open_fence().map(|fence| quote!(#[doc = #fence]));
    quote!(#fence #[doc = ""] #[doc = #text])
}

/// As [`attribute`], for text with links to types that may be private: rustdoc leaves such a link
/// out, and its lint is off.
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

/// A path as a link. If the type is private, rustdoc makes no link and a reader sees the name in
/// brackets.
fn link(path: &Path) -> String {
    let names: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let name = names.join("::");
    // rustdoc does not resolve raw identifiers or paths that begin with `::`.
    if path.leading_colon.is_some() || name.contains("r#") {
        return markdown::code(&name.replace("r#", ""));
    }
    format!("[`{name}`]")
}

/// A type as a link, if it is a path.
fn link_to_type(ty: &Type) -> String {
    match ty {
        Type::Path(path) if path.qself.is_none() => link(&path.path),
        Type::Group(group) => link_to_type(&group.elem),
        Type::Paren(paren) => link_to_type(&paren.elem),
        other => markdown::code(&quote!(#other).to_string()),
    }
}

/// A link to another item of the block; with a `cfg` that item may not exist.
fn link_to(head: &Head) -> String {
    if head.cfgs().is_empty() {
        link(&head.ident.clone().into())
    } else {
        markdown::code(&head.ident.to_string())
    }
}
