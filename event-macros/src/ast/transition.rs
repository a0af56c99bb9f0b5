//! The table of legal steps of a `Change`, as declared.

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

/// Whether a state is `None`: no value before, or no value after.
pub(crate) fn is_none(state: &Path) -> bool {
    state.is_ident("None")
}
