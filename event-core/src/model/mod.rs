//! What is declared, as constants: events, fields, types, blocks and catalogs. Nothing here runs.

pub(crate) mod catalog;
pub mod meta;
mod setters;
pub mod shape;
