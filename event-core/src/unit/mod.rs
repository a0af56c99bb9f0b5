//! Units of work: operations, which begin and end, and wide events, which are gathered.

pub(crate) mod operation;
mod start;
pub(crate) mod wide;
