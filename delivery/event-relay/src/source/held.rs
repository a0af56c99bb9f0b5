//! Which events parked events hold back, as SQL. In it, `?1` is the target.

use super::OnPoison;
use crate::database::Dialect;

/// Whether anything is parked. Mostly nothing is: the database looks once for a statement, not for
/// each row.
const ANY_PARKED: &str = "EXISTS (SELECT 1 FROM outbox_parked WHERE target = ?1)";

/// Which events parked events hold back, as SQL.
#[derive(Debug)]
pub(super) struct Held {
    /// The parked events `q` of an entity. Without the index, SQLite looks at all parked events of
    /// the target for each event that it reads.
    of_entity: String,
    /// Whether a parked event `q` holds back the later events of its entity.
    blocking: &'static str,
    /// Ends a subquery that is to run once for each event, by an index.
    for_each: &'static str,
}

impl Held {
    pub(super) fn new(dialect: &Dialect, on_poison: OnPoison) -> Self {
        Self {
            of_entity: format!("outbox_parked q{}", dialect.indexed_by("outbox_parked_entity")),
            blocking: match on_poison {
                OnPoison::BlockEntity => "TRUE",
                OnPoison::Skip => "q.state IN ('retry', 'behind')",
            },
            for_each: dialect.for_each,
        }
    }

    /// Whether an event `e` is parked.
    pub(super) fn is_parked(&self) -> String {
        format!(
            "CASE WHEN {ANY_PARKED} THEN EXISTS (
                SELECT 1 FROM outbox_parked WHERE target = ?1 AND seq = e.seq{})
            ELSE FALSE END",
            self.for_each
        )
    }

    /// Whether a parked event holds back an event `e`.
    pub(super) fn is_behind(&self) -> String {
        let Self { of_entity, blocking, for_each } = self;
        format!(
            "CASE WHEN {ANY_PARKED} THEN EXISTS (
                SELECT 1 FROM {of_entity} WHERE q.target = ?1
                AND q.entity_type = e.entity_type AND q.entity_id = e.entity_id
                AND {blocking}{for_each})
            ELSE FALSE END"
        )
    }

    /// Whether no earlier event holds back a parked event `p`.
    pub(super) fn is_first(&self) -> String {
        let Self { of_entity, blocking, .. } = self;
        format!(
            "NOT EXISTS (
                SELECT 1 FROM {of_entity} WHERE q.target = p.target
                AND q.entity_type = p.entity_type AND q.entity_id = p.entity_id
                AND q.seq < p.seq AND {blocking})"
        )
    }
}
