//! The command as a process of its own, for what only the environment of a process tells:
//! variables, and the programs that are found.

use crate::catalogs::*;
use crate::fixture::Ran;
use event_cli::Env;
use std::path::Path;
use std::process::Command;

const ARGS: &str = "EVENTS_CLI_TEST_ARGS";
const BROKEN: &str = "EVENTS_CLI_TEST_BROKEN";
const CODE: &str = "the exit code is ";

/// Runs the command in a directory, with variables; of the catalog with the break, or of the one
/// before.
pub fn run(directory: &Path, broken: bool, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut run = Command::new(std::env::current_exe().unwrap());
    run.args(["--exact", "process::the_command", "--nocapture"]).current_dir(directory);
    for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CI", "GITHUB_ACTIONS"] {
        run.env_remove(name);
    }
    run.env(ARGS, args.join("\n"))
        .env("SOURCE_DATE_EPOCH", "1795219200")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    // What git says is compared.
    run.env("LC_ALL", "C");
    run.env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs(broken.then_some((BROKEN, "1")))
        .envs(variables.iter().copied());
    let ran = run.output().unwrap();
    let (out, err) =
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    let (out, code) = out.split_once(CODE).unwrap_or_else(|| panic!("{out}{err}"));
    // What is before it was written by the harness.
    let out = out.split_once("running 1 test\n").map_or(out, |(_, own)| own).to_owned();
    Ran { code: code.lines().next().unwrap().parse().unwrap(), out, err }
}

/// Not a test of its own: it does nothing unless another test runs it.
#[test]
fn the_command() {
    let Ok(args) = std::env::var(ARGS) else { return };
    let catalog = if std::env::var_os(BROKEN).is_some() { broken() } else { payment(FIRST) };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = args.lines().map(Into::into);
    let code = event_cli::run(catalog, args, &mut out, &mut err, &Env::of_process());
    print!("{}{CODE}{code}\n", String::from_utf8(out).unwrap());
    eprint!("{}", String::from_utf8(err).unwrap());
    std::process::exit(0);
}

/// The payment with a field of another type.
pub fn broken() -> &'static event_core::Catalog {
    payment(&[field("amount", TEXT), field("note", MAYBE_TEXT)])
}
