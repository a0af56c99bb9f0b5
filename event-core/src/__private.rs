//! What generated code calls. Not a public interface: it changes without notice.

pub use crate::check::*;
pub use crate::decode::decode;
pub use crate::emit::{Gate, emit, enter};
pub use crate::value::shape_of;
pub use core;
