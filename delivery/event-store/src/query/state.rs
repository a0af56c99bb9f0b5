//! The state of an entity at a time.

use super::Query;
use crate::dialect::{StoreDialect, quoted};
use crate::entity::StoredEntity;
use crate::row::{Columns, Row, UnreadableRow};
use crate::statement::{Parameter, Statement};
use crate::step::EventStep;
use event_core::meta::shape::Shape;
use event_core::meta::{EventMeta, Role};
use event_core::{Catalog, EventId, Timestamp};
use serde_json::Value;
use std::collections::BTreeMap;

/// The state of an entity at a time. Made by [`state_at`].
#[derive(Clone, Debug)]
pub struct StateAt {
    entity: StoredEntity,
    at: Timestamp,
    /// The events that have a transition, by the type of the state.
    states: BTreeMap<&'static str, Vec<EventStep>>,
}

/// Asks for the state of an entity at a time: the last `after` of each type of state that events of
/// `catalog` change by `#[transition]`.
///
/// It is the last in the order of the store, of the events that had happened at the time.
pub fn state_at(catalog: &'static Catalog, entity: StoredEntity, at: Timestamp) -> StateAt {
    let mut states: BTreeMap<_, Vec<EventStep>> = BTreeMap::new();
    for event in catalog.events() {
        if let Some(state) = state_of(event) {
            let steps = states.entry(state).or_default();
            if steps.iter().all(|step| step.meta().name != event.name) {
                steps.push(EventStep::new(catalog, event));
            }
        }
    }
    StateAt { entity, at, states }
}

/// The type of the state that the event changes. A state of a type without a name is named for the
/// domain of the event.
fn state_of(event: &'static EventMeta) -> Option<&'static str> {
    let fields = event.fields();
    let after = fields.iter().find(|field| field.role == Role::After)?;
    let name = match after.shape.bare() {
        Shape::Struct(shape) => shape.ty.name,
        Shape::Enum(shape) => shape.ty.name,
        _ => "",
    };
    Some(if name.is_empty() { event.name.domain } else { name })
}

/// The state of an entity, of one type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EntityState {
    /// The type of the state: `OrderState`.
    pub name: String,
    /// The state, as the event has it in `after`.
    pub value: Value,
    /// The number of the event in the store.
    pub seq: i64,
    /// The id of the event.
    pub event_id: EventId,
    /// The name of the event: `order.payment.submitted`.
    pub event_type: String,
    /// The version of the event's declaration.
    pub event_version: u32,
    /// When the event happened.
    pub since: Timestamp,
}

impl Query for StateAt {
    type Item = EntityState;

    fn statement(&self, dialect: StoreDialect) -> Statement {
        let mut statement = Statement::new(dialect);
        let mut names = self.states.iter().peekable();
        if names.peek().is_none() {
            // A catalog without a transition knows no state.
            statement.sql("SELECT seq FROM domain_events WHERE seq IS NULL");
            return statement;
        }
        statement.sql("SELECT seq, event_id, event_type, event_version, occurred_at, state, after");
        statement.sql("\nFROM (\n    SELECT *, row_number() OVER (");
        statement.sql("PARTITION BY state ORDER BY seq DESC) AS place\n    FROM (");
        statement.sql(format!(
            "\n        SELECT seq, {} AS event_id, event_type, event_version, {} AS occurred_at,\
             \n            {} AS after,\n            CASE",
            dialect.text("event_id"),
            dialect.time("occurred_at"),
            dialect.json("envelope", &["payload", "after"]),
        ));
        for (state, steps) in names {
            statement.sql("\n                WHEN event_type IN ");
            statement.texts(steps.iter().flat_map(|step| step.names()));
            statement.sql(format!(" THEN {}", quoted(state)));
        }
        statement
            .sql("\n            END AS state\n        FROM domain_events\n        WHERE entity_type = ")
            .value(Parameter::Text(self.entity.kind.clone()))
            .sql(" AND entity_id = ")
            .value(Parameter::Text(self.entity.id.clone()))
            .sql(" AND occurred_at <= ")
            .value(Parameter::Time(self.at))
            .sql("\n    ) AS changes\n    WHERE state IS NOT NULL AND after IS NOT NULL")
            .sql("\n) AS latest\nWHERE place = 1\nORDER BY state");
        statement
    }

    fn item(&self, row: Row) -> Result<EntityState, UnreadableRow> {
        let mut columns = Columns::of(row);
        Ok(EntityState {
            seq: columns.seq()?,
            event_id: columns.event_id()?,
            event_type: columns.text("event_type")?,
            event_version: columns.version()?,
            since: columns.time("occurred_at")?,
            name: columns.text("state")?,
            value: columns.json("after")?,
        })
    }
}
