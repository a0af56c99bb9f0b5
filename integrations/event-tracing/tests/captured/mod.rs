//! A layer that keeps what a subscriber gets, with its types.
#![allow(dead_code, reason = "each test uses some of it")]

use std::fmt;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// A value, by the method of the visitor that got it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    Str(String),
    Debug(String),
}

pub fn text(text: &str) -> Value {
    Value::Str(text.to_owned())
}

#[derive(Clone, Debug)]
pub struct Captured {
    thread: ThreadId,
    pub metadata: &'static Metadata<'static>,
    pub fields: Vec<(&'static str, Value)>,
}

impl Captured {
    pub fn name(&self) -> &'static str {
        self.metadata.name()
    }

    pub fn level(&self) -> Level {
        *self.metadata.level()
    }

    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// Keeps the events of all threads.
#[derive(Clone, Debug, Default)]
pub struct Capture(Arc<Mutex<Vec<Captured>>>);

impl Capture {
    /// Takes the events of this thread.
    pub fn take(&self) -> Vec<Captured> {
        let here = thread::current().id();
        self.0.lock().unwrap().extract_if(.., |event| event.thread == here).collect()
    }

    /// The number of events that are like this, of all threads.
    pub fn count(&self, is_like: impl Fn(&Captured) -> bool) -> usize {
        self.0.lock().unwrap().iter().filter(|event| is_like(event)).count()
    }
}

impl<S: Subscriber> Layer<S> for Capture {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields(Vec::new());
        event.record(&mut fields);
        self.0.lock().unwrap().push(Captured {
            thread: thread::current().id(),
            metadata: event.metadata(),
            fields: fields.0,
        });
    }
}

struct Fields(Vec<(&'static str, Value)>);

impl Visit for Fields {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.push((field.name(), Value::Bool(value)));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.push((field.name(), Value::I64(value)));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.push((field.name(), Value::U64(value)));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.0.push((field.name(), Value::F64(value)));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), text(value)));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push((field.name(), Value::Debug(format!("{value:?}"))));
    }
}
