//! What the tests of targets share: messages as the relay reads them, and a directory of one test.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test uses a part of it")]

use event_relay::targets::{BlockingTarget, Outcome};
use event_relay::{EntityKey, Message, Seq};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A value in the payload of each message.
pub const PAYLOAD: &str = "payload-4242";

pub fn id(seq: Seq) -> String {
    format!("019cebab-8995-7cb0-9b1f-{seq:012}")
}

/// A message with this place. Its envelope is a line of about 370 bytes.
pub fn message(seq: Seq) -> Message {
    let id = id(seq);
    let envelope = format!(
        r#"{{"event_id":"{id}","event_type":"order.payment.submitted","event_version":2,"occurred_at":"2026-03-14T09:26:53.589793Z","recorded_at":"2026-03-14T09:26:54.000000Z","level":"info","entity":{{"type":"order","id":"ord_9f2c8a"}},"context":{{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","service":"checkout"}},"payload":{{"order_id":"ord_9f2c8a","note":"{PAYLOAD}"}}}}"#
    );
    Message {
        seq,
        event_id: id,
        event_type: "order.payment.submitted".to_owned(),
        event_version: 2,
        entity: Some(EntityKey { kind: "order".to_owned(), id: "ord_9f2c8a".to_owned() }),
        envelope,
    }
}

/// Messages with these places.
pub fn batch(places: impl IntoIterator<Item = Seq>) -> Vec<Arc<Message>> {
    places.into_iter().map(|seq| Arc::new(message(seq))).collect()
}

pub fn publish(target: &impl BlockingTarget, places: impl IntoIterator<Item = Seq>) -> Outcome {
    target.publish(&batch(places))
}

pub const fn delivered(duplicates: usize) -> Outcome {
    Outcome::Delivered { duplicates }
}

/// The reason and the pause of an outcome that must be `Unavailable`.
pub fn unavailable(outcome: Outcome) -> (String, Option<Duration>) {
    match outcome {
        Outcome::Unavailable { reason, retry_after } => (reason, retry_after),
        other => panic!("not unavailable: {other:?}"),
    }
}

/// The reason of an outcome that must be `Rejected`.
pub fn rejected(outcome: Outcome) -> String {
    match outcome {
        Outcome::Rejected { reason } => reason,
        other => panic!("not rejected: {other:?}"),
    }
}

/// The reason of an outcome that must be `Unsendable`.
pub fn unsendable(outcome: Outcome) -> String {
    match outcome {
        Outcome::Unsendable { reason } => reason,
        other => panic!("not unsendable: {other:?}"),
    }
}

/// A directory of one test, gone with it.
pub struct Directory(PathBuf);

impl Directory {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let name = format!("event-relay-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
