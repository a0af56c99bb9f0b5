//! Makes the outbox's tables, and brings older ones up to date.

use crate::error::Error;
use event_outbox::sql::postgres::{
    HAS_SCHEMA_TABLE, LOCK, MIGRATED, MIGRATIONS, SCHEMA_TABLE, VERSION,
};
use event_outbox::{Migrated, pending};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, IsolationLevel};

/// Makes the outbox's tables, or brings older ones up to date. If they are up to date, it only
/// reads their version.
///
/// It is one transaction that holds a lock: of several programs that start at once, one migrates,
/// and the others wait for it.
///
/// # Errors
///
/// If the tables are newer than this program, or PostgreSQL refuses a statement. Nothing is changed
/// then.
pub async fn migrate(client: &mut Client) -> Result<Migrated, Error> {
    let found = schema_version(client).await?;
    if pending(MIGRATIONS, found)?.is_empty() {
        return Ok(Migrated { from: found, to: found });
    }
    // At a higher level it would not see what another program did while this one waited.
    let begin = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
    let tx = begin.start().await?;
    tx.batch_execute(LOCK).await?;
    let from = schema_version(tx.client()).await?;
    let steps = pending(MIGRATIONS, from)?;
    tx.batch_execute(SCHEMA_TABLE).await?;
    for step in steps {
        tx.batch_execute(step.sql).await?;
        let version = i64::from(step.version);
        tx.execute_typed(MIGRATED, &[(&version, Type::INT8), (&step.name, Type::TEXT)]).await?;
    }
    tx.commit().await.map_err(Error::of_commit)?;
    Ok(Migrated { from, to: steps.last().map_or(from, |step| step.version) })
}

/// The version of the outbox's tables. 0 if there are none.
///
/// # Errors
///
/// If PostgreSQL cannot read them.
pub async fn schema_version(client: &Client) -> Result<u32, Error> {
    if !client.query_typed_one(HAS_SCHEMA_TABLE, &[]).await?.try_get::<_, bool>(0)? {
        return Ok(0);
    }
    let version: i64 = client.query_typed_one(VERSION, &[]).await?.try_get(0)?;
    // A number that no program writes is a newer version.
    Ok(u32::try_from(version).unwrap_or(u32::MAX))
}
