//! Known values as literals of the generated code.

use super::krate::Krate;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::fmt::Write as _;
use syn::{Lit, LitStr};

/// A list of names.
pub(super) fn names(names: &[LitStr], krate: &Krate) -> TokenStream {
    if names.is_empty() {
        let private = krate.private();
        quote!(#private::NO_NAMES)
    } else {
        quote!(&[#(#names),*])
    }
}

/// `Some(text)` or `None`, as tokens.
pub(super) fn option(krate: &Krate, value: Option<impl ToTokens>) -> TokenStream {
    let core = krate.core();
    match value {
        Some(value) => quote!(#core::option::Option::Some(#value)),
        None => quote!(#core::option::Option::None),
    }
}

/// A text as a JSON string, quoted and escaped.
pub(super) fn json_text(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

/// A Rust literal as JSON.
pub(super) fn json_literal(literal: &Lit) -> String {
    match literal {
        Lit::Str(text) => json_text(&text.value()),
        Lit::Char(c) => json_text(&c.value().to_string()),
        Lit::Int(number) => number.base10_digits().to_owned(),
        Lit::Float(number) => number.base10_digits().to_owned(),
        Lit::Bool(truth) => truth.value.to_string(),
        _ => "null".to_owned(),
    }
}
