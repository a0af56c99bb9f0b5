//! With the documented grants, each role can do its work, and no more.

use crate::shop::{Database, Shop, place, refuse};
use event_core::{EventId, Timestamp};
use event_outbox::sql::postgres::ROLES;
use event_outbox_tokio_postgres::{flush, inbox, migrate};
use tokio_postgres::Client;

async fn refused(client: &Client, statement: &str) {
    let error = client.batch_execute(statement).await.expect_err(statement);
    let error = error.as_db_error().unwrap();
    assert_eq!(error.code().code(), "42501", "{statement}: {error}");
}

async fn allowed(client: &Client, statement: &str) {
    client.batch_execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
}

#[tokio::test]
async fn each_role_can_do_its_work_and_no_more() {
    let Some((database, mut client)) = Database::new("roles").await else { return };
    // Roles belong to the server, which other tests use.
    database.sql("CREATE ROLE application; CREATE ROLE relay; CREATE ROLE purge");
    database.sql(ROLES);
    database.sql("GRANT INSERT ON orders TO application");

    allowed(&client, "SET ROLE application").await;
    let shop = Shop::new();
    let done = shop.outbox.transaction(&mut client, async |tx, events| {
        place(tx, events, 1).await?;
        refuse(events, 1, 1);
        refuse(events, 1, 1);
        inbox::once(tx, "invoices", "shop", EventId::new()).await?;
        flush(tx, events).await
    });
    assert_eq!(done.await.unwrap().duplicates, 1);
    assert_eq!(inbox::purge(&client, Timestamp::now()).await.unwrap(), 1);
    migrate(&mut client).await.unwrap();
    refused(&client, "UPDATE domain_events SET event_type = 'x'").await;
    refused(&client, "DELETE FROM domain_events").await;
    refused(&client, "TRUNCATE domain_events").await;
    refused(&client, "SELECT envelope FROM domain_events").await;
    refused(&client, "SELECT * FROM outbox_cursor").await;

    allowed(&client, "SET ROLE relay").await;
    allowed(&client, "SELECT * FROM domain_events; SELECT * FROM outbox_schema").await;
    for statement in [
        "INSERT INTO outbox_cursor (target, updated_at) VALUES ('archive', now())",
        "UPDATE outbox_cursor SET low_seq = 1",
        "INSERT INTO outbox_parked SELECT 'archive', seq, event_id, event_type, entity_type,
             entity_id, 'dead', 1, now(), now(), 'why' FROM domain_events",
        "UPDATE outbox_parked SET state = 'retry'",
        "DELETE FROM outbox_parked",
        "INSERT INTO outbox_audit (recorded_at, event_type, envelope) VALUES (now(), 'x', '{}')",
    ] {
        allowed(&client, statement).await;
    }
    refused(&client, "DELETE FROM domain_events").await;
    refused(&client, "UPDATE outbox_audit SET envelope = '{}'").await;

    allowed(&client, "SET ROLE purge").await;
    allowed(&client, "SELECT min(low_seq) FROM outbox_cursor").await;
    allowed(&client, "DELETE FROM domain_events WHERE seq <= 1").await;
    allowed(&client, "DELETE FROM inbox_seen WHERE seen_at < now()").await;
    refused(&client, "UPDATE domain_events SET event_type = 'x'").await;
    refused(&client, "DELETE FROM outbox_cursor").await;
}

#[tokio::test]
async fn a_role_without_the_grants_reads_what_to_do() {
    let Some((database, mut client)) = Database::new("no_grants").await else { return };
    database.sql("CREATE ROLE guest; GRANT INSERT ON orders TO guest");
    allowed(&client, "SET ROLE guest").await;
    let shop = Shop::new();
    let failed =
        shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    assert_eq!(
        failed.await.unwrap_err().to_string(),
        "permission denied for table domain_events (SQLSTATE 42501)\nhelp: grant the role of the \
         connection what `event_outbox::sql::postgres::ROLES` lists"
    );
}
