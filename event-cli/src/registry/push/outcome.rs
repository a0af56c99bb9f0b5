//! The outcome for each schema, and the report of all outcomes.

use crate::finding::{Finding, Report};
use crate::registry::client::Address;
use crate::registry::plan::Planned;
use crate::table::Table;
use event_core::record::frame::SchemaId;
use event_grammar::lock::Mode;
use event_schema::Json;

/// A schema and its outcome so far.
pub(super) struct Outcome {
    pub(super) planned: Planned,
    pub(super) state: State,
    /// The level that is set for the subject itself.
    pub(super) level: Option<Mode>,
    /// The id, as soon as the registry has the schema.
    pub(super) id: Option<SchemaId>,
}

/// The result of comparing a schema with the registry.
pub(super) enum State {
    /// It was not compared.
    Unknown,
    /// Its subject has no schema yet.
    New,
    /// Its subject has other schemas, and it is compatible with them.
    Changed,
    /// The registry has it.
    Unchanged,
    /// The registry refuses it as incompatible.
    Refused(Refusal),
}

/// Why a schema is refused.
pub(super) struct Refusal {
    /// The registry's version that it is not compatible with, if known.
    pub(super) version: Option<u32>,
    pub(super) messages: Vec<String>,
}

impl Outcome {
    pub(super) const fn new(planned: Planned) -> Self {
        Self { planned, state: State::Unknown, level: None, id: None }
    }

    /// Whether this run registered it.
    pub(super) const fn is_registered(&self) -> bool {
        matches!(self.state, State::New | State::Changed) && self.id.is_some()
    }
}

impl State {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused(_) => "refused",
        }
    }
}

/// The words for the states, in the order of the report.
const STATES: [&str; 4] = ["new", "changed", "unchanged", "refused"];

fn count(outcomes: &[Outcome], state: &str) -> usize {
    outcomes.iter().filter(|outcome| outcome.state.as_str() == state).count()
}

/// The report of a run, successful or not.
pub(super) fn report(outcomes: &[Outcome], registry: &Address, dry: bool) -> Report {
    let refused = outcomes.iter().filter_map(|outcome| match &outcome.state {
        State::Refused(refusal) => Some(finding(outcome, refusal)),
        _ => None,
    });
    let report = Report::new(refused.collect())
        .text(table(outcomes))
        .with("registry", registry.to_string().into())
        .with("dry_run", dry.into())
        .with("schemas", Json::List(outcomes.iter().map(json).collect()));
    STATES.into_iter().fold(report, |report, state| {
        report.summary(state, Json::from(count(outcomes, state) as u64))
    })
}

/// A row for each schema that the registry did not have.
fn table(outcomes: &[Outcome]) -> String {
    let mut table = Table::new();
    for outcome in outcomes {
        if !matches!(outcome.state, State::Unchanged | State::Unknown) {
            let id = outcome.id.map(|id| format!("id {id}")).unwrap_or_default();
            table.row([outcome.state.as_str().to_owned(), outcome.planned.subject.clone(), id]);
        }
    }
    table.lines().into_iter().map(|line| line + "\n").collect()
}

fn json(outcome: &Outcome) -> Json {
    let Planned { event, subject, .. } = &outcome.planned;
    Json::object([
        ("event", event.name.snake.into()),
        ("version", event.version.into()),
        ("subject", subject.as_str().into()),
        ("state", outcome.state.as_str().into()),
        ("id", outcome.id.map(|id| id.0).into()),
        ("level", outcome.level.map(Mode::as_str).into()),
    ])
}

fn finding(outcome: &Outcome, refusal: &Refusal) -> Finding {
    let Planned { event, subject, .. } = &outcome.planned;
    let (name, version) = (event.name.snake, event.version);
    let with = refusal
        .version
        .map_or_else(|| " with".to_owned(), |with| format!(" with version {with} of"));
    let level = outcome
        .level
        .map_or("the registry's own level".to_owned(), |level| format!("level {}", level.as_str()));
    let mut what = format!(
        "the registry refuses `{name}` v{version}: incompatible{with} `{subject}`, {level}"
    );
    if !refusal.messages.is_empty() {
        what.push_str(": ");
        what.push_str(&refusal.messages.join("; "));
    }
    Finding::error("EV0501", what)
        .help(format!("undo the change, or declare version {} of the event", version + 1))
        .at(&event.source)
        .event(event)
        .with("subject", subject.as_str().into())
        .with("registered_version", refusal.version.into())
        .with("reasons", Json::texts(refusal.messages.iter().map(String::as_str)))
}

/// `3 schemas at http://localhost:8081: 1 new, 2 unchanged`.
pub(super) fn summary(outcomes: &[Outcome], registry: &Address, dry: bool) -> String {
    let counts = STATES.map(|state| (count(outcomes, state), state));
    let counts: Vec<_> = counts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, state)| format!("{number} {state}"))
        .collect();
    let registered = outcomes.iter().filter(|outcome| outcome.is_registered()).count();
    let end = match (dry, count(outcomes, "refused"), registered) {
        (true, ..) => "; nothing was written, because of --dry-run".to_owned(),
        (false, 1.., 0) => "; nothing was registered".to_owned(),
        (false, 1.., registered) => format!("; only {registered} registered"),
        _ => String::new(),
    };
    let schemas = if outcomes.len() == 1 { "schema" } else { "schemas" };
    format!("{} {schemas} at {registry}: {}{end}", outcomes.len(), counts.join(", "))
}
