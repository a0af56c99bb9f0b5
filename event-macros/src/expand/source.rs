//! The place of a declaration.

use super::krate::Krate;
use proc_macro2::{Span, TokenStream};
use quote::quote;

pub(super) fn source(krate: &Krate, span: Span) -> TokenStream {
    let core = krate.core();
    let (line, column) = position(span);
    quote! {
        #krate::meta::Source::new(#core::module_path!(), #core::file!(), #line, #column)
    }
}

fn position(span: Span) -> (u32, u32) {
    // Outside of the compiler, in the macro's own tests, there is no position.
    if !proc_macro::is_available() {
        return (0, 0);
    }
    let span = span.unwrap();
    (u32::try_from(span.line()).unwrap_or(0), u32::try_from(span.column()).unwrap_or(0))
}
