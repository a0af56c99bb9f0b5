//! A generated name.

use proc_macro2::{Ident, Span};

/// `text` as an identifier, raw if it is a keyword.
pub(super) fn ident(text: &str, span: Span) -> Ident {
    if syn::parse_str::<Ident>(text).is_ok() {
        Ident::new(text, span)
    } else {
        Ident::new_raw(text, span)
    }
}
