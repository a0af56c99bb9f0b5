//! `check`: compares the declarations with the lock. It writes nothing. A missing lock, or a
//! missing baseline, is a finding, so a run without findings has compared something.

#[cfg(feature = "registry")]
use crate::args::registry::RegistryArgs;
use crate::args::{LockPlace, Reporting};
use crate::baseline::{Baseline, Held, NO_LOCK};
use crate::console::{Console, Ending};
use crate::count::count;
use crate::day;
use crate::environment::Env;
use crate::finding::{Finding, Report, Severity};
use crate::lock_file::{LockFile, Opened};
use crate::lock_findings::told;
use crate::opaque_names;
#[cfg(feature = "registry")]
use crate::registry;
use clap::{Args, ValueEnum};
use event_core::Catalog;
use event_schema::lock::{State, check, check_against};
use std::fmt::Write as _;
use std::path::PathBuf;

/// The arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Also compare with the lock in a git revision
    #[arg(long, value_name = "REV", group = "baseline")]
    baseline_rev: Option<String>,
    /// Also compare with the lock in a directory
    #[arg(long, value_name = "DIR", group = "baseline")]
    baseline_dir: Option<PathBuf>,
    /// Path of the lock in the revision, from the root of the repository, or in the directory
    /// [default: found by the package's name]
    #[arg(long, value_name = "PATH", requires = "baseline")]
    baseline_lock: Option<PathBuf>,
    #[command(flatten)]
    registry: RegistryArgs,
    /// Exit with 100 if a finding has at least this severity
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    #[command(flatten)]
    reporting: Reporting,
    #[command(flatten)]
    place: LockPlace,
}

const EXAMPLES: &str = "Examples:
  check
  check --baseline-rev origin/main --fail-on warning
  check --baseline-rev v1.2.0 --baseline-lock old/events.lock
  check --format sarif

Exits with 100 if there is no lock, or the baseline has none: then nothing was compared.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
}

/// In a command that was built without registries, the option reports that.
#[cfg(not(feature = "registry"))]
#[derive(Debug, Args)]
struct RegistryArgs {
    #[arg(long, value_name = "URL", hide = true)]
    baseline_registry: Option<std::ffi::OsString>,
}

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &CheckArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    let today = day::from_today(0, env)?;
    let Opened { state, text } = match file.open() {
        Ok(opened) => opened,
        // A lock that cannot be read is a finding of this command.
        Err(Ending::CouldNotRun(finding)) if finding.code.is_some() => {
            return console.report(&Report::new(vec![*finding]));
        }
        Err(failure) => return Err(failure),
    };
    let mut findings = Vec::new();
    let baseline = match of_baseline(args, &file, env) {
        Ok(held) => held,
        Err(Ending::CouldNotRun(finding)) if finding.code == Some(NO_LOCK) => {
            findings.push(*finding);
            None
        }
        Err(failure) => return Err(failure),
    };
    let registered = of_registry(catalog, &args.registry, &state, env, console)?;
    if text.is_none() {
        let unregistered =
            registered.iter().flatten().filter(|finding| finding.code == Some("EV0233")).count();
        let is_compared = registered.is_some() && unregistered < catalog.events().count();
        findings.insert(0, absent(&file, is_compared));
    }
    let mut found = check(catalog, &state, &today);
    if let Some(baseline) = &baseline {
        found.extend(check_against(catalog, &state, &baseline.state, &today));
    }
    findings.extend(found.into_iter().map(|found| told(found, &file)));
    findings.extend(opaque_names::findings(catalog));
    // The lock and the baseline both report an event without a schema.
    let is_new = |finding: &Finding| !findings.iter().any(|known| known.message == finding.message);
    let registered: Vec<Finding> = registered.into_iter().flatten().filter(is_new).collect();
    findings.extend(registered);
    let summary = summary(&file, text.is_some().then_some(&state), baseline.as_ref());
    let has_warnings = findings.iter().any(|finding| finding.severity == Severity::Warning);
    match console.report(&Report::new(findings).text(summary)) {
        Ok(()) if has_warnings && args.fail_on == FailOn::Warning => Err(Ending::Findings),
        reported => reported,
    }
}

/// The baseline that the command line names; `None` if it names none.
fn of_baseline(args: &CheckArgs, file: &LockFile, env: &Env) -> Result<Option<Held>, Ending> {
    let revision = args.baseline_rev.clone().map(Baseline::Revision);
    let named = revision.or_else(|| args.baseline_dir.clone().map(Baseline::Directory));
    named.map(|named| named.read(args.baseline_lock.as_deref(), file, env)).transpose()
}

/// The summary of a run: what was compared.
fn summary(file: &LockFile, state: Option<&State>, baseline: Option<&Held>) -> String {
    let name = file.name.display();
    let mut text = match state {
        None => format!("there is no `{name}`: nothing was compared with it\n"),
        Some(state) => {
            format!("{} locked in {name}\n", count(state.locked().count(), "version"))
        }
    };
    if let Some(Held { state, name }) = baseline {
        // Writing to a `String` does not fail.
        let _ =
            writeln!(text, "compared with {} in {name}", count(state.locked().count(), "version"));
    }
    text
}

/// The finding that there is no lock. It is a note if the declarations were compared with a
/// registry, unless Cargo.toml declares the lock.
fn absent(file: &LockFile, is_compared: bool) -> Finding {
    let finding = file.absent("nothing was compared");
    if is_compared && !file.is_declared { finding.severity(Severity::Note) } else { finding }
}

/// The findings of a schema registry; empty if no registry is given.
#[cfg(feature = "registry")]
fn of_registry(
    catalog: &'static Catalog,
    args: &RegistryArgs,
    state: &State,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<Option<Vec<Finding>>, Ending> {
    match &args.baseline_registry {
        None => Ok(None),
        Some(url) => registry::differences(catalog, url, args, state, env, console).map(Some),
    }
}

#[cfg(not(feature = "registry"))]
fn of_registry(
    _: &'static Catalog,
    args: &RegistryArgs,
    _: &State,
    _: &Env,
    _: &mut Console<'_>,
) -> Result<Option<Vec<Finding>>, Ending> {
    match &args.baseline_registry {
        None => Ok(None),
        Some(_) => Err(Ending::without("schema registries", &["registry", "registry-https"])),
    }
}
