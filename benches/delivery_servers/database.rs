//! A database of PostgreSQL with the outbox's tables.

use crate::event::{context, paid};
use event_core::{Emit, Emitter, Timestamp};
use event_outbox_tokio_postgres::{Error, Outbox, migrate};
use event_relay::database::DatabaseLocation;
use event_relay::source::{Claim, EventSource, Lease, OnPoison, OutboxSource};
use test_servers::Postgres;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

/// What writes at times of its own is off.
pub(crate) fn server(fsync: &str) -> Option<Postgres> {
    Postgres::setup().setting("autovacuum", "off").setting("fsync", fsync).start()
}

/// The threads of the relay's own connections and targets are like this one.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A client, within a runtime.
pub(crate) async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A new database: its URL.
pub(crate) fn made(server: &Postgres, name: &str) -> String {
    let url = server.database(name);
    runtime().block_on(async { migrate(&mut client(&url).await).await.unwrap() });
    url
}

/// Writes so many events. They are of the orders in turn, as in the outbox of SQLite.
pub(crate) fn fill(url: &str, events: usize, orders: usize) {
    let (outbox, numbers) = (Outbox::new(emitter()), (0..events).collect::<Vec<_>>());
    let _bound = context().enter();
    runtime().block_on(async {
        let mut client = client(url).await;
        for numbers in numbers.chunks(1_000) {
            outbox
                .transaction(&mut client, async |_, buffer| {
                    for event in numbers {
                        paid(i64::try_from(event % orders).unwrap()).emit_to(buffer);
                    }
                    Ok::<_, Error>(())
                })
                .await
                .unwrap();
        }
    });
}

pub(crate) fn emitter() -> Emitter {
    Emitter::builder().service("shop").environment("bench").build()
}

/// The source of a target that has the lease of its cursor. A new name has a new cursor.
pub(crate) fn source(location: &DatabaseLocation, target: &str) -> OutboxSource {
    let lease = Lease::new("bench").lasting(Lease::LONGEST);
    let mut source = OutboxSource::open(location, target, OnPoison::BlockEntity, lease).unwrap();
    let claim = source.rewind(Timestamp::now()).unwrap();
    assert!(matches!(claim, Claim::Granted { .. }), "no other relay has the lease");
    source
}
