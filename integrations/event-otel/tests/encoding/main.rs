//! Random records in both writings of OTLP, read by the types that the OpenTelemetry project
//! generates, against the flat line. `EVENTS_FULL=1` reads 100,000 records.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

mod events;
mod expected;

use event_core::emit::Builder;
use event_core::sink::{Background, Memory, WhenFull};
use event_core::{Emitter, Level, Timestamp};
use event_otel::{OtlpHttp, OtlpLines, OtlpProtocol, Resource};
use events::{
    OrderShipFailed, OrderStartCompleted, OrderStartFailed, OrderStartRejected,
    OrderStartRequested, OrderStartStarted, emit, inputs,
};
use expected::{any, log_record, pair, sorted, text};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use prost::Message as _;
use receiver::Receiver;
use serde_json::json;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A writer whose bytes can be taken.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An emitter that writes every record in all ways.
struct Ways {
    emitter: Emitter,
    memory: Memory,
    protobuf: Receiver,
    json: Receiver,
    lines: Written,
}

impl Ways {
    fn new(builder: Builder, resource: &Resource) -> Self {
        let (protobuf, json) = (Receiver::start(), Receiver::start());
        let (lines, memory) = (Written::default(), Memory::new());
        let queue = Background::options().when_full(WhenFull::Block);
        let http = |to: &Receiver, protocol| {
            let http = OtlpHttp::new(&to.url("/v1/logs")).unwrap().protocol(protocol);
            http.resource(resource.clone()).queue(queue.clone()).start().unwrap()
        };
        let emitter = builder
            .level(Level::Trace)
            .sink(http(&protobuf, OtlpProtocol::Protobuf))
            .sink(http(&json, OtlpProtocol::Json))
            .sink(OtlpLines::new(lines.clone()).resource(resource.clone()))
            .sink(memory.clone())
            // An event is emitted without its context on purpose.
            .on_incident(|_| {})
            .build();
        Self { emitter, memory, protobuf, json, lines }
    }

    /// The requests of the three ways, in this order.
    fn requests(&self) -> [Vec<ExportLogsServiceRequest>; 3] {
        self.emitter.flush().unwrap();
        for sink in self.emitter.report().sinks {
            assert_eq!(
                (sink.failed, sink.dropped, &sink.last_error),
                (0, 0, &None),
                "{}",
                sink.name
            );
        }
        let protobuf = self.protobuf.requests().into_iter().map(|request| {
            assert_eq!(request.header("content-type"), Some("application/x-protobuf"));
            let message = ExportLogsServiceRequest::decode(&request.body[..]).unwrap();
            let length = message.encode_to_vec().len();
            // Generated code leaves an empty key out, which is two bytes.
            assert!(length <= request.body.len(), "lengths have no superfluous bytes");
            if length == request.body.len() {
                assert_eq!(message.encode_to_vec(), request.body);
            }
            message
        });
        let protobuf = protobuf.collect();
        let json = self.json.requests().into_iter().map(|request| {
            assert_eq!(request.header("content-type"), Some("application/json"));
            serde_json::from_slice(&request.body).unwrap()
        });
        let lines = std::mem::take(&mut *self.lines.0.lock().unwrap());
        let lines = String::from_utf8(lines).unwrap();
        let lines = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        [protobuf, json.collect(), lines]
    }
}

#[test]
fn random_records_are_their_lines() {
    const BATCH: usize = 200;
    let is_full = std::env::var_os("EVENTS_FULL").is_some();
    let ways = Ways::new(Emitter::builder().service("a \"shop\"").service_pid(), &Resource::new());
    let (mut runner, strategy) = (TestRunner::default(), inputs());
    for _ in 0..if is_full { 500 } else { 3 } {
        for _ in 0..BATCH {
            emit(&strategy.new_tree(&mut runner).unwrap().current(), &ways.emitter);
        }
        let requests = ways.requests();
        let expected: Vec<LogRecord> = ways.memory.take().iter().map(log_record).collect();
        assert_eq!(expected.len(), BATCH);
        assert_eq!(requests[2].len(), BATCH, "a line for each record");
        for way in &requests {
            let read: Vec<LogRecord> = way.iter().flat_map(sorted).collect();
            assert_eq!(read.len(), BATCH);
            for (read, expected) in read.iter().zip(&expected) {
                assert_eq!(read, expected);
            }
        }
    }
}

#[test]
fn levels_are_severities() {
    let ways = Ways::new(Emitter::builder(), &Resource::new());
    ways.emitter.emit(&OrderStartRequested {});
    ways.emitter.emit(&OrderStartStarted {});
    ways.emitter.emit(&OrderStartCompleted {});
    ways.emitter.emit(&OrderStartRejected {});
    ways.emitter.emit(&OrderStartFailed {});
    ways.emitter.emit(&OrderShipFailed {});
    for way in ways.requests() {
        let records: Vec<_> = way.iter().flat_map(sorted).collect();
        let severities = records
            .iter()
            .map(|record| (record.severity_number().as_str_name(), &*record.severity_text));
        assert_eq!(
            severities.collect::<Vec<_>>(),
            [
                ("SEVERITY_NUMBER_TRACE", "trace"),
                ("SEVERITY_NUMBER_DEBUG", "debug"),
                ("SEVERITY_NUMBER_INFO", "info"),
                ("SEVERITY_NUMBER_WARN", "warning"),
                ("SEVERITY_NUMBER_ERROR", "error"),
                ("SEVERITY_NUMBER_FATAL", "critical"),
            ]
        );
    }
}

