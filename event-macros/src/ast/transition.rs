//! The table of legal steps of a `Change`, as it is written.

use syn::Path;

/// `Cart -> Placed, Placed -> Paid | Cancelled`
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
}

/// `Placed -> Paid | Cancelled`
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) from: Path,
    pub(crate) to: Vec<Path>,
}

/// Whether a state is `None`: that there was nothing before, or is nothing after.
pub(crate) fn is_none(state: &Path) -> bool {
    state.is_ident("None")
}
