//! The queries. Each is a value that knows its SQL and reads its rows; it runs nothing itself.

mod duplicates;
mod funnel;
mod holes;
mod period;
mod state;
mod stuck;
mod timeline;

pub use duplicates::{Duplicate, DuplicateKey, Duplicates, duplicates};
pub use funnel::{Funnel, FunnelStep, funnel};
pub use holes::{Hole, Holes, holes};
pub use state::{EntityState, StateAt, state_at};
pub use stuck::{Stuck, stuck};
pub use timeline::{Timeline, timeline};

use crate::dialect::StoreDialect;
use crate::row::{Row, UnreadableRow};
use crate::statement::Statement;

/// A question to the store.
pub trait Query {
    /// One row of the answer.
    type Item;

    /// The statement that asks it.
    fn statement(&self, dialect: StoreDialect) -> Statement;

    /// Reads a row of the answer.
    ///
    /// # Errors
    ///
    /// If the row is not what the statement selects from an outbox.
    fn item(&self, row: Row) -> Result<Self::Item, UnreadableRow>;
}

/// A borrowed query is a query.
impl<Q: Query> Query for &Q {
    type Item = Q::Item;

    fn statement(&self, dialect: StoreDialect) -> Statement {
        Q::statement(self, dialect)
    }

    fn item(&self, row: Row) -> Result<Self::Item, UnreadableRow> {
        Q::item(self, row)
    }
}
