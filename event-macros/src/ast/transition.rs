//! The table of legal steps of a `Change`, as it is written.

use syn::Path;
use syn::ext::IdentExt;

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

/// The name of a state.
pub(crate) fn name(state: &Path) -> String {
    state.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default()
}
