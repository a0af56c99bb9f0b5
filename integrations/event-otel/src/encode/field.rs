//! The fields of the OTLP messages that are written: their numbers in protobuf, and their keys in
//! JSON (opentelemetry-proto 1.7, `logs.proto`, `resource.proto`, `common.proto`).

/// A field of a message.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// The number in protobuf. All are less than 16, so number and type are one byte.
    #[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only protobuf needs it"))]
    pub(crate) number: u8,
    /// The key in JSON.
    pub(crate) name: &'static str,
}

macro_rules! fields {
    ($($message:literal { $($field:ident = $number:literal $name:literal,)* })*) => {$($(
        #[doc = concat!("`", $name, "` of `", $message, "`.")]
        pub(crate) const $field: Field = Field { number: $number, name: $name };
    )*)*};
}

fields! {
    "ExportLogsServiceRequest" {
        RESOURCE_LOGS = 1 "resourceLogs",
    }
    "ResourceLogs" {
        RESOURCE = 1 "resource",
        SCOPE_LOGS = 2 "scopeLogs",
    }
    "Resource" {
        RESOURCE_ATTRIBUTES = 1 "attributes",
    }
    "ScopeLogs" {
        SCOPE = 1 "scope",
        LOG_RECORDS = 2 "logRecords",
    }
    "InstrumentationScope" {
        SCOPE_NAME = 1 "name",
        SCOPE_VERSION = 2 "version",
    }
    "LogRecord" {
        TIME = 1 "timeUnixNano",
        SEVERITY_NUMBER = 2 "severityNumber",
        SEVERITY_TEXT = 3 "severityText",
        ATTRIBUTES = 6 "attributes",
        TRACE_ID = 9 "traceId",
        SPAN_ID = 10 "spanId",
        OBSERVED_TIME = 11 "observedTimeUnixNano",
        EVENT_NAME = 12 "eventName",
    }
    "KeyValue" {
        KEY = 1 "key",
        VALUE = 2 "value",
    }
    "AnyValue" {
        STRING = 1 "stringValue",
        BOOL = 2 "boolValue",
        INT = 3 "intValue",
        DOUBLE = 4 "doubleValue",
        ARRAY = 5 "arrayValue",
        KVLIST = 6 "kvlistValue",
    }
    "ArrayValue, KeyValueList" {
        VALUES = 1 "values",
    }
}
