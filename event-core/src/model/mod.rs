//! Declarations as constants: events, fields, types, blocks and catalogs. This room has no
//! behaviour.

pub(crate) mod catalog;
pub mod meta;
mod setters;
pub mod shape;
