//! The compile-time checks of declarations: declarations fit together ([`check`]), and locked
//! versions keep their contract ([`lock`]).

pub(crate) mod check;
pub mod lock;
