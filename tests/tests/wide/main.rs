//! Wide events: gathered over a unit of work, flushed once.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

mod contributions;
mod places;
mod schemas;
mod tail;
mod units;

use event_core::emit::Clock;
use event_core::unit::elapsed;
use event_core::{Emitter, Level, Recorder, Str, Timestamp, events};
use serde_json::Value;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserContribution<'a> {
        #[entity(user)]
        pub user_id: Str<'a>,
        pub tier: Option<Str<'a>>,
        #[sensitive(email)]
        pub user_email: Option<Str<'a>>,
    }

    #[group(skip_none)]
    pub struct ChatContribution<'a> {
        #[field(rename = "chatId")]
        pub chat_id: Str<'a>,
        pub model: Option<Str<'a>>,
        pub tokens: Option<u64>,
    }

    #[group]
    pub struct CostContribution {
        #[field(finite)]
        pub cost: f64,
    }

    /// One for each request.
    #[event(level = match code { 500..=599 => error, _ => info }, wide(UserContribution, ChatContribution, CostContribution))]
    pub struct RequestHandleFinished<'a> {
        pub path: Str<'a>,
        pub code: u16,
        #[elapsed]
        pub duration_ms: f64,
    }

    /// Below it: of another type, with a contribution in common.
    #[event(info, wide(ChatContribution))]
    pub struct RequestHandleCompleted;
);

fn finished(code: u16) -> RequestHandleFinished<'static> {
    RequestHandleFinished { path: "/chat".into(), code, duration_ms: elapsed() }
}

fn user(user_id: &str) -> UserContribution<'_> {
    UserContribution { user_id: user_id.into(), tier: Some("gold".into()), user_email: None }
}

fn chat(chat_id: &str) -> ChatContribution<'_> {
    ChatContribution { chat_id: chat_id.into(), model: None, tokens: None }
}

/// The lines that `work` emits, as JSON.
fn lines(work: impl FnOnce()) -> Vec<Value> {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    work();
    drop(scope);
    values(&recorder)
}

fn values(recorder: &Recorder) -> Vec<Value> {
    recorder.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The one line that `work` emits.
fn line(work: impl FnOnce()) -> Value {
    let mut lines = lines(work);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    lines.remove(0)
}

/// A clock that is moved by hand.
#[derive(Clone, Default)]
struct Hand(Arc<AtomicU64>);

impl Hand {
    fn pass(&self, time: Duration) {
        self.0.fetch_add(u64::try_from(time.as_micros()).unwrap(), Ordering::Relaxed);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(1_767_323_045_000_000 + self.0.load(Ordering::Relaxed).cast_signed())
    }
}

fn emitter_of(recorder: &Recorder, clock: &Hand) -> event_core::emit::Builder {
    Emitter::builder()
        .level(Level::Trace)
        .clock(clock.clone())
        .sink(recorder.clone())
        .on_incident(|_| {})
}

/// What a sink of lines wrote.
#[derive(Clone, Default)]
struct Bytes(Arc<Mutex<Vec<u8>>>);

impl Bytes {
    fn values(&self) -> Vec<Value> {
        let bytes = self.0.lock().unwrap();
        serde_json::Deserializer::from_slice(&bytes).into_iter().map(Result::unwrap).collect()
    }
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
