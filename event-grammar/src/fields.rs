//! Field names that need care: reserved ones, and ones that look like sensitive data.

pub use crate::suspicious::{Suspicion, suspicion, suspicious_parameter, suspicious_word};

/// Keys that the line of any event may have: no event, group or context has a field of that name.
/// As an alias such a key is read from an envelope's payload, and never from a line, where it is
/// the record's.
pub const RESERVED: &[&str] = &[
    "actor",
    "causation_id",
    "environment",
    "event",
    "event_id",
    "level",
    "parent_span_id",
    "sequence",
    "service",
    "service_host",
    "service_pid",
    "service_version",
    "span_id",
    "timestamp",
    "trace_id",
    "version",
];

/// Names that only a context group may carry: the envelope has a place for them.
pub const RESERVED_FOR_CONTEXT: &[&str] = &["correlation_id"];

/// Keys that the record of a unit of work may have besides: only a wide event has no field of that
/// name.
pub const RESERVED_FOR_UNITS: &[&str] = &["incomplete", "sample_rate", "sample_reason"];

/// Whether a line has the key `key` for the record itself, whatever its event is.
pub fn is_of_the_record(key: &str) -> bool {
    RESERVED.contains(&key) || RESERVED_FOR_CONTEXT.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::RESERVED;

    #[test]
    fn the_table_is_sorted() {
        assert!(RESERVED.is_sorted());
    }
}
