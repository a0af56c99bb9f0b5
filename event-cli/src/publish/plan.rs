//! Which schemas go under which subjects. Nothing is asked of a registry.

use super::args::{PublishArgs, StrategyArg};
use super::subject::subject;
use crate::args::EventArg;
use crate::console::{Console, Ending};
use crate::export;
use crate::find;
use crate::finding::{Finding, Report};
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_schema::{Dialect, Options};

/// A schema to be published.
pub(super) struct Planned {
    pub(super) event: &'static EventMeta,
    pub(super) subject: String,
    /// The schema on one line.
    pub(super) schema: String,
}

/// What is to be published, by event and version.
pub(super) fn plan(
    catalog: &'static Catalog,
    args: &PublishArgs,
    console: &mut Console<'_>,
) -> Result<Vec<Planned>, Ending> {
    if args.topic.is_some() && args.subject_strategy == StrategyArg::Record {
        return Err(usage("`--topic` says nothing about subjects that are called after records", "leave it out"));
    }
    let events = chosen(catalog, args)?;
    let (mut planned, mut errors) = (Vec::with_capacity(events.len()), Vec::new());
    for event in events {
        let Some(subject) = subject(event, args.subject_strategy, args.topic.as_ref()) else {
            return Err(usage(
                "subjects that are called after topic and record need a topic",
                "name it with `--topic`",
            ));
        };
        match event_schema::schema_in(catalog, event, schema_options(args)) {
            Ok(schema) => planned.push(Planned { event, subject, schema: schema.to_line() }),
            Err(error) => errors.push(export::refusal(&error)),
        }
    }
    if !errors.is_empty() {
        // They are errors, so this ends the run.
        console.report(&Report::new(errors))?;
    }
    match planned.windows(2).find(|pair| pair[0].subject == pair[1].subject) {
        None => Ok(planned),
        Some(pair) => Err(shared(&pair[0], &pair[1])),
    }
}

/// Registries know standard keywords only, and what says nothing about the JSON is no reason for a new version in one.
fn schema_options(args: &PublishArgs) -> Options {
    Options {
        dialect: Dialect::Draft07,
        contract: args.contract.contract(),
        form: args.form.form(),
        annotations: false,
    }
}

fn chosen(catalog: &'static Catalog, args: &PublishArgs) -> Result<Vec<&'static EventMeta>, Ending> {
    let mut events = Vec::new();
    for wanted in &args.events {
        if wanted.contains(':') {
            return Err(usage(
                "an argument is a URL or a user, where the name of an event is expected",
                "the registry's URL stands behind `--registry`, its user behind `--user`",
            ));
        }
        let wanted: EventArg = wanted.parse().map_err(|why| usage(why, "an event is `NAME` or `NAME@VERSION`"))?;
        let event = find::find(catalog, &wanted)?;
        match wanted.version {
            Some(_) => events.push(event),
            None => events.extend(find::versions(catalog, event)),
        }
    }
    if args.events.is_empty() {
        events.extend(catalog.events());
    }
    events.sort_by_key(|event| (event.name.snake, event.version));
    events.dedup_by_key(|event| (event.name.snake, event.version));
    Ok(events)
}

fn shared(first: &Planned, second: &Planned) -> Ending {
    let name = |planned: &Planned| format!("`{}` v{}", planned.event.name.snake, planned.event.version);
    Finding::error("EV0503", format!("{} and {} have one subject, `{}`", name(first), name(second), first.subject))
        .help("`--subject-strategy topic-record` gives each a subject of its own within the topic")
        .at(&second.event.source)
        .event(second.event)
        .into()
}

fn usage(what: &str, help: &str) -> Ending {
    Ending::Usage(format!("error: {what}\nhelp: {help}"))
}
