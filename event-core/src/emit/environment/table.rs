//! The table of the variables. The reader, its errors and docs/emit.md read it.

use super::settings::{Settings, SinkKind};
use crate::emit::{InvalidLevels, Levels};
use crate::sink::WhenFull;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A variable of the environment that [`Builder::with_variables`](crate::emit::Builder) reads.
#[derive(Clone, Copy)]
pub struct Variable {
    /// The name: `EVENTS_EMIT_LEVELS`.
    pub name: &'static str,
    /// The values that are allowed, in words.
    pub values: &'static str,
    /// What the variable sets.
    pub meaning: &'static str,
    /// Reads a value that is not empty.
    pub(super) read: fn(&mut Settings, &str) -> Result<(), Invalid>,
}

/// A value that its variable does not allow, with a reason that says more than the table.
pub(super) struct Invalid(pub(super) Option<String>);

/// The variables that [`Builder::with_variables`](crate::emit::Builder::with_variables) reads, for
/// the help of a program.
///
/// ```
/// use event_core::emit::VARIABLES;
///
/// let help: Vec<String> =
///     VARIABLES.iter().map(|of| format!("{}  {} ({})", of.name, of.meaning, of.values)).collect();
/// assert!(help[0].starts_with("EVENTS_EMIT_SERVICE  "));
/// ```
pub const VARIABLES: &[Variable] = &[
    row("EVENTS_EMIT_SERVICE", "any text", "the name of the service", |to, text| {
        set(&mut to.service, Ok(text.to_owned()))
    }),
    row("EVENTS_EMIT_SERVICE_VERSION", "any text", "the version of the service", |to, text| {
        set(&mut to.service_version, Ok(text.to_owned()))
    }),
    row("EVENTS_EMIT_ENVIRONMENT", "any text", "the environment of the service", |to, text| {
        set(&mut to.environment, Ok(text.to_owned()))
    }),
    row("EVENTS_EMIT_SERVICE_HOST", "any text", "the host of the service", |to, text| {
        set(&mut to.service_host, Ok(text.to_owned()))
    }),
    row("EVENTS_EMIT_SERVICE_PID", BOOL, "whether records have the process id", |to, text| {
        set(&mut to.service_pid, parsed(text))
    }),
    row(
        "EVENTS_EMIT_LEVELS",
        "levels such as `info,payment=debug,cache_hit=off`",
        "the lowest level that is emitted, for all events, a domain or an event",
        |to, text| set(&mut to.levels, levels(text)),
    ),
    row(
        "EVENTS_EMIT_SINK",
        "`json`, `console` or `file`",
        "the sink: standard output as JSON lines or for a person to read, or a file",
        |to, text| {
            let kinds = [
                ("json", SinkKind::Json),
                ("console", SinkKind::Console),
                ("file", SinkKind::File),
            ];
            set(&mut to.sink, one_of(text, kinds))
        },
    ),
    row("EVENTS_EMIT_FILE", "a path", "the file of the sink `file`", |to, text| {
        set(&mut to.file, Ok(text.into()))
    }),
    row(
        "EVENTS_EMIT_RENDERING",
        "`line` or `envelope`",
        "how the sinks `json` and `file` write a record",
        |to, text| set(&mut to.envelopes, one_of(text, [("line", false), ("envelope", true)])),
    ),
    row(
        "EVENTS_EMIT_QUEUE",
        "a whole number from 1 to 1000000",
        "puts a queue of so many records and a thread in front of the sink",
        |to, text| {
            let is_possible = |records: &usize| (1..=1_000_000).contains(records);
            set(
                &mut to.queue,
                parsed(text).and_then(|size| Some(size).filter(is_possible).ok_or(Invalid(None))),
            )
        },
    ),
    row(
        "EVENTS_EMIT_WHEN_FULL",
        "`block`, `drop-newest` or `drop-oldest`",
        "what happens when the queue is full",
        |to, text| {
            let policies = [
                ("block", WhenFull::Block),
                ("drop-newest", WhenFull::DropNewest),
                ("drop-oldest", WhenFull::DropOldest),
            ];
            set(&mut to.when_full, one_of(text, policies))
        },
    ),
    row("EVENTS_EMIT_IDS_IN_LINES", BOOL, "whether lines have the id and sequence", |to, text| {
        set(&mut to.ids_in_lines, parsed(text))
    }),
    row(
        "EVENTS_EMIT_TAIL_ONE_IN",
        "a whole number from 1",
        "keeps one wide event of so many, and all that are errors",
        |to, text| set(&mut to.tail_one_in, positive(text)),
    ),
    row("EVENTS_EMIT_IGNORE_RATES", BOOL, "whether samples and limits are ignored", |to, text| {
        set(&mut to.ignore_rates, parsed(text))
    }),
    row(
        "EVENTS_EMIT_REPORT_EVERY",
        "a whole number of seconds from 1",
        "how often `emission_event_suppressed` is emitted",
        |to, text| {
            let every = positive(text).map(|seconds| Duration::from_secs(seconds.into()));
            set(&mut to.report_every, every)
        },
    ),
];

const BOOL: &str = "`true` or `false`";

const fn row(
    name: &'static str,
    values: &'static str,
    meaning: &'static str,
    read: fn(&mut Settings, &str) -> Result<(), Invalid>,
) -> Variable {
    Variable { name, values, meaning, read }
}

fn set<T>(to: &mut Option<T>, value: Result<T, Invalid>) -> Result<(), Invalid> {
    *to = Some(value?);
    Ok(())
}

fn parsed<T: FromStr>(text: &str) -> Result<T, Invalid> {
    text.parse().map_err(|_| Invalid(None))
}

fn levels(text: &str) -> Result<Levels, Invalid> {
    text.parse().map_err(|error: InvalidLevels| Invalid(Some(error.to_string())))
}

fn positive(text: &str) -> Result<u32, Invalid> {
    parsed(text).and_then(|number| if number == 0 { Err(Invalid(None)) } else { Ok(number) })
}

fn one_of<T, const N: usize>(text: &str, words: [(&str, T); N]) -> Result<T, Invalid> {
    let found = words.into_iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| value).ok_or(Invalid(None))
}

impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Variable").field(&self.name).finish()
    }
}
