//! The shop in PostgreSQL.

use super::plan::{Change, Plan};
use super::{NotCommitted, Refused};
use crate::store::Session;
use event_core::Emitter;
use event_outbox::TxEvents;
use event_outbox_tokio_postgres::{Outbox, flush, migrate, savepoint};
use tokio_postgres::{Statement, Transaction};

pub(super) struct Tables {
    url: String,
    /// With the statement that changes an order. `None`: not yet, or the connection is lost.
    session: Option<(Session, Statement)>,
    outbox: Outbox,
}

/// `purged` remembers what `event-relay purge` deletes, so that the oracle knows every event. A
/// trigger would wait for transactions that are open, so the tables are made once.
const TABLES: &str = "
    DO $$ BEGIN
        IF to_regclass('purged') IS NULL THEN
            CREATE TABLE orders (id text PRIMARY KEY, version bigint NOT NULL);
            CREATE TABLE purged (
                seq bigint PRIMARY KEY, event_id uuid, entity_id text, entity_version bigint
            );
            CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
                INSERT INTO purged
                VALUES (OLD.seq, OLD.event_id, OLD.entity_id, OLD.entity_version);
                RETURN OLD;
            END';
            CREATE TRIGGER remember AFTER DELETE ON domain_events
                FOR EACH ROW EXECUTE FUNCTION remember();
        END IF;
    END $$";

/// Locks the row of the order.
const NEXT_VERSION: &str = "INSERT INTO orders VALUES ($1, 1)
    ON CONFLICT (id) DO UPDATE SET version = orders.version + 1 RETURNING version";

impl Tables {
    pub(super) fn new(url: &str, emitter: Emitter) -> Self {
        Self { url: url.to_owned(), session: None, outbox: Outbox::new(emitter) }
    }

    fn session(&mut self) -> Result<&mut (Session, Statement), Refused> {
        self.session.take_if(|(session, _)| session.is_closed());
        if self.session.is_none() {
            let mut session = Session::connect(&self.url)?;
            session.run(migrate)?;
            let next_version = session.run(async |client| {
                client.batch_execute(TABLES).await?;
                client.prepare(NEXT_VERSION).await
            })?;
            self.session = Some((session, next_version));
        }
        Ok(self.session.as_mut().expect("it is connected"))
    }

    pub(super) fn number(&mut self, query: &str) -> Result<i64, Refused> {
        let (session, _) = self.session()?;
        Ok(session.query(query)?[0][0].parse()?)
    }

    pub(super) fn change(&mut self, plan: &Plan) -> Result<(), NotCommitted> {
        let outbox = self.outbox.clone();
        let (session, next_version) = self.session()?;
        let work = async |tx: &mut Transaction<'_>, events: &mut TxEvents| {
            work(tx, events, plan, next_version).await
        };
        session.run(async |client| outbox.transaction(client, work).await)
    }
}

async fn work(
    tx: &mut Transaction<'_>,
    events: &mut TxEvents,
    plan: &Plan,
    next_version: &Statement,
) -> Result<(), NotCommitted> {
    for change in &plan.changes {
        if change.is_tried {
            let undone: Result<(), NotCommitted> = savepoint(tx, events, async |part, events| {
                change.emit(events, version(part, change, next_version).await?, false);
                Err(NotCommitted::OnPurpose)
            })
            .await;
            match undone {
                Err(NotCommitted::OnPurpose) | Ok(()) => {}
                Err(refused) => return Err(refused),
            }
        }
        change.emit(events, version(tx, change, next_version).await?, plan.is_meant);
    }
    if plan.is_early {
        flush(tx, events).await?;
    }
    if !plan.held.is_zero() {
        tokio::time::sleep(plan.held).await;
    }
    if plan.is_meant { Ok(()) } else { Err(NotCommitted::OnPurpose) }
}

/// Changes the order, and returns its version.
async fn version(
    tx: &Transaction<'_>,
    change: &Change,
    next_version: &Statement,
) -> Result<u64, tokio_postgres::Error> {
    if let Some(version) = change.version {
        return Ok(version);
    }
    let row = tx.query_one(next_version, &[&change.order]).await?;
    Ok(row.get::<_, i64>(0).unsigned_abs())
}
