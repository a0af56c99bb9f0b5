//! Files that a command writes while others read them: each is written completely or not at all,
//! through symbolic links, by one writer at a time; the temporary files of killed writers are
//! removed.

mod hold;
mod litter;
mod replace;

pub(crate) use hold::Hold;
pub(crate) use litter::sweep;
pub(crate) use replace::{Lasting, dangling, replace, sync, target};
