//! The guide: the pages of the repository's `docs/`, one module for each.
//!
//! | to | read |
//! | --- | --- |
//! | begin | [start] |
//! | declare events | [declare], and [protect] for sensitive data |
//! | emit them | [emit], [sinks], [context], [tracing] |
//! | write them in transactions and publish them | [delivery]; [postgres], [other_table]; [kafka], [nats], or [debezium]; [operate] |
//! | emit request events of a web service | [web] |
//! | send them to OpenTelemetry | [opentelemetry] |
//! | ask what happened | [queries] |
//! | test what is emitted | [test](mod@test) |
//! | give schemas to other tools | [schemas], [envelope], [registry] |
//! | change an event | [change], [lock] |
//! | look something up | [reference](mod@reference), [command], [compatibility] |
//! | come from other tools | [migrate], [performance], [comparison] |

// The pages name their links, and `guide-links.txt` comes first: of two definitions of one name the
// first counts, so the links lead to these modules instead of files. `guide` is a link to `docs/`; a
// package has the files themselves, which its manifest includes.
macro_rules! pages {
    ($($name:ident)*) => { $(
        #[doc = include_str!("../guide-links.txt")]
        #[doc = include_str!(concat!("../guide/", stringify!($name), ".md"))]
        pub mod $name {}
    )* };
}

pages!(
    start declare protect emit sinks delivery postgres other_table kafka nats operate debezium queries context web tracing opentelemetry test schemas envelope
    registry change lock command compatibility reference migrate performance comparison
);
