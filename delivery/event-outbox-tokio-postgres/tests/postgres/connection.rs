//! A connection that is lost: nothing is half there, and the error says what is known.

use crate::shop::{Database, Shop, place};
use event_outbox_tokio_postgres::Error;
use std::error::Error as _;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use tokio_postgres::{Client, NoTls};

/// A client behind a proxy that cuts the connection as soon as the client has sent a text: after
/// the server has it (`is_forwarded`), or before.
async fn client_that_is_cut(database: &Database, at: &'static str, is_forwarded: bool) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, to) = (listener.local_addr().unwrap().port(), database.server.port());
    thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", to)).unwrap();
        let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        thread::spawn(move || std::io::copy(&mut answers, &mut back));
        let mut bytes = [0; 8_192];
        loop {
            let length = client.read(&mut bytes).unwrap_or(0);
            let sent = &bytes[..length];
            let is_here = sent.windows(at.len()).any(|window| window == at.as_bytes());
            if is_here {
                client.shutdown(Shutdown::Both).unwrap();
            }
            if is_forwarded || !is_here {
                server.write_all(sent).unwrap();
            }
            if is_here || length == 0 {
                // The server reads what it has got, and then the end.
                let _ = server.shutdown(Shutdown::Write);
                return;
            }
        }
    });
    let url = database.url.replace(&format!(":{to}/"), &format!(":{port}/"));
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

#[tokio::test]
async fn during_the_commit_its_outcome_is_unknown() {
    let Some((database, _)) = Database::new("cut").await else { return };
    for (order_id, is_forwarded, outcome) in [(1, false, "- / -"), (2, true, "2 / 2")] {
        let shop = Shop::new();
        let mut client = client_that_is_cut(&database, "COMMIT", is_forwarded).await;
        let outbox = shop.outbox.clone().on_commit(|| panic!("it is not known to be committed"));
        let failed =
            outbox.transaction(&mut client, async |tx, events| place(tx, events, order_id).await);
        let error = failed.await.unwrap_err();
        assert!(matches!(error, Error::CommitUnknown(_)), "{error}");
        let text = error.to_string();
        assert!(
            text.starts_with("the connection was lost during COMMIT, so its outcome is unknown: ")
                && text.ends_with("\nhelp: read whether the change is there before you repeat it"),
            "{text}"
        );
        assert!(error.source().is_some());
        // The server may be at it still.
        let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                    AND pid <> pg_backend_pid() AND state <> 'idle'";
        while database.sql(open) != "0" {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(database.orders_and_events(), outcome);
        assert_eq!((shop.counts(), shop.memory.records().len()), ([0, 1, 0], 0));
        assert!(shop.incidents().is_empty());
    }
}

#[tokio::test]
async fn before_the_commit_it_is_rolled_back() {
    let Some((database, _)) = Database::new("cut_before").await else { return };
    let shop = Shop::new();
    let mut client = client_that_is_cut(&database, "INSERT INTO domain_events", true).await;
    let failed =
        shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    let error = failed.await.unwrap_err();
    assert!(matches!(error, Error::Postgres(_)), "{error}");
    let again = shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    assert_eq!(
        again.await.unwrap_err().to_string(),
        "connection closed\nhelp: the connection is closed: take another one, and run the \
         transaction again"
    );
    assert_eq!(database.orders_and_events(), "- / -");
    assert_eq!(shop.counts(), [0, 1, 0]);
}

/// A server that shuts down ends the session by a fatal error, also in the middle of a commit.
#[tokio::test]
async fn a_session_that_is_ended_during_the_commit() {
    let Some((database, mut client)) = Database::new("ended").await else { return };
    let shop = Shop::new();
    database.sql(
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION slow()",
    );
    let transaction =
        shop.outbox.transaction(&mut client, async |tx, events| place(tx, events, 1).await);
    let end = async {
        let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                   WHERE query = 'COMMIT' AND datname = current_database() AND state = 'active'";
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            if database.sql(sql) == "1" {
                return;
            }
        }
    };
    let (failed, ()) = tokio::join!(transaction, end);
    let error = failed.unwrap_err();
    assert!(matches!(error, Error::CommitUnknown(_)), "{error}");
    assert!(error.to_string().contains("administrator command (SQLSTATE 57P01)"), "{error}");
    assert_eq!(database.orders_and_events(), "- / -");
    assert_eq!(shop.counts(), [0, 1, 0]);
}
