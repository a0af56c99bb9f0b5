//! An outbox in a file of SQLite. It is opened for reading only, and is not made.

use super::{Look, failed, unreadable};
use crate::console::Ending;
use event_store::{Error, Query, sqlite};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

/// How long a query waits for a writer.
const BUSY: Duration = Duration::from_secs(5);

pub(super) fn each<Q: Query>(path: &Path, query: &Q, look: &mut Look<'_, Q>) -> Result<(), Ending> {
    let shown = path.display().to_string();
    // SQLite says of each of them that it cannot open the file.
    match fs::metadata(path) {
        Ok(file) if file.is_file() => {}
        Ok(_) => return Err(failed(&shown, "it is not a file", Some(super::HELP))),
        Err(error) => return Err(failed(&shown, &error.to_string(), Some(super::HELP))),
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)
        .and_then(|connection| connection.busy_timeout(BUSY).map(|()| connection))
        .map_err(|error| failed(&shown, &error.to_string(), None))?;
    let mut looked = Ok(());
    let asked = sqlite::each(&connection, query, |item| {
        looked = look(item);
        if looked.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    match asked {
        Ok(()) => looked,
        Err(Error::Database { error, help }) => Err(failed(&shown, &error.to_string(), help)),
        Err(Error::Row(row)) => Err(unreadable(&shown, &row)),
        Err(other) => Err(failed(&shown, &other.to_string(), None)),
    }
}
