//! `check`: is what is declared still what was published? Nothing is written.

use super::args::{CheckArgs, FailOn, RegistryArgs};
use super::baseline::Baseline;
use super::file::{LockFile, Opened};
use super::record::count;
use super::{day, problem};
use crate::Env;
use crate::console::{Console, Ending};
use crate::finding::{Finding, Report, Severity};
use event_core::Catalog;
use event_schema::lock::{State, check, check_against};

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &CheckArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    let today = day::from_today(0, env)?;
    let baseline = Baseline::of(args).map(|baseline| baseline.read(&file, env)).transpose()?;
    let Opened { state, text } = match file.open() {
        Ok(opened) => opened,
        // A lock that cannot be understood is what is looked for here.
        Err(Ending::CouldNotRun(finding)) if finding.code.is_some() => {
            return console.report(&Report::new(vec![*finding]));
        }
        Err(failure) => return Err(failure),
    };
    let registered = of_registry(catalog, &args.registry, &state, env, console)?;
    let mut problems = check(catalog, &state, &today);
    if let Some(baseline) = &baseline {
        problems.extend(check_against(catalog, &state, baseline, &today));
    }
    let mut findings: Vec<Finding> = problems.into_iter().map(|found| problem::finding(found, &file)).collect();
    // An event without a schema is found by either.
    let is_new = |finding: &Finding| !findings.iter().any(|known| known.message == finding.message);
    let registered: Vec<Finding> = registered.into_iter().filter(is_new).collect();
    findings.extend(registered);
    let published = state.published().count();
    let summary = match text {
        None => format!("`{}` is not there: nothing is published\n", file.name.display()),
        Some(_) => format!("{} published in {}\n", count(published, "version"), file.name.display()),
    };
    let has_warnings = findings.iter().any(|finding| finding.severity == Severity::Warning);
    let told = console.report(&Report::new(findings).text(summary));
    match told {
        Ok(()) if has_warnings && args.fail_on == FailOn::Warning => Err(Ending::Findings),
        told => told,
    }
}

/// What a schema registry says otherwise, where one is named.
#[cfg(feature = "registry")]
fn of_registry(
    catalog: &'static Catalog,
    args: &RegistryArgs,
    state: &State,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<Vec<Finding>, Ending> {
    match &args.baseline_registry {
        None => Ok(Vec::new()),
        Some(url) => super::registry::findings(catalog, url, args, state, env, console),
    }
}

#[cfg(not(feature = "registry"))]
fn of_registry(
    _: &'static Catalog,
    args: &RegistryArgs,
    _: &State,
    _: &Env,
    _: &mut Console<'_>,
) -> Result<Vec<Finding>, Ending> {
    match &args.baseline_registry {
        None => Ok(Vec::new()),
        Some(_) => Err(Ending::could_not_run(
            "this command was built without schema registries".to_owned(),
            "turn on the feature `registry` of event-cli, or `registry-https`".to_owned(),
        )),
    }
}
