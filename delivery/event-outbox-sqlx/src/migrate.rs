//! Makes the outbox's tables, and brings older ones up to date.

use crate::connection::OutboxConnection;
use crate::error::Error;
use crate::outbox::begin;
use event_outbox::{Migrated, pending};
use sqlx::{Acquire, Database};

/// Makes the outbox's tables, or brings older ones up to date. If they are up to date, it only
/// reads their version.
///
/// It is one transaction that holds a lock: of several programs that start at once, one migrates,
/// and the others wait for it (with SQLite, as long as their `busy_timeout`).
///
/// # Errors
///
/// If the tables are newer than this program, or the database refuses a statement. Nothing is
/// changed then.
pub async fn migrate<'c, C, A>(source: A) -> Result<Migrated, Error>
where
    C: OutboxConnection,
    A: Acquire<'c, Database: Database<Connection = C>>,
{
    let mut connection = source.acquire().await?;
    let found = connection.version().await?;
    if pending(C::MIGRATIONS, found)?.is_empty() {
        return Ok(Migrated { from: found, to: found });
    }
    let mut tx = begin::<C>(&mut connection, C::BEGIN_MIGRATION).await?;
    tx.lock_migrations().await?;
    let from = tx.version().await?;
    let steps = pending(C::MIGRATIONS, from)?;
    for step in steps {
        tx.migrate(step).await?;
    }
    tx.commit().await.map_err(Error::of_commit)?;
    Ok(Migrated { from, to: steps.last().map_or(from, |step| step.version) })
}

/// The version of the outbox's tables. 0 if there are none.
///
/// # Errors
///
/// If the database cannot read them.
pub async fn schema_version<'c, C, A>(source: A) -> Result<u32, Error>
where
    C: OutboxConnection,
    A: Acquire<'c, Database: Database<Connection = C>>,
{
    source.acquire().await?.version().await
}
