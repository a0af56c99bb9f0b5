//! From the checked tree to tokens. The expansion is total: every tree expands.
//!
//! Paths are absolute and have the macro's span. A field's type has its own span, so that rustc
//! reports errors there and an editor shows the type and nothing else: see `spans`.

mod assertion;
mod block;
mod catalog;
mod debug;
mod deduplicate;
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

/// Expands a free event: everything except its struct, which the user declares.
pub(crate) fn free_event(event: &Event, krate: Option<&Path>, contract: &Contract) -> TokenStream {
    free::event(event, contract, &Krate::new(krate))
}

/// Expands a value type under a derive: everything except the type itself.
pub(crate) fn free_value(value: &Value, krate: Option<&Path>, contract: &Contract) -> TokenStream {
    let krate = &Krate::new(krate);
    let (implementation, watched) = (
        value::implementation(value, contract, krate),
        lock::watch_type(&value.head.name(), contract, krate),
    );
    quote!(#implementation #watched)
}
