//! Where the programs are.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// A program that is needed, and how to install it.
#[derive(Clone, Copy)]
pub(crate) struct Needed {
    pub(crate) what: &'static str,
    pub(crate) install: &'static str,
}

/// `setpriv`, which ends a server when its test has ended.
const SETPRIV: Needed = Needed { what: "setpriv", install: "apt-get install util-linux" };

/// The servers whose absence is printed already: once a process, not once a test.
static PRINTED: Mutex<Vec<&str>> = Mutex::new(Vec::new());

/// The program if it is found, and if servers can be started at all.
///
/// # Panics
///
/// If it is not found and `EVENTS_REQUIRE_SERVERS` is set.
pub(crate) fn installed(needed: Needed, program: Option<PathBuf>) -> Option<PathBuf> {
    let missing = match program {
        None => needed,
        Some(_) if in_path("setpriv").is_none() => SETPRIV,
        program => return program,
    };
    let line = format!("needs {}: {}", missing.what, missing.install);
    let required = env::var_os("EVENTS_REQUIRE_SERVERS").is_some_and(|value| !value.is_empty());
    assert!(!required, "EVENTS_REQUIRE_SERVERS is set, and this test {line}");
    let mut printed = PRINTED.lock().unwrap_or_else(PoisonError::into_inner);
    if !printed.contains(&missing.what) {
        printed.push(missing.what);
        // Not `eprintln!`: the test passes, and what a passing test prints is not shown.
        let _ = writeln!(io::stderr(), "skipped: {line}");
    }
    None
}

/// The value of a variable. An empty one counts as absent.
fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

pub(crate) fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|directory| directory.join(program)).find(|path| path.is_file())
}

/// The file that a variable names; without the variable, the program of `PATH` or of `others`.
pub(crate) fn file(variable_name: &str, program: &str, others: &[PathBuf]) -> Option<PathBuf> {
    if let Some(named) = variable(variable_name) {
        return Some(named).filter(|path| path.is_file());
    }
    let others = others.iter().map(|directory| directory.join(program));
    in_path(program).or_else(|| others.into_iter().find(|path| path.is_file()))
}

/// The directory of PostgreSQL's programs.
pub(crate) fn postgres_directory() -> Option<PathBuf> {
    let is_whole = |directory: &Path| {
        ["postgres", "initdb", "psql"].iter().all(|program| directory.join(program).is_file())
    };
    if let Some(named) = variable("EVENTS_PG_BIN") {
        return Some(named).filter(|path| is_whole(path));
    }
    let of_path = in_path("postgres").and_then(|path| path.parent().map(Path::to_owned));
    // On Debian, `pg_config` may be that of a newer libpq, without a server.
    [of_path, of_pg_config(), newest_of_debian()].into_iter().flatten().find(|path| is_whole(path))
}

fn of_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(text.trim_end()))
}

/// Debian has a directory for each major version.
fn newest_of_debian() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |path: &Path| path.file_name().and_then(OsStr::to_str)?.parse::<u32>().ok();
    let numbered =
        versions.flatten().filter_map(|entry| Some((number(&entry.path())?, entry.path())));
    let (_, newest) = numbered.max()?;
    Some(newest.join("bin"))
}
