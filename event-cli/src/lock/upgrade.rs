//! `lock --upgrade`: a lock of the format before becomes one of this format.

use crate::console::{Console, Ending};
use crate::count::count;
use crate::lock_file::{LockFile, Opened};
use event_core::Catalog;
use event_grammar::lock::FORMAT;
use event_schema::lock::upgrade;

/// Converts the lock. Nothing in it is lost: the files beside it stay as they are.
pub(super) fn run(
    catalog: &Catalog,
    file: &LockFile,
    is_dry: bool,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let Opened { state, text, format } = file.open_to_upgrade()?;
    if text.is_none() {
        let what = format!("`{}` is not there", file.name.display());
        return Err(Ending::could_not_run(
            what,
            "there is nothing to convert: `lock` begins a new one".to_owned(),
        ));
    }
    if format == FORMAT {
        return console.print(&format!(
            "nothing to upgrade: `{}` has lock format {FORMAT}\n",
            file.name.display()
        ));
    }
    let upgraded = upgrade(catalog, &state);
    if !is_dry {
        file.write(&[], &upgraded.lock, text.as_deref())?;
    }
    let (versions, types) = (upgraded.lock.versions.len(), upgraded.lock.types.len());
    let verb = if is_dry { "would convert" } else { "converted" };
    console.print(&format!(
        "{verb} `{}` from lock format {format} to {FORMAT} ({}, {})\n",
        file.name.display(),
        count(versions, "version"),
        count(types, "named type")
    ))
}
