//! `check`: is what is declared still what was locked? Nothing is written. A run without
//! findings has compared something: where there is no lock, or no baseline at the place that was
//! named, that is a finding.

use super::args::{CheckArgs, FailOn, RegistryArgs};
use super::baseline::{Baseline, Held, NO_LOCK};
use super::file::{LockFile, Opened};
use super::record::count;
use super::{day, finding};
use crate::Env;
use crate::console::{Console, Ending};
use crate::finding::{Finding, Report, Severity};
use crate::opaque_names;
use event_core::Catalog;
use event_schema::lock::{State, check, check_against};
use std::fmt::Write as _;

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &CheckArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    let today = day::from_today(0, env)?;
    let Opened { state, text, .. } = match file.open() {
        Ok(opened) => opened,
        // A lock that cannot be understood is what is looked for here.
        Err(Ending::CouldNotRun(finding)) if finding.code.is_some() => {
            return console.report(&Report::new(vec![*finding]));
        }
        Err(failure) => return Err(failure),
    };
    let mut findings = Vec::new();
    let baseline = match Baseline::of(args)
        .map(|named| named.read(args.baseline_lock.as_deref(), &file, env))
    {
        None => None,
        Some(Ok(held)) => Some(held.upgraded(catalog)),
        Some(Err(Ending::CouldNotRun(finding))) if finding.code == Some(NO_LOCK) => {
            findings.push(*finding);
            None
        }
        Some(Err(failure)) => return Err(failure),
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
    findings.extend(found.into_iter().map(|found| finding::told(found, &file)));
    findings.extend(opaque_names::findings(catalog));
    // An event without a schema is found by either.
    let is_new = |finding: &Finding| !findings.iter().any(|known| known.message == finding.message);
    let registered: Vec<Finding> = registered.into_iter().flatten().filter(is_new).collect();
    findings.extend(registered);
    let summary = summary(&file, text.is_some().then_some(&state), baseline.as_ref());
    let has_warnings = findings.iter().any(|finding| finding.severity == Severity::Warning);
    let told = console.report(&Report::new(findings).text(summary));
    match told {
        Ok(()) if has_warnings && args.fail_on == FailOn::Warning => Err(Ending::Findings),
        told => told,
    }
}

/// What was compared, so that a run without findings says what it has looked at.
fn summary(file: &LockFile, state: Option<&State>, baseline: Option<&Held>) -> String {
    let name = file.name.display();
    let mut text = match state {
        None => format!("there is no `{name}`: nothing was compared with it\n"),
        Some(state) => {
            format!("{} locked in {name}\n", count(state.locked().count(), "version"))
        }
    };
    if let Some(Held { state, name, .. }) = baseline {
        // Writing to a `String` does not fail.
        let _ =
            writeln!(text, "compared with {} in {name}", count(state.locked().count(), "version"));
    }
    text
}

/// The finding that there is no lock. Where a registry was compared with the declarations, it is a
/// note, unless the lock is declared.
fn absent(file: &LockFile, is_compared: bool) -> Finding {
    let finding = file.absent("nothing was compared");
    if is_compared && !file.is_declared { finding.severity(Severity::Note) } else { finding }
}

/// What a schema registry says otherwise; none where no registry is named.
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
        Some(url) => super::registry::findings(catalog, url, args, state, env, console).map(Some),
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
        Some(_) => Err(Ending::could_not_run(
            "this command was built without schema registries".to_owned(),
            "turn on the feature `registry` of event-cli, or `registry-https`".to_owned(),
        )),
    }
}
