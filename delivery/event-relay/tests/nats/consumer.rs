//! The consumer that the documentation of the target shows.

use crate::broker::{Broker, publish, target};
use crate::messages::delivered;
use crate::shop::Shop;
use async_nats::HeaderValue;
use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::stream::{Config, Stream};
use event_core::EventId;
use event_outbox_rusqlite::{Error, inbox};
use futures_util::TryStreamExt;
use rusqlite::Connection;
use std::time::Duration;

fn invoice(connection: &mut Connection, source: &str, id: &str) -> Result<bool, Error> {
    let Some(event_id) = EventId::parse(id) else { return Ok(false) };
    let tx = connection.transaction()?;
    let is_new = inbox::once(&tx, "invoices", source, event_id)?;
    if is_new {
        tx.execute("INSERT INTO invoices VALUES (?1)", [id])?;
    }
    tx.commit()?;
    Ok(is_new)
}

async fn consume(stream: Stream, connection: &mut Connection) -> Result<(), async_nats::Error> {
    let config = pull::Config { durable_name: Some("invoices".to_owned()), ..Default::default() };
    let consumer = stream.get_or_create_consumer("invoices", config).await?;
    let mut messages = consumer.messages().await?;
    while let Some(message) = messages.try_next().await? {
        let header = |name: &str| message.headers.as_ref()?.get(name).map(HeaderValue::as_str);
        if let (Some(source), Some(id)) = (header("ce-source"), header("ce-id")) {
            invoice(connection, source, id)?;
        }
        // If this is lost, the message comes again, and the inbox knows it.
        message.ack().await?;
    }
    Ok(())
}

#[test]
fn the_documentation_shows_this_consumer() {
    let own = include_str!("consumer.rs");
    let (_, rest) = own.split_once("\nasync fn consume(").expect("it is above");
    let (body, _) = rest.split_once("\n}\n").expect("it ends");
    let shown = include_str!("../../src/targets/nats/mod.rs").replace("//! ", "");
    assert!(shown.contains(&format!("\nasync fn consume({body}\n}}\n")), "{body}");
}

/// Two streams, so that each event is there twice.
#[test]
fn an_event_that_arrives_twice_has_one_effect() {
    let Some(broker) = Broker::start() else { return };
    let mut shop = Shop::open();
    shop.connection.execute_batch("CREATE TABLE invoices (id TEXT)").unwrap();
    let mut target = target(broker.options());
    for _ in 0..2 {
        // A new stream knows no id.
        broker.delete_stream();
        broker.stream(Config::default());
        for seq in 1..=20 {
            assert_eq!(publish(&mut target, seq), delivered(0));
        }
        broker.wait(async {
            let stream = broker.events().await;
            let consumer = consume(stream, &mut shop.connection);
            let ended = tokio::time::timeout(Duration::from_secs(3), consumer).await;
            assert!(ended.is_err(), "it consumes until it is stopped: {ended:?}");
        });
        assert_eq!(shop.ask::<i64>("SELECT count(*) FROM invoices"), 20);
    }
}
