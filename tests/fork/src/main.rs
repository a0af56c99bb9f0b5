//! Forks without `exec`, as prefork servers do, and emits in the parent and the children:
//! `fork SCENARIO DIRECTORY`. The tests read what it has written.
#![cfg_attr(not(unix), allow(unused, reason = "there is no fork"))]

#[cfg(unix)]
mod forking;
#[cfg(unix)]
mod scenarios;

use std::io;

#[cfg(unix)]
fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(name), Some(directory)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("a scenario and a directory are needed"));
    };
    scenarios::run(&name.to_string_lossy(), directory.as_ref())
}

#[cfg(not(unix))]
fn main() -> io::Result<()> {
    Ok(())
}
