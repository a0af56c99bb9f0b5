//! Finds an event by any of its names.

use crate::args::EventArg;
use crate::console::Ending;
use crate::finding::Finding;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_grammar::lock::{Lock, VersionKey};
use event_grammar::suggest::hint;

/// The event with this name or alias. An alias belongs to the event, whichever of its versions
/// declares it.
pub(crate) fn find(
    catalog: &'static Catalog,
    wanted: &EventArg,
) -> Result<&'static EventMeta, Ending> {
    let name = wanted.name.as_str();
    let named = catalog.events().find(|event| event.answers_to(name));
    let newest = named.and_then(|event| versions(catalog, event).pop());
    let Some(newest) = newest else { return Err(unknown(catalog, name)) };
    let Some(version) = wanted.version else { return Ok(newest) };
    let versions = versions(catalog, newest);
    versions.iter().copied().find(|event| event.version == version).ok_or_else(|| {
        let known: Vec<_> = versions.iter().map(|event| format!("`@{}`", event.version)).collect();
        finding(
            format!("`{}` has no version {version}", newest.name.snake),
            format!("there {} {}", if known.len() == 1 { "is" } else { "are" }, known.join(", ")),
        )
    })
}

/// Every version of an event, oldest first.
pub(crate) fn versions(catalog: &'static Catalog, event: &EventMeta) -> Vec<&'static EventMeta> {
    let mut versions: Vec<_> =
        catalog.events().filter(|other| other.name.snake == event.name.snake).collect();
    versions.sort_by_key(|event| event.version);
    versions
}

/// The requested version of an event: a declared one, or one in the lock.
pub(crate) fn key(
    catalog: &'static Catalog,
    lock: &Lock,
    wanted: &EventArg,
) -> Result<VersionKey, Ending> {
    if let Some(version) = wanted.version
        && lock.get(&wanted.name, version).is_some()
    {
        return Ok(VersionKey::new(wanted.name.as_str(), version));
    }
    let event = find(catalog, wanted)?;
    Ok(VersionKey::new(event.name.snake, event.version))
}

fn unknown(catalog: &'static Catalog, name: &str) -> Ending {
    let dotted = name.contains('.');
    let names = catalog.events().flat_map(|event| {
        let spelling = if dotted { event.name.dotted } else { event.name.snake };
        [spelling].into_iter().chain(event.aliases.iter().copied())
    });
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    finding(
        format!(
            "no event is called `{}`{}",
            name.escape_debug(),
            hint(name, names.iter().copied())
        ),
        "`list` lists every event".to_owned(),
    )
}

fn finding(what: String, help: String) -> Ending {
    Finding::error("EV0103", what).help(help).into()
}
