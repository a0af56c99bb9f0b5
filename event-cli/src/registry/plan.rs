//! Which schema is pushed under which subject. This sends no request.

use super::subject::subject;
use crate::args::EventArg;
use crate::args::registry::{StrategyArg, Topic};
use crate::console::Ending;
use crate::find;
use crate::finding::Finding;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_schema::{Contract, Dialect, Options, Rendering};

/// A schema to be pushed.
pub(crate) struct Planned {
    pub(crate) event: &'static EventMeta,
    pub(crate) subject: String,
    /// The schema on one line.
    pub(crate) schema: String,
}

/// How subjects are named.
#[derive(Clone, Copy)]
pub(crate) struct Naming<'a> {
    pub(crate) strategy: StrategyArg,
    pub(crate) topic: Option<&'a Topic>,
}

/// The schemas to push, and the events without a schema.
pub(crate) struct Plan {
    /// Sorted by event and version; each has its own subject.
    pub(crate) planned: Vec<Planned>,
    pub(crate) errors: Vec<Finding>,
}

/// The plan for these events; for all events if the list is empty.
pub(crate) fn plan(
    catalog: &'static Catalog,
    events: &[String],
    naming: Naming<'_>,
    options: Options,
) -> Result<Plan, Ending> {
    if naming.topic.is_some() && naming.strategy == StrategyArg::Record {
        return Err(usage(
            "`--topic` has no effect on subjects that are named after records",
            "remove `--topic`",
        ));
    }
    let events = chosen(catalog, events)?;
    let (mut planned, mut errors) = (Vec::with_capacity(events.len()), Vec::new());
    for event in events {
        let Some(subject) = subject(event, naming.strategy, naming.topic) else {
            return Err(usage(
                "subjects that are named after topic and record need a topic",
                "give the topic with `--topic`",
            ));
        };
        match event_schema::schema(event, options) {
            Ok(schema) => planned.push(Planned { event, subject, schema: schema.to_line() }),
            Err(error) => errors.push(Finding::of_schema(&error)),
        }
    }
    match planned.windows(2).find(|pair| pair[0].subject == pair[1].subject) {
        None => Ok(Plan { planned, errors }),
        Some(pair) => Err(shared(&pair[0], &pair[1])),
    }
}

/// Registries know only standard keywords. Keywords that do not describe the JSON are left out, so
/// that a change of them makes no new version.
pub(crate) const fn schema_options(contract: Contract, rendering: Rendering) -> Options {
    Options { dialect: Dialect::Draft07, contract, rendering, annotations: false }
}

fn chosen(catalog: &'static Catalog, named: &[String]) -> Result<Vec<&'static EventMeta>, Ending> {
    let mut events = Vec::new();
    for wanted in named {
        if wanted.contains(':') {
            return Err(usage(
                "expected the name of an event, found a URL or a user",
                "write the registry's URL after `--registry`, and its user after `--user`",
            ));
        }
        let wanted: EventArg =
            wanted.parse().map_err(|why| usage(why, "an event is `NAME` or `NAME@VERSION`"))?;
        let event = find::find(catalog, &wanted)?;
        match wanted.version {
            Some(_) => events.push(event),
            None => events.extend(find::versions(catalog, event)),
        }
    }
    if named.is_empty() {
        events.extend(catalog.events());
    }
    events.sort_by_key(|event| (event.name.snake, event.version));
    events.dedup_by_key(|event| (event.name.snake, event.version));
    Ok(events)
}

fn shared(first: &Planned, second: &Planned) -> Ending {
    let name =
        |planned: &Planned| format!("`{}` v{}", planned.event.name.snake, planned.event.version);
    Finding::error(
        "EV0503",
        format!("{} and {} have the same subject, `{}`", name(first), name(second), first.subject),
    )
    .help("`--subject-strategy topic-record` gives each its own subject in the topic")
    .at(&second.event.source)
    .event(second.event)
    .into()
}

fn usage(what: &str, help: &str) -> Ending {
    Ending::Usage(format!("error: {what}\nhelp: {help}"))
}
