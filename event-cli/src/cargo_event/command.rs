//! The command of the workspace's catalog: `cargo metadata` finds it, `cargo run` runs it.

use crate::failure::Failure;
use serde_json::Value;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::process::{Command, ExitCode, Stdio};

const DECLARED: &str = "in Cargo.toml of the package that has the command, write two lines: \
                        `[package.metadata.events]` and `catalog = \"../shop-events\"`, the \
                        directory of the catalog's package; or make a new workspace: `cargo event \
                        new NAME`";

/// Runs the command of the workspace's catalog with these arguments, in the current directory, so
/// that relative paths keep their meaning. Streams and exit code are those of the command.
pub(crate) fn run(package: Option<&str>, args: &[OsString]) -> Result<ExitCode, Failure> {
    let command = choose(&commands(&metadata()?), package, args)?;
    let Some(lock) = build(&command)? else { return Ok(ExitCode::from(crate::COULD_NOT_RUN)) };
    let mut run = cargo();
    if lock == Lock::Off {
        run.env(LOCK, "off");
    }
    let ran = run.args(["run", "--quiet", "--package", &command, "--"]).args(args).status();
    let ran = ran.map_err(|error| cannot_run_cargo(&error))?;
    // A process that a signal ended has no exit code.
    let code = ran.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(crate::COULD_NOT_RUN)))
}

/// The variable that turns off the comparison of the declarations with the lock.
const LOCK: &str = "EVENTS_LOCK";

const WITHOUT_LOCK: &[u8] =
    b"note: the catalog compiles only with `EVENTS_LOCK=off`; the command is \
                              built without the compile-time check of the lock\n";

/// Whether the command is built with that comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lock {
    Compared,
    Off,
}

/// Builds the command. If it does not build, prints cargo's errors and returns `None`. A catalog
/// that breaks its lock does not build, but `check`, `diff` and `explain` are needed then. So the
/// command is built without that comparison, and compares at run time.
fn build(command: &str) -> Result<Option<Lock>, Failure> {
    let is_seen = std::io::stderr().is_terminal();
    let mut cargo_build = cargo();
    cargo_build.args(["build", "--package", command]).stdin(Stdio::null());
    if is_seen {
        // A person sees the progress of the first build.
        cargo_build.stderr(Stdio::inherit());
    } else {
        cargo_build.arg("--quiet");
    }
    let built = cargo_build.output().map_err(|error| cannot_run_cargo(&error))?;
    if built.status.success() {
        return Ok(Some(Lock::Compared));
    }
    let mut off = cargo();
    off.args(["build", "--quiet", "--package", command]).env(LOCK, "off").stdin(Stdio::null());
    let off = off.output().map_err(|error| cannot_run_cargo(&error))?;
    // Nothing else can be done if standard error cannot be written.
    if off.status.success() {
        let _ = std::io::stderr().write_all(WITHOUT_LOCK);
        return Ok(Some(Lock::Off));
    }
    let _ = std::io::stderr().write_all(&built.stderr);
    Ok(None)
}

/// The cargo that runs this program, else the first `cargo` in `PATH`.
fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn cannot_run_cargo(error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot run cargo: {error}"), "run this program as `cargo event`")
}

fn metadata() -> Result<Value, Failure> {
    let ran = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| cannot_run_cargo(&error))?;
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        return Err(Failure::new(
            format!("cannot read the workspace: {}", said.trim().trim_start_matches("error: ")),
            "run it in a directory of the workspace that has the catalog, or make one: `cargo \
             event new NAME`",
        ));
    }
    serde_json::from_slice(&ran.stdout).map_err(|error| {
        Failure::new(
            format!("cannot read what `cargo metadata` prints: {error}"),
            "run `cargo metadata --no-deps --format-version 1` to see it",
        )
    })
}

/// The members whose manifest names the package of a catalog.
fn commands(metadata: &Value) -> Vec<&str> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let commands = packages.iter().filter(|it| it["metadata"]["events"]["catalog"].is_string());
    commands.filter_map(|package| package["name"].as_str()).collect()
}

/// The wanted command, or the only one.
fn choose(commands: &[&str], wanted: Option<&str>, args: &[OsString]) -> Result<String, Failure> {
    match (wanted, commands) {
        (_, []) => {
            Err(Failure::new("no package of this workspace has a catalog's command", DECLARED))
        }
        (Some(wanted), commands) if commands.contains(&wanted) => Ok(wanted.to_owned()),
        (Some(wanted), commands) => Err(Failure::new(
            format!("the package `{wanted}` has no catalog's command in this workspace"),
            format!("write `-p` with one of: {}", listed(commands)),
        )),
        (None, [only]) => Ok((*only).to_owned()),
        (None, [first, ..]) => {
            let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
            Err(Failure::new(
                format!("this workspace has several catalogs' commands: {}", listed(commands)),
                format!("say which: `cargo event -p {first} {}`", args.join(" ")),
            ))
        }
    }
}

fn listed(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{choose, commands};
    use serde_json::json;

    #[test]
    fn a_package_that_names_its_catalog_has_the_command() {
        let metadata = json!({"packages": [
            {"name": "shop-events", "metadata": {"events": {"lock": "events.lock"}}},
            {"name": "shop-service", "metadata": null},
            {"name": "shop-command", "metadata": {"events": {"catalog": "../shop-events"}}},
        ]});
        assert_eq!(commands(&metadata), ["shop-command"]);
        assert_eq!(commands(&json!({})), [""; 0]);
    }

    #[test]
    fn one_command_is_chosen() {
        let args = ["list".into()];
        assert_eq!(choose(&["a"], None, &args).as_deref(), Ok("a"));
        assert_eq!(choose(&["a", "b"], Some("b"), &args).as_deref(), Ok("b"));
        let several = choose(&["a", "b"], None, &args).unwrap_err();
        assert_eq!(several.what, "this workspace has several catalogs' commands: `a`, `b`");
        assert_eq!(several.help, "say which: `cargo event -p a list`");
        let other = choose(&["a", "b"], Some("c"), &args).unwrap_err();
        assert!(other.what.contains("`c`") && other.help.contains("`a`, `b`"), "{other:?}");
        let none = choose(&[], Some("c"), &args).unwrap_err();
        assert!(none.help.contains("`catalog = \"../shop-events\"`"), "{none:?}");
    }
}
