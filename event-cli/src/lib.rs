//! The command of an event catalog, as a library. A package beside the catalog's has a `main.rs` of
//! three lines; a service that depends on the catalog does not compile it.
//!
//! ```no_run
//! # static CATALOG: event_core::Catalog =
//! #     event_core::Catalog::new("ShopEvent", "", &[]).of_package("shop", "1.0.0");
//! fn main() -> std::process::ExitCode {
//!     event_cli::main(&CATALOG)
//! }
//! ```
//!
//! The catalog is linked into the command, so the command exports the declarations that the
//! services run. The exit code distinguishes findings from failures:
//!
//! | code | means |
//! | --- | --- |
//! | 0 | no findings |
//! | 100 | findings: an error in the catalog, in its exports or in emitted events; two schemas are not compatible; a registry refuses a schema |
//! | 101 | could not run: an unknown event, a directory that cannot be written, a damaged file, an undecided comparison, a registry that does not answer |
//! | 2 | the command line is wrong |

mod accept;
mod args;
mod baseline;
mod changelog;
mod check;
mod command;
mod compat;
mod completions;
mod console;
mod count;
mod coverage;
mod credentials;
mod day;
mod diff;
mod disk;
mod environment;
mod event_json;
mod explain;
mod export;
mod field_type;
mod find;
mod finding;
mod git;
mod list;
mod lock;
mod lock_change;
mod lock_file;
mod lock_findings;
mod markdown;
mod opaque_names;
mod progress;
#[cfg(feature = "query")]
mod query;
#[cfg(feature = "registry")]
pub mod registry;
mod shell;
mod show;
mod table;
pub mod testing;
mod validate;

pub use environment::Env;

use console::Console;
use event_core::Catalog;
use event_export::Exporter;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::ExitCode;

/// Runs the command with the arguments of the process.
pub fn main(catalog: &'static Catalog) -> ExitCode {
    main_with(catalog, &[])
}

/// Runs the command as [`main`] does, with the program's own exporters beside those of
/// `event-export`.
pub fn main_with(catalog: &'static Catalog, exporters: &[&'static dyn Exporter]) -> ExitCode {
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let (args, mut stdin) = (std::env::args_os().skip(1), std::io::stdin().lock());
    let env = Env::of_process();
    ExitCode::from(run_with(catalog, exporters, args, &mut stdin, &mut out, &mut err, &env))
}

/// Runs a command and returns its exit code. `args` are the arguments after the program's name.
/// Standard input is empty.
pub fn run(
    catalog: &'static Catalog,
    args: impl IntoIterator<Item = OsString>,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
    env: &Env,
) -> u8 {
    run_reading(catalog, args, &mut std::io::empty(), stdout, stderr, env)
}

/// Runs a command that may read standard input, and returns its exit code.
pub fn run_reading(
    catalog: &'static Catalog,
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
    env: &Env,
) -> u8 {
    run_with(catalog, &[], args, stdin, stdout, stderr, env)
}

/// Runs a command as [`run_reading`] does, with the program's own exporters beside those of
/// `event-export`.
pub fn run_with(
    catalog: &'static Catalog,
    exporters: &[&'static dyn Exporter],
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
    env: &Env,
) -> u8 {
    let mut console = Console::new(stdout, stderr, env, catalog);
    let ended = command::run(catalog, exporters, args, stdin, env, &mut console)
        .and_then(|()| console.flush());
    console.end(ended)
}
