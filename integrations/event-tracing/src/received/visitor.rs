//! The fields of one event of `tracing`.

use super::{TracingSeverity, TracingValue};
use event_core::mask::REDACTED;
use event_grammar::fields::suspicion;
use std::collections::BTreeMap;
use std::fmt;
use tracing_core::Level as TracingLevel;
use tracing_core::field::{Field, Visit};

/// What the fields of an event say.
#[derive(Default)]
pub(super) struct Said {
    pub(super) message: Option<String>,
    pub(super) fields: BTreeMap<String, TracingValue>,
    pub(super) log: Log,
}

/// What `tracing-log` says in fields of a record of the crate `log`, because all such records have
/// one callsite.
#[derive(Default)]
pub(super) struct Log {
    pub(super) target: Option<String>,
    pub(super) file: Option<String>,
    pub(super) line: Option<u32>,
}

impl Said {
    fn keep(&mut self, field: &Field, value: TracingValue) {
        match (field.name(), value) {
            ("message", TracingValue::Text(text)) => self.message = Some(text),
            ("log.target", TracingValue::Text(text)) => self.log.target = Some(text),
            ("log.file", TracingValue::Text(text)) => self.log.file = Some(text),
            ("log.line", TracingValue::Integer(line)) => self.log.line = u32::try_from(line).ok(),
            // The target says the same.
            ("log.module_path", _) => {}
            (name, value) => {
                let value = if suspicion(name).is_some() { redacted() } else { value };
                self.fields.insert(name.to_owned(), value);
            }
        }
    }
}

fn redacted() -> TracingValue {
    TracingValue::Text(REDACTED.to_owned())
}

impl Visit for Said {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.keep(field, TracingValue::Bool(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.keep(field, TracingValue::Integer(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        let number = i64::try_from(value).map_or(TracingValue::Large(value), TracingValue::Integer);
        self.keep(field, number);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // JSON has no other numbers, and `null` would lose which one it is.
        if value.is_finite() {
            self.keep(field, TracingValue::Float(value));
        } else {
            self.record_debug(field, &value);
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, TracingValue::Text(value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.keep(field, TracingValue::Text(format!("{value:?}")));
    }
}

pub(super) const fn severity(level: TracingLevel) -> TracingSeverity {
    match level {
        TracingLevel::TRACE => TracingSeverity::Trace,
        TracingLevel::DEBUG => TracingSeverity::Debug,
        TracingLevel::INFO => TracingSeverity::Info,
        TracingLevel::WARN => TracingSeverity::Warn,
        TracingLevel::ERROR => TracingSeverity::Error,
    }
}
