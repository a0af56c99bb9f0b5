//! Events that have happened more than once.

use super::Query;
use super::period::Period;
use crate::dialect::StoreDialect;
use crate::row::{Columns, Row, UnreadableRow};
use crate::statement::Statement;
use crate::step::EventStep;
use event_core::{Event, Timestamp};
use serde_json::Value;

/// The events that have happened more than once with the same key. Made by [`duplicates`].
#[derive(Clone, Debug)]
pub struct Duplicates {
    event: EventStep,
    keys: Vec<DuplicateKey>,
    period: Period,
}

/// What two events must have in common to be duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DuplicateKey {
    /// The entity.
    Entity,
    /// The correlation id: the business transaction.
    CorrelationId,
    /// A field of the payload.
    Field(&'static str),
}

/// Asks which `E` have happened more than once for the same entity.
pub fn duplicates<E: Event>() -> Duplicates {
    Duplicates::of(EventStep::of::<E>())
}

impl Duplicates {
    /// Asks which events of one kind have happened more than once for the same entity.
    pub fn of(event: EventStep) -> Self {
        Self { event, keys: vec![DuplicateKey::Entity], period: Period::default() }
    }

    /// Replaces the key: all of `keys` must be the same. An event without one of them is no
    /// duplicate.
    ///
    /// # Panics
    ///
    /// If there is no key, or the event does not declare a field of that name.
    #[must_use]
    #[track_caller]
    pub fn by(mut self, keys: &[DuplicateKey]) -> Self {
        assert!(!keys.is_empty(), "duplicates need a key");
        let fields = self.event.meta().fields();
        for key in keys {
            if let DuplicateKey::Field(name) = key {
                let declared = fields.iter().any(|field| field.name == *name);
                assert!(declared, "`{}` has no field `{name}`", self.event.event_type());
            }
        }
        self.keys = keys.to_vec();
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

    /// The columns of the key, as they are named in the answer, with their SQL.
    fn columns(&self, dialect: StoreDialect) -> Vec<String> {
        let mut columns = Vec::new();
        for key in &self.keys {
            match key {
                DuplicateKey::Entity => {
                    columns.extend(["entity_type".to_owned(), "entity_id".to_owned()]);
                }
                DuplicateKey::CorrelationId => columns.push("correlation_id".to_owned()),
                DuplicateKey::Field(name) => {
                    columns.push(dialect.json("envelope", &["payload", name]));
                }
            }
        }
        columns
    }

    /// The names of the columns of the key: `entity_type`, `entity_id`, `amount_cents`.
    pub fn key_names(&self) -> Vec<&'static str> {
        let names = self.keys.iter().flat_map(|key| match key {
            DuplicateKey::Entity => vec!["entity_type", "entity_id"],
            DuplicateKey::CorrelationId => vec!["correlation_id"],
            DuplicateKey::Field(name) => vec![*name],
        });
        names.collect()
    }
}

/// Events with the same key.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Duplicate {
    /// The values of the key, in the order of [`Duplicates::key_names`].
    pub key: Vec<Value>,
    /// How many events there are.
    pub events: u64,
    /// The number of the first one in the store.
    pub first_seq: i64,
    /// The number of the last one in the store.
    pub last_seq: i64,
    /// The earliest time at which one has happened.
    pub earliest: Timestamp,
    /// The latest time at which one has happened.
    pub latest: Timestamp,
}

impl Query for Duplicates {
    type Item = Duplicate;

    fn statement(&self, dialect: StoreDialect) -> Statement {
        let columns = self.columns(dialect);
        let mut statement = Statement::new(dialect);
        statement.sql("SELECT");
        for (place, column) in columns.iter().enumerate() {
            statement.sql(format!("\n    {column} AS key_{},", place + 1));
        }
        let event_type = if self.keys == [DuplicateKey::Entity] {
            dialect.by_entity("event_type")
        } else {
            "event_type".to_owned()
        };
        let (earliest, latest) =
            (dialect.time("min(occurred_at)"), dialect.time("max(occurred_at)"));
        statement.sql(format!(
            "\n    count(*) AS events,\n    min(seq) AS first_seq,\n    max(seq) AS last_seq,\
             \n    {earliest} AS earliest,\n    {latest} AS latest\
             \nFROM domain_events\nWHERE {event_type} IN "
        ));
        statement.texts(self.event.names());
        self.period.add_to(&mut statement, "    ");
        for column in &columns {
            statement.sql(format!("\n    AND {column} IS NOT NULL"));
        }
        let places: Vec<String> = (1..=columns.len()).map(|place| place.to_string()).collect();
        statement.sql(format!(
            "\nGROUP BY {}\nHAVING count(*) > 1\nORDER BY events DESC, first_seq",
            places.join(", ")
        ));
        statement
    }

    fn item(&self, row: Row) -> Result<Duplicate, UnreadableRow> {
        let mut columns = Columns::of(row);
        let mut key = Vec::new();
        for part in &self.keys {
            match part {
                DuplicateKey::Entity => key.extend([
                    Value::String(columns.text("entity_type")?),
                    Value::String(columns.text("entity_id")?),
                ]),
                DuplicateKey::CorrelationId => {
                    key.push(Value::String(columns.text("correlation_id")?));
                }
                DuplicateKey::Field(name) => key.push(columns.json(name)?),
            }
        }
        Ok(Duplicate {
            key,
            events: columns.count("events")?,
            first_seq: columns.integer("first_seq")?,
            last_seq: columns.integer("last_seq")?,
            earliest: columns.time("earliest")?,
            latest: columns.time("latest")?,
        })
    }
}
