//! From tokens to the tree. It cannot fail: what is understood is returned, what is not is reported, and the next item is read as if nothing had happened.

mod args;
mod event;
mod field;
mod item;
mod level;
mod words_of;

pub(crate) use item::{CatalogItem, CatalogPart, block, catalog, doc_text, free_event, free_value, mentions};
