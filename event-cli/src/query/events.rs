//! The events and entities that a query names, found in the catalog.

use crate::args::EventArg;
use crate::console::Ending;
use crate::find::{find, versions};
use event_core::Catalog;
use event_core::meta::{EventMeta, Role, StatusClass};
use event_grammar::suggest::hint;
use event_store::{EventStep, StoredEntity, Stuck};
use std::collections::BTreeSet;

/// The newest version of an event; a query finds all of them.
pub(super) fn event(catalog: &'static Catalog, name: &str) -> Result<&'static EventMeta, Ending> {
    if let Some((event, version)) = name.split_once('@') {
        return Err(Ending::could_not_run(
            format!("a query finds all versions of `{event}`"),
            format!("leave out `@{version}`"),
        ));
    }
    find(catalog, &EventArg { name: name.to_owned(), version: None })
}

/// The type of the entity that an event is about, by its newest version that is about one.
pub(super) fn entity_type(
    catalog: &'static Catalog,
    event: &'static EventMeta,
) -> Result<&'static str, Ending> {
    let kind = versions(catalog, event).into_iter().rev().find_map(|version| kinds(version).next());
    kind.ok_or_else(|| {
        let name = event.name.snake;
        Ending::could_not_run(
            format!("`{name}` is about no entity, so this query cannot find its events"),
            format!("mark the field that identifies the entity with `#[entity]`; `show {name}` lists the fields"),
        )
    })
}

/// The types of entities in an event.
fn kinds(event: &'static EventMeta) -> impl Iterator<Item = &'static str> {
    let fields = event.fields().into_iter().chain(event.context_fields());
    fields.filter_map(|field| match field.role {
        Role::Entity { kind } => Some(kind),
        _ => None,
    })
}

/// An entity of a type that events are about.
pub(super) fn entity(
    catalog: &'static Catalog,
    kind: &str,
    id: &str,
) -> Result<StoredEntity, Ending> {
    let known: BTreeSet<&str> = catalog.events().flat_map(kinds).collect();
    if known.contains(kind) {
        return Ok(StoredEntity::new(kind, id));
    }
    let hint = hint(kind, known.iter().copied());
    Err(Ending::could_not_run(
        format!("no event is about an entity of type `{kind}`{hint}"),
        "the type of an entity is in `#[entity(TYPE)]`, or the field's name without `_id`"
            .to_owned(),
    ))
}

/// The steps of a funnel. All are about entities of one type: no other entity reaches two of them.
pub(super) fn steps(catalog: &'static Catalog, names: &[String]) -> Result<Vec<EventStep>, Ending> {
    let events: Result<Vec<_>, _> = names.iter().map(|name| event(catalog, name)).collect();
    let events = events?;
    let mut first = None;
    for event in &events {
        let kind = entity_type(catalog, event)?;
        let (of_first, first) = *first.get_or_insert((kind, event));
        if kind != of_first {
            let (first, event) = (first.name.snake, event.name.snake);
            return Err(Ending::could_not_run(
                format!("`{first}` is about `{of_first}` and `{event}` about `{kind}`"),
                "name steps that are about entities of one type".to_owned(),
            ));
        }
    }
    Ok(events.into_iter().map(|event| EventStep::new(catalog, event)).collect())
}

/// An event that begins an operation, and is about an entity.
pub(super) fn begin(catalog: &'static Catalog, name: &str) -> Result<&'static EventMeta, Ending> {
    let event = event(catalog, name)?;
    if !is_begin(event) {
        let of_domain = catalog.events().filter(|other| {
            other.latest && other.name.domain == event.name.domain && is_begin(other)
        });
        let others: Vec<_> = of_domain.map(|other| format!("`{}`", other.name.snake)).collect();
        let help = if others.is_empty() {
            "name an event whose status is of the class `begin`, such as `.._started`".to_owned()
        } else {
            format!("in its domain, operations begin with {}", others.join(", "))
        };
        let what = format!("`{}` does not begin an operation", event.name.snake);
        return Err(Ending::could_not_run(what, help));
    }
    entity_type(catalog, event)?;
    Ok(event)
}

fn is_begin(event: &EventMeta) -> bool {
    event.name.status.is_some_and(|status| status.class == StatusClass::Begin)
}

/// Refuses an operation that no event of the catalog ends: all of them would be stuck.
pub(super) fn ends(begin: &EventMeta, query: &Stuck<()>) -> Result<(), Ending> {
    if !query.ends().is_empty() {
        return Ok(());
    }
    let action: Vec<_> =
        [Some(begin.name.domain), begin.name.action].into_iter().flatten().collect();
    Err(Ending::could_not_run(
        format!("no event ends the operation that `{}` begins", begin.name.snake),
        format!(
            "declare one, such as `{0}_completed` or `{0}_failed`; the end has the same domain and \
             action",
            action.join("_")
        ),
    ))
}
