//! Files that a command writes and others read meanwhile: each as a whole or not at all, through
//! symbolic links, by one writer at a time, and with nothing left behind by a writer that was
//! killed.

mod hold;
mod litter;
mod replace;

pub(crate) use hold::Hold;
pub(crate) use litter::sweep;
pub(crate) use replace::{Lasting, dangling, replace, sync, target};
