//! The body of `catalog!`.

use super::item::{Item, RawVariant, RawVariantBody, single};
use super::misplaced::{self, On};
use super::refused::refuse_derives;
use super::words_of;
use crate::ast::Head;
use crate::diag::Errors;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{Attribute, Path};

/// A catalog's enum: variants that hold one type each.
pub(crate) struct CatalogItem {
    pub(crate) head: Head,
    pub(crate) krate: Option<Path>,
    pub(crate) blocks: Vec<CatalogBlock>,
}

pub(crate) struct CatalogBlock {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) ty: syn::Type,
}

/// Reads the body of `catalog!`.
pub(crate) fn catalog(tokens: TokenStream, errors: &Errors) -> Option<CatalogItem> {
    const FORM: &str =
        "help: write `catalog! { pub enum ShopEvent { Payment(payment::Payment), .. } }`";
    if tokens.is_empty() {
        errors.at(Span::call_site(), format!("the catalog is empty\n{FORM}"));
        return None;
    }
    if let Some(first) = tokens.clone().into_iter().next().filter(|first| !begins(first)) {
        errors.on(&first, format!("a catalog is an enum of the blocks that it joins\n{FORM}"));
        return None;
    }
    let (mut head, variants) = match single(tokens, errors)? {
        Item::Enum { head, variants } => (head, variants),
        Item::Struct { head, .. } => {
            errors.on(
                &head.keyword,
                format!("a catalog is an enum of the blocks that it joins\n{FORM}"),
            );
            return None;
        }
        Item::Other(tokens) => {
            errors.on(&tokens, format!("a catalog is an enum of the blocks that it joins\n{FORM}"));
            return None;
        }
    };
    let krate = words_of::catalog(&mut head, errors);
    refuse_derives(&mut head, errors);
    misplaced::refuse(&mut head.attrs, On::Catalog, head.has_helpers, errors);
    let parameters = std::mem::take(&mut head.generics).params;
    if !parameters.is_empty() {
        errors.on(&parameters, "a catalog has no parameters: its events borrow nothing\nhelp: remove them; name a free event that borrows with `<'static>`");
    }
    if variants.is_empty() {
        errors.on(&head.ident, format!("the catalog joins nothing\n{FORM}"));
    }
    let blocks = variants.into_iter().filter_map(|variant| block(variant, errors));
    Some(CatalogItem { blocks: blocks.collect(), head, krate })
}

/// A variant of the catalog's enum: `Payment(payment::Payment)`.
fn block(variant: RawVariant, errors: &Errors) -> Option<CatalogBlock> {
    let RawVariant { attrs, ident, body } = variant;
    let RawVariantBody::Tuple(tokens) = body else {
        errors.on(
            &ident,
            format!("`{ident}` does not name its block\nhelp: write `{ident}(path::to::Domain)`"),
        );
        return None;
    };
    if let Ok(ty @ syn::Type::Path(_)) = syn::parse2(tokens.clone()) {
        return Some(CatalogBlock { attrs, ident, ty });
    }
    let why = if is_computed(&tokens) { ": names are declared, never computed" } else { "" };
    errors.on(
        &tokens,
        format!(
            "expected the type of one block or event{why}\nhelp: write `{ident}(path::to::Domain)`"
        ),
    );
    None
}

/// Whether an item can begin with this token.
fn begins(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => {
            ["pub", "enum", "struct", "use"].iter().any(|keyword| word == keyword)
        }
        TokenTree::Punct(punct) => punct.as_char() == '#',
        _ => false,
    }
}

/// Whether it is a text or a macro call: an attempt to compute a name.
fn is_computed(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Literal(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == '!',
        _ => false,
    })
}
