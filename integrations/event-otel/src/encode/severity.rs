//! Levels as severities.

use event_core::Level;
#[cfg(feature = "opentelemetry")]
use opentelemetry::logs::Severity;

/// One table for the numbers of OTLP and the names of the API.
macro_rules! severities {
    ($($level:ident $number:literal $severity:ident,)*) => {
        /// The severity number of a level (OpenTelemetry logs data model, `SeverityNumber`): the
        /// first of the four numbers that each name has.
        pub(crate) const fn severity_number(level: Level) -> u8 {
            match level {
                $(Level::$level => $number,)*
            }
        }

        /// The severity of a level in the API.
        #[cfg(feature = "opentelemetry")]
        pub(crate) const fn severity(level: Level) -> Severity {
            match level {
                $(Level::$level => Severity::$severity,)*
            }
        }
    };
}

severities! {
    Trace 1 Trace,
    Debug 5 Debug,
    Info 9 Info,
    Warning 13 Warn,
    Error 17 Error,
    Critical 21 Fatal,
}
