//! Writing JSON into a reused buffer.

mod by_serde;
mod encoder;
mod escape;
mod mark;
mod nested;
mod preencoded;
mod refusal;
pub(crate) mod scan;
pub(crate) mod sorted;

pub use encoder::{Encoder, Fields};
pub(crate) use mark::Mark;
pub(crate) use preencoded::Preencoded;
pub use refusal::Refusal;
pub(crate) use refusal::{MAX_NESTING, name_in};
