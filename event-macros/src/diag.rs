//! Collects errors: all mistakes of a block in one pass, each on the wrong token.
//!
//! Messages follow rustc: lower case, no full stop, one sentence that says what is wrong; then
//! `help:` lines that say what to write.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::cell::RefCell;

/// The errors found so far. It panics when it is dropped before its errors become tokens, because
/// that is a defect of the macro.
pub(crate) struct Errors {
    found: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: RefCell::new(Some(Vec::new())) }
    }

    /// Reports a mistake on `tokens`.
    pub(crate) fn on(&self, tokens: &impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports a mistake at `span`.
    pub(crate) fn at(&self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Reports an error of syn.
    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(error);
        }
    }

    /// The number of errors so far.
    pub(crate) fn count(&self) -> usize {
        self.found.borrow().as_ref().map_or(0, Vec::len)
    }

    /// The errors as `compile_error!`s.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.found.take().into_iter().flatten().map(|error| error.to_compile_error()).collect()
    }

    /// The texts of the errors, for tests of the macro itself.
    #[cfg(test)]
    pub(crate) fn into_messages(self) -> Vec<String> {
        self.found.take().into_iter().flatten().map(|error| error.to_string()).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            std::thread::panicking() || self.found.borrow().as_ref().is_none_or(Vec::is_empty),
            "errors were found and not reported"
        );
    }
}
