//! Events through the logs API of the crate `opentelemetry`.

use crate::encode::{RECORD_UID, Service, VERSION, hex, is_timeless, severity};
use event_core::record::Record;
use event_core::record::members::{MemberPlace, TypedValue};
use event_core::{Sink, Timestamp};
use event_grammar::record::{Key as RecordKey, Within};
use opentelemetry::logs::{AnyValue, LogRecord, Logger};
use opentelemetry::{Key, SpanId, TraceId};
use std::fmt;
use std::io;
use std::time::{Duration, SystemTime};

/// Gives each record to a logger of an OpenTelemetry SDK.
///
/// ```
/// use event_core::Emitter;
/// use event_otel::LoggerSink;
/// use opentelemetry::logs::LoggerProvider;
///
/// fn emitter(provider: &impl LoggerProvider<Logger: Send + Sync + 'static>) -> Emitter {
///     Emitter::builder().sink(LoggerSink::new(provider.logger("shop"))).build()
/// }
/// ```
///
/// A record is what the [crate's table](crate#what-a-record-becomes) says, apart from
///
/// - the resource: it is the SDK's, and the record's members about the service are left out;
/// - `null` within lists and objects: the API has no such value, so it is left out.
///
/// Batches, limits and what is lost are the SDK's. An SDK with a simple processor sends on the
/// thread that emits.
pub struct LoggerSink<L> {
    logger: L,
}

impl<L: Logger + Send + Sync> LoggerSink<L> {
    /// A sink for this logger.
    pub const fn new(logger: L) -> Self {
        Self { logger }
    }
}

impl<L: Logger + Send + Sync> Sink for LoggerSink<L> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let mut log = self.logger.create_log_record();
        log.set_event_name(record.meta().name.snake);
        log.set_severity_number(severity(record.level()));
        log.set_severity_text(record.level().as_str());
        log.set_observed_timestamp(time(record.recorded_at()));
        log.add_attribute(RECORD_UID, record.event_id().to_string());
        log.add_attribute(VERSION, i64::from(record.meta().version));
        if is_timeless(record) {
            let key = RecordKey::OccurredAt.name(Within::Line);
            log.add_attribute(key, record.occurred_at().to_string());
        } else {
            log.set_timestamp(time(record.occurred_at()));
        }
        let (mut trace_id, mut span_id) = (None, None);
        for member in record.members() {
            let key = member.key();
            if member.place() == MemberPlace::Context {
                if key == RecordKey::TraceId.name(Within::Line) {
                    trace_id = hex(member.json()).map(TraceId::from_bytes);
                    continue;
                } else if key == RecordKey::SpanId.name(Within::Line) {
                    span_id = hex(member.json()).map(SpanId::from_bytes);
                    continue;
                } else if Service::place_of(&key).is_some() {
                    continue;
                }
            }
            if let Some(value) = value(member.value()) {
                log.add_attribute(Key::from(key.into_owned()), value);
            }
        }
        if let Some((trace_id, span_id)) = trace_id.zip(span_id) {
            log.set_trace_context(trace_id, span_id, None);
        }
        self.logger.emit(log);
        Ok(())
    }

    fn wants_members(&self) -> bool {
        true
    }
}

/// A value of an attribute. The API has no `null`.
fn value(value: TypedValue<'_>) -> Option<AnyValue> {
    Some(match value {
        TypedValue::Text(text) => text.into_owned().into(),
        TypedValue::Unsigned(number) => match i64::try_from(number) {
            Ok(number) => number.into(),
            // OpenTelemetry has no larger number, and a double would lose digits.
            Err(_) => number.to_string().into(),
        },
        TypedValue::Signed(number) => number.into(),
        TypedValue::Float(number) => number.into(),
        TypedValue::Bool(truth) => truth.into(),
        TypedValue::List(list) => list.filter_map(self::value).collect(),
        TypedValue::Object(object) => object
            .filter_map(|(key, item)| Some((Key::from(key.into_owned()), self::value(item)?)))
            .collect(),
        _ => return None,
    })
}

/// A time of the system's clock. Every time of a record is in its range.
fn time(time: Timestamp) -> SystemTime {
    let micros = Duration::from_micros(time.as_micros().unsigned_abs());
    let moved = match time.as_micros() {
        0.. => SystemTime::UNIX_EPOCH.checked_add(micros),
        _ => SystemTime::UNIX_EPOCH.checked_sub(micros),
    };
    moved.unwrap_or(SystemTime::UNIX_EPOCH)
}

impl<L> fmt::Debug for LoggerSink<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoggerSink").finish_non_exhaustive()
    }
}
