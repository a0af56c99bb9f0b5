//! OTLP over HTTP, with receivers that answer late, wrongly or not at all: what is sent again, what
//! is lost, how it is counted, and that the thread that emits and the memory do not notice.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

mod delivery;
mod faults;
mod hanging;

use event_core::emit::SinkReport;
use event_core::sink::Background;
use event_core::{Emitter, events};
use event_otel::OtlpHttp;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use prost::Message as _;
use receiver::{Receiver, Request};
use std::time::{Duration, Instant};

events!(
    #[domain]
    pub enum Queue {
        Step,
    }

    #[event(info)]
    pub struct QueueStepCompleted {
        pub count: i64,
        pub text: String,
    }
);

fn step(count: i64) -> QueueStepCompleted {
    QueueStepCompleted { count, text: "a text".to_owned() }
}

/// Sends to this receiver, and gives up after this time.
fn to(receiver: &Receiver, retry_for: Duration) -> OtlpHttp {
    OtlpHttp::new(&receiver.url("/v1/logs?key=s3cr3t")).unwrap().retry_for(retry_for)
}

fn emitter(sink: Background) -> Emitter {
    Emitter::builder().service("shop").sink(sink).on_incident(|_| {}).build()
}

/// Emits this many records, and waits until they are delivered or lost.
fn emit(emitter: &Emitter, records: i64) -> SinkReport {
    (0..records).for_each(|count| emitter.emit(&step(count)));
    emitter.flush().unwrap();
    let sink = emitter.report().sinks.remove(0);
    assert_eq!(sink.waiting, 0);
    assert_eq!(sink.delivered + sink.failed + sink.dropped, emitter.report().emitted);
    sink
}

/// Emits this many records, and waits for what is said of them: the thread of the queue says that a
/// batch is written, and then what is wrong with it.
fn told(emitter: &Emitter, records: i64) -> (SinkReport, String) {
    let last_error = || emitter.report().sinks.remove(0).last_error;
    let before = last_error();
    let sink = emit(emitter, records);
    let begun = Instant::now();
    loop {
        match last_error() {
            Some(error) if before.as_ref() != Some(&error) => return (sink, error),
            _ => assert!(begun.elapsed() < Duration::from_secs(10), "nothing is reported"),
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn decoded(body: &[u8]) -> ExportLogsServiceRequest {
    ExportLogsServiceRequest::decode(body).unwrap()
}

/// How many records a request has.
fn records(request: &Request) -> usize {
    let request = decoded(&request.body);
    let scopes = request.resource_logs.iter().flat_map(|of_resource| &of_resource.scope_logs);
    scopes.map(|scope| scope.log_records.len()).sum()
}
