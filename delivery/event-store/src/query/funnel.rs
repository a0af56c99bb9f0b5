//! How many entities go through the steps of a process.

use super::Query;
use super::period::Period;
use crate::dialect::{StoreDialect, quoted};
use crate::row::{Columns, Row, UnreadableRow};
use crate::statement::{Parameter, Statement};
use crate::step::{EventStep, Steps};
use event_core::Timestamp;
use std::time::Duration;

/// How many entities reach each of some steps. Made by [`funnel`].
#[derive(Clone, Debug)]
pub struct Funnel {
    steps: Vec<EventStep>,
    within: Option<Duration>,
    period: Period,
}

/// Asks how many entities go through the events `S`, a tuple of event types.
///
/// An entity is counted once for each step, however often its events are repeated. It reaches a
/// step with the first event of that step that is behind the step before in the store. So an order
/// that is shipped before it is paid, and not again afterwards, does not reach "shipped".
pub fn funnel<S: Steps>() -> Funnel {
    Funnel::of(&S::steps())
}

impl Funnel {
    /// Asks how many entities go through `steps`.
    ///
    /// # Panics
    ///
    /// If there are no steps.
    #[track_caller]
    pub fn of(steps: &[EventStep]) -> Self {
        assert!(!steps.is_empty(), "a funnel needs a step");
        Self { steps: steps.to_vec(), within: None, period: Period::default() }
    }

    /// Only counts steps that have happened at most so long after the entity's first step.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        self.within = Some(time);
        self
    }

    /// Only events that have happened at this time or later.
    #[must_use]
    pub fn since(mut self, time: Timestamp) -> Self {
        self.period.since = Some(time);
        self
    }

    /// Only events that have happened before this time.
    #[must_use]
    pub fn until(mut self, time: Timestamp) -> Self {
        self.period.until = Some(time);
        self
    }

    /// The first event of the first step of each entity.
    fn select_first(&self, statement: &mut Statement, first: EventStep) {
        let dialect = statement.dialect();
        statement
            .sql("WITH step_1 AS (\n    SELECT entity_type, entity_id, min(seq) AS seq_1")
            .sql("\n    FROM domain_events\n    WHERE entity_id IS NOT NULL AND ")
            .sql(dialect.by_entity("event_type"))
            .sql(" IN ")
            .texts(first.names());
        self.period.add_to(statement, "        ");
        statement.sql("\n    GROUP BY entity_type, entity_id\n)");
        if self.within.is_some() {
            let happened = dialect.micros("occurred_at");
            statement.sql(format!(
                ", begun AS (\n    SELECT step_1.*, (\n        SELECT {happened} FROM domain_events\
                 \n        WHERE seq = seq_1\n    ) AS begun_at\n    FROM step_1\n)"
            ));
        }
    }

    /// The event by which an entity reaches a later step.
    fn select_step(&self, statement: &mut Statement, number: usize, step: EventStep) {
        let (dialect, before) = (statement.dialect(), number - 1);
        statement
            .sql(format!(", step_{number} AS (\n    SELECT step_{before}.*, ("))
            .sql("\n        SELECT min(seq) FROM domain_events AS e")
            .sql("\n        WHERE e.entity_id IS NOT NULL")
            .sql(format!(" AND e.entity_type = step_{before}.entity_type"))
            .sql(format!("\n            AND e.entity_id = step_{before}.entity_id"))
            .sql(format!(" AND e.seq > step_{before}.seq_{before}"))
            .sql("\n            AND ")
            .sql(dialect.by_entity("e.event_type"))
            .sql(" IN ")
            .texts(step.names());
        self.period.add_to(statement, "            ");
        if let Some(within) = self.within {
            let micros = i64::try_from(within.as_micros()).unwrap_or(i64::MAX / 2);
            let happened = dialect.micros("e.occurred_at");
            statement
                .sql(format!("\n            AND {happened} <= "))
                .value(Parameter::Integer(micros))
                .sql(format!(" + step_{before}.begun_at"));
        }
        let source = match (before, self.within) {
            (1, Some(_)) => "begun AS step_1".to_owned(),
            _ => format!("step_{before}"),
        };
        statement.sql(format!("\n    ) AS seq_{number}\n    FROM {source}\n)"));
    }
}

/// A step of a funnel.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FunnelStep {
    /// Its number, from 1.
    pub number: usize,
    /// The name of its event: `order.payment.submitted`.
    pub event_type: String,
    /// How many entities reach it.
    pub entities: u64,
    /// The share of the first step's entities that reach it, in percent with two digits: `33.33`.
    /// `None` if no entity reaches the first step.
    pub percent: Option<String>,
}

impl Query for Funnel {
    type Item = FunnelStep;

    fn statement(&self, dialect: StoreDialect) -> Statement {
        let mut statement = Statement::new(dialect);
        for (place, step) in self.steps.iter().enumerate() {
            match place {
                0 => self.select_first(&mut statement, *step),
                _ => self.select_step(&mut statement, place + 1, *step),
            }
        }
        let counts: Vec<_> = (1..=self.steps.len())
            .map(|number| format!("count(seq_{number}) AS entities_{number}"))
            .collect();
        statement.sql(format!(
            ", counted AS (\n    SELECT {}\n    FROM step_{}\n)",
            counts.join(", "),
            self.steps.len(),
        ));
        for (place, step) in self.steps.iter().enumerate() {
            let (number, event) = (place + 1, quoted(step.event_type()));
            let percent = dialect.percent(&format!("entities_{number}"), "entities_1");
            let names = if place == 0 {
                ["\nSELECT", " AS step", " AS event_type", " AS entities", " AS percent"]
            } else {
                ["\nUNION ALL SELECT", "", "", "", ""]
            };
            statement.sql(format!(
                "{} {number}{}, {event}{}, entities_{number}{},\n    {percent}{}\nFROM counted",
                names[0], names[1], names[2], names[3], names[4],
            ));
        }
        statement.sql("\nORDER BY step");
        statement
    }

    fn item(&self, row: Row) -> Result<FunnelStep, UnreadableRow> {
        let mut columns = Columns::of(row);
        Ok(FunnelStep {
            number: usize::try_from(columns.count("step")?).unwrap_or(usize::MAX),
            event_type: columns.text("event_type")?,
            entities: columns.count("entities")?,
            percent: columns.text_or_null("percent")?,
        })
    }
}
