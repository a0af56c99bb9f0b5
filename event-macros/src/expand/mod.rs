//! From the checked tree to tokens. Total: whatever the tree holds expands.
//!
//! Paths are absolute and carry the macro's span; a field's type carries its own, so that rustc
//! points at it and an editor shows it and nothing else: see `spans`.

mod assertion;
mod block;
mod catalog;
mod debug;
mod dictionary;
mod domain;
mod emit;
mod event;
mod field;
mod free;
mod group;
mod head;
mod ident;
mod krate;
mod level;
mod literal;
mod lock;
mod masked;
mod meta;
mod number;
mod operation;
mod page;
mod quiet;
mod reading;
mod recursion;
mod sensitivity;
mod shells;
mod source;
mod spans;
mod through;
mod transition;
mod upcast;
mod value;
mod warning;
mod wide;

pub(crate) use catalog::catalog;
pub(crate) use shells::shells;

use crate::ast::{Block, Event, Value};
use crate::lock::Contract;
use krate::Krate;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// Expands a block.
pub(crate) fn block(block: &Block, contract: &Contract) -> TokenStream {
    block::block(block, contract, &Krate::new(block.krate.as_ref()))
}

/// Expands a free event: all but its struct, which stands already.
pub(crate) fn free_event(event: &Event, krate: Option<&Path>, contract: &Contract) -> TokenStream {
    free::event(event, contract, &Krate::new(krate))
}

/// Expands a value type under a derive: all but the type itself.
pub(crate) fn free_value(value: &Value, krate: Option<&Path>, contract: &Contract) -> TokenStream {
    let krate = &Krate::new(krate);
    let (implementation, watched) = (
        value::implementation(value, contract, krate),
        lock::watch_type(&value.head.name(), contract, krate),
    );
    quote!(#implementation #watched)
}
