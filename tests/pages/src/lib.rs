//! What a Markdown page has in it, as its tests and the build script read it.

pub mod blocks;
pub mod links;
pub mod picture;
