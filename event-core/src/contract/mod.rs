//! What the compiler checks of declarations: that they fit together ([`check`]), and that they keep
//! what is locked ([`lock`]).

pub(crate) mod check;
pub mod lock;
