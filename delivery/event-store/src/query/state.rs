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
    /// The versions of an event whose state is not the one of its newest version. `None`: the
    /// version has no transition.
    older: Vec<(EventStep, u32, Option<&'static str>)>,
    /// The events that have a transition, by the type of the state.
    states: BTreeMap<&'static str, Vec<EventStep>>,
    /// The types that are one state, because versions of one event have them: each but the first.
    same: BTreeMap<&'static str, &'static str>,
}

/// Asks for the state of an entity at a time: the last `after` of each type of state that events of
/// `catalog` change by `#[transition]`.
///
/// It is the last in the order of the store, of the events that had happened at the time. If the
/// versions of one event have different types of state, these are one state: the answer has the
/// last one, with the type that its version declares.
pub fn state_at(catalog: &'static Catalog, entity: StoredEntity, at: Timestamp) -> StateAt {
    let mut asked =
        StateAt { entity, at, older: vec![], states: BTreeMap::new(), same: BTreeMap::new() };
    let events: Vec<_> = catalog.events().collect();
    for newest in events.iter().filter(|event| event.latest) {
        let versions = events.iter().filter(|event| event.name == newest.name);
        asked.add(EventStep::new(catalog, newest), versions.copied());
    }
    asked
}

impl StateAt {
    /// Adds an event, by the descriptors of all its versions.
    fn add(&mut self, step: EventStep, versions: impl Iterator<Item = &'static EventMeta>) {
        let newest = state_of(step.meta());
        if let Some(state) = newest {
            self.states.entry(state).or_default().push(step);
        }
        for version in versions {
            let state = state_of(version);
            if state != newest {
                self.older.push((step, version.version, state));
            }
            if let (Some(state), Some(newest)) = (state, newest) {
                self.are_same(state, newest);
            }
        }
    }

    /// Makes two types one state.
    fn are_same(&mut self, one: &'static str, other: &'static str) {
        let (one, other) = (self.first(one), self.first(other));
        let (first, second) = (one.min(other), one.max(other));
        if first != second {
            for of in self.same.values_mut().filter(|of| **of == second) {
                *of = first;
            }
            self.same.insert(second, first);
        }
    }

    /// The first of the types that are one state with this one.
    fn first(&self, state: &'static str) -> &'static str {
        self.same.get(state).copied().unwrap_or(state)
    }

    /// The type of the state that a row has: `OrderState`. NULL if it has none.
    fn select_state(&self, statement: &mut Statement) {
        statement.sql("CASE");
        for (step, version, state) in &self.older {
            statement
                .sql(format!("\n                WHEN event_version = {version} AND event_type IN "))
                .texts(step.names())
                .sql(format!(" THEN {}", state.map_or("NULL".to_owned(), quoted)));
        }
        for (state, steps) in &self.states {
            statement.sql("\n                WHEN event_type IN ");
            statement.texts(steps.iter().flat_map(|step| step.names()));
            statement.sql(format!(" THEN {}", quoted(state)));
        }
        statement.sql("\n            END AS state");
    }

    /// What is one state: its type, or the first one of its types.
    fn partition(&self) -> String {
        if self.same.is_empty() {
            return "state".to_owned();
        }
        let same = self
            .same
            .iter()
            .map(|(of, first)| format!(" WHEN {} THEN {}", quoted(of), quoted(first)));
        format!("CASE state{} ELSE state END", same.collect::<String>())
    }
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

/// The state of an entity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EntityState {
    /// The type of the state, as the version of the event declares it: `OrderState`.
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
        if self.states.is_empty() && self.older.is_empty() {
            // A catalog without a transition knows no state.
            statement.sql("SELECT seq FROM domain_events WHERE seq IS NULL");
            return statement;
        }
        statement.sql("SELECT seq, event_id, event_type, event_version, occurred_at, state, after");
        statement.sql("\nFROM (\n    SELECT *, row_number() OVER (");
        statement.sql(format!(
            "PARTITION BY {} ORDER BY seq DESC) AS place\n    FROM (",
            self.partition()
        ));
        statement.sql(format!(
            "\n        SELECT seq, {} AS event_id, event_type, event_version, {} AS occurred_at,\
             \n            {} AS after,\n            ",
            dialect.text("event_id"),
            dialect.time("occurred_at"),
            dialect.json("envelope", &["payload", "after"]),
        ));
        self.select_state(&mut statement);
        statement
            .sql("\n        FROM domain_events\n        WHERE entity_type = ")
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
