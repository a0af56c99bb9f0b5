//! What is sent, in which requests.

use super::{emit, emitter, records, step, to, told};
use event_core::Secret;
use event_core::sink::Background;
use event_otel::{OtlpHttp, OtlpHttpError};
use receiver::Receiver;
use std::time::{Duration, Instant};

#[test]
fn a_request_has_its_path_and_its_headers() {
    let receiver = Receiver::start();
    let sink = to(&receiver, Duration::ZERO)
        .header("X-Api-Key", Secret::new("s3cr3t".to_owned()))
        .start()
        .unwrap();
    let sink = emit(&emitter(sink), 3);
    assert_eq!((sink.name.as_str(), sink.delivered), ("Background(OtlpHttp)", 3));
    let requests = receiver.requests();
    assert_eq!(requests.len(), 1, "one request for what waits");
    let request = &requests[0];
    assert_eq!((&*request.method, &*request.target), ("POST", "/v1/logs?key=s3cr3t"));
    for (name, value) in [
        ("content-type", Some("application/x-protobuf")),
        ("content-encoding", None),
        ("x-api-key", Some("s3cr3t")),
        ("user-agent", Some(concat!("event-otel/", env!("CARGO_PKG_VERSION")))),
    ] {
        assert_eq!(request.header(name), value, "{name}");
    }
    assert_eq!(records(request), 3);
}

#[test]
fn a_request_has_no_more_than_its_limits() {
    let receiver = Receiver::start();
    let limited = |count, bytes| to(&receiver, Duration::ZERO).request_limits(count, bytes);
    let sink = emit(&emitter(limited(4, 1 << 20).start().unwrap()), 10);
    assert_eq!(sink.delivered, 10);
    let sizes: Vec<_> = receiver.requests().iter().map(records).collect();
    assert_eq!(sizes, [4, 4, 2]);

    let sink = emitter(limited(100, 1_000).start().unwrap());
    let mut long = step(0);
    long.text = "x".repeat(1_000);
    sink.emit(&long);
    let (report, error) = told(&sink, 10);
    assert_eq!((report.failed, report.delivered), (1, 10), "one record is too long");
    assert!(error.contains("a record of `queue_step_completed` has 1"), "{error}");
    assert!(error.contains("raise `OtlpHttp::request_limits`"), "{error}");
    let requests = receiver.requests();
    assert!(requests.len() > 1 && requests.iter().all(|request| request.body.len() < 1_200));
    assert_eq!(requests.iter().map(records).sum::<usize>(), 10);
}

#[test]
fn records_are_sent_when_the_first_has_waited_long_enough() {
    let receiver = Receiver::start();
    let queue = Background::options().batch(100, Duration::from_millis(20));
    let emitter = emitter(to(&receiver, Duration::ZERO).queue(queue).start().unwrap());
    emitter.emit(&step(1));
    let begun = Instant::now();
    let mut requests = Vec::new();
    while requests.is_empty() && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(5));
        requests = receiver.requests();
    }
    assert_eq!(records(&requests[0]), 1);
}

#[test]
fn nothing_secret_is_shown() {
    let options = OtlpHttp::new("http://localhost/v1/logs?key=s3cr3t").unwrap();
    let options = options.header("x-api-key", Secret::new("s3cr3t".to_owned()));
    let shown = format!("{options:?}");
    assert!(shown.contains("Endpoint(http://localhost/v1/logs)") && !shown.contains("s3cr3t"));
    assert!(!format!("{:?}", options.start().unwrap()).contains("s3cr3t"));
    let invalid = |name: &str, value: &str| {
        let options = OtlpHttp::new("http://localhost").unwrap();
        options.header(name, Secret::new(value.to_owned())).start().unwrap_err()
    };
    let error = invalid("x-api-key", "s3cr3t\n");
    assert!(matches!(&error, OtlpHttpError::Header { name } if name == "x-api-key"));
    assert!(!format!("{error} {error:?}").contains("s3cr3t"));
    assert!(matches!(invalid("Content-Type", "a"), OtlpHttpError::ReservedHeader { .. }));
    let error = OtlpHttp::new("http://ada:s3cr3t@localhost").unwrap_err();
    assert!(error.to_string().contains("has a user"));
    assert!(!format!("{error} {error:?}").contains("s3cr3t"));
}

#[cfg(feature = "gzip")]
#[test]
fn a_compressed_request_is_the_same_request() {
    use super::decoded;
    use std::io::Read as _;
    let receiver = Receiver::start();
    let sink = emit(&emitter(to(&receiver, Duration::ZERO).gzip().start().unwrap()), 100);
    assert_eq!(sink.delivered, 100);
    let request = receiver.requests().remove(0);
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    let mut body = Vec::new();
    flate2::read::GzDecoder::new(&request.body[..]).read_to_end(&mut body).unwrap();
    assert!(request.body.len() * 3 < body.len());
    assert_eq!(decoded(&body).resource_logs[0].scope_logs[0].log_records.len(), 100);
}

#[cfg(feature = "tls")]
#[test]
fn the_certificates_of_a_file_are_trusted_alone() {
    let certificates = receiver::Certificates::of("localhost");
    let receiver = Receiver::start_tls(&certificates);
    let path = std::env::temp_dir().join(format!("event-otel-{}.pem", std::process::id()));
    let start = |pem: &str| {
        std::fs::write(&path, pem).unwrap();
        to(&receiver, Duration::ZERO).ca_file(&path).start()
    };
    let sink = emit(&emitter(start(certificates.authority()).unwrap()), 2);
    assert_eq!((sink.delivered, sink.last_error), (2, None));
    let other = receiver::Certificates::of("localhost");
    let (sink, error) = told(&emitter(start(other.authority()).unwrap()), 2);
    assert_eq!(sink.failed, 2);
    assert!(error.contains("cannot be reached") && error.contains("certificate"), "{error}");
    let error = start("not PEM").unwrap_err();
    assert!(error.to_string().contains("has no certificate"), "{error}");
    std::fs::remove_file(&path).unwrap();
    let error = to(&receiver, Duration::ZERO).ca_file(&path).start().unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
    let plain = OtlpHttp::new("http://localhost").unwrap().ca_file(&path).start().unwrap_err();
    assert!(plain.to_string().contains("is not used"), "{plain}");
}
