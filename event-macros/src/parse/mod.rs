//! From tokens to the tree. Parsing cannot fail: it reports what it does not understand, returns
//! the rest, and continues with the next item.

mod args;
mod block;
mod catalog;
mod derived;
mod docs;
mod domain;
mod event;
mod field;
mod held;
mod item;
mod level;
mod misplaced;
mod pattern;
mod refused;
mod sensitive;
mod tokens;
mod transition;
mod value;
mod words_of;

pub(crate) use block::{block, free_event, free_value};
pub(crate) use catalog::{CatalogBlock, CatalogItem, catalog};
pub(crate) use derived::derived_words;
pub(crate) use docs::Docs;
pub(crate) use refused::mentions;