#[test]
fn the_resource_is_the_service_and_what_is_set() {
    let resource = Resource::from_variables(|name| match name {
        "OTEL_RESOURCE_ATTRIBUTES" => {
            Some("service.name=other,cloud.region=eu%2C1,host.name=h,service.name=last".into())
        }
        _ => None,
    });
    let resource = resource.unwrap();
    let builder = || Emitter::builder().service_version("1.2.0").environment("prod");
    let both = builder().service("shop").service_host("worker-17").service_pid();
    let pid = i64::from(std::process::id());
    let version =
        [pair("service.version", text("1.2.0")), pair("deployment.environment.name", text("prod"))];
    let whole = [
        vec![pair("service.name", text("shop"))],
        version.to_vec(),
        vec![
            pair("host.name", text("worker-17")),
            pair("process.pid", any(&json!(pid))),
            pair("cloud.region", text("eu,1")),
        ],
    ];
    let set = [
        version.to_vec(),
        vec![
            pair("cloud.region", text("eu,1")),
            pair("host.name", text("h")),
            pair("service.name", text("last")),
        ],
    ];
    let none = [pair("service.name", text("unknown_service"))];
    for (builder, resource, expected) in [
        (both, resource.clone(), whole.concat()),
        (builder(), resource, set.concat()),
        (Emitter::builder(), Resource::new(), none.to_vec()),
    ] {
        let ways = Ways::new(builder, &resource);
        ways.emitter.emit(&OrderStartCompleted {});
        for way in ways.requests() {
            let of_resource = &way[0].resource_logs[0];
            assert_eq!(of_resource.resource.as_ref().unwrap().attributes, expected);
            let scope = of_resource.scope_logs[0].scope.as_ref().unwrap();
            assert_eq!((&*scope.name, &*scope.version), ("event-otel", env!("CARGO_PKG_VERSION")));
        }
    }
}

#[test]
fn the_records_of_two_services_are_apart_in_one_request() {
    let to = Receiver::start();
    let queue = Background::options().batch(8, Duration::from_secs(60));
    let http = OtlpHttp::new(&to.url("/")).unwrap().queue(queue).start().unwrap();
    let shared = Arc::new(http);
    let emitter = |name: &str| Emitter::builder().service(name).sink(shared.clone()).build();
    let (shop, store) = (emitter("shop"), emitter("store"));
    for _ in 0..4 {
        shop.emit(&OrderStartCompleted {});
        store.emit(&OrderStartFailed {});
    }
    shop.flush().unwrap();
    let requests = to.requests();
    assert_eq!(requests.len(), 1);
    let request = ExportLogsServiceRequest::decode(&requests[0].body[..]).unwrap();
    let services = request.resource_logs.iter().map(|of_resource| {
        let name = of_resource.resource.as_ref().unwrap().attributes[0].value.clone().unwrap();
        let names = of_resource.scope_logs[0].log_records.iter().map(|log| log.event_name.clone());
        (name, names.collect::<Vec<_>>())
    });
    let names = |name: &str| vec![name.to_owned(); 4];
    assert_eq!(
        services.collect::<Vec<_>>(),
        [
            (text("shop"), names("order_start_completed")),
            (text("store"), names("order_start_failed"))
        ]
    );
}

#[test]
fn a_time_without_a_number_is_an_attribute() {
    for (micros, nanos) in [
        (-1, None),
        (0, None),
        (1, Some(1_000)),
        (18_446_744_073_709_551, Some(18_446_744_073_709_551_000)),
        (18_446_744_073_709_552, None),
    ] {
        let time = Timestamp::from_micros(micros);
        let ways = Ways::new(Emitter::builder().clock(move || time), &Resource::new());
        ways.emitter.emit(&OrderStartCompleted {});
        for way in ways.requests() {
            let record = sorted(&way[0]).remove(0);
            let timestamp = record.attributes.iter().find(|pair| pair.key == "timestamp");
            let timestamp = timestamp.map(|pair| pair.value.clone().unwrap());
            assert_eq!(record.time_unix_nano, nanos.unwrap_or_default());
            assert_eq!(timestamp, nanos.is_none().then(|| text(&time.to_string())));
        }
    }
}

#[test]
fn a_deep_value_is_text_from_a_depth_on() {
    let mut inputs = inputs().new_tree(&mut TestRunner::default()).unwrap().current();
    inputs.any = json!("innermost");
    for _ in 0..100 {
        inputs.any = json!([inputs.any]);
    }
    let ways = Ways::new(Emitter::builder(), &Resource::new());
    emit(&inputs, &ways.emitter);
    for way in ways.requests() {
        let record = sorted(&way[0]).remove(0);
        let value = record.attributes.iter().find(|pair| pair.key == "any");
        let (mut value, mut depth) = (value.unwrap().value.clone().unwrap(), 0);
        while let Some(Any::ArrayValue(mut list)) = value.value {
            (value, depth) = (list.values.remove(0), depth + 1);
        }
        let rest = [vec!["["; 76], vec!["\"innermost\""], vec!["]"; 76]].concat().concat();
        assert_eq!((depth, value), (24, text(&rest)));
    }
}
