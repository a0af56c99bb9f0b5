//! Where the instructions of an event go.

use crate::{callgrind, envelope, flat};
use event_benches::Table;
use std::io;

const MOST: usize = 10;

/// Prints the functions that execute most: of a flat line, and of an envelope.
pub(crate) fn print() -> io::Result<()> {
    for (group, name) in [(flat::GROUP, flat::OURS), (envelope::GROUP, envelope::OURS)] {
        let mut table = Table::new(&["instructions of one event", "function"]);
        for function in callgrind::profile(group.name, name)?.into_iter().take(MOST) {
            table.row([format!("{:.0}", function.instructions), function.name]);
        }
        println!("{}\n\n{table}", group.title);
    }
    Ok(())
}
