//! What is sent again, and what is lost.

use super::{emit, emitter, records, step, to, told};
use event_otel::{OtlpHttp, OtlpProtocol};
use receiver::{Answer, Receiver};
use std::time::{Duration, Instant};

const LONG: Duration = Duration::from_secs(20);

fn answer(media: &str, body: &str) -> Answer {
    let headers = vec![("content-type", media.to_owned())];
    Answer::Status { status: 200, headers, body: body.to_owned() }
}

#[test]
fn what_may_pass_is_sent_again_until_it_passes() {
    for (fault, least) in [
        (Answer::status(429), 500),
        (Answer::status(502), 500),
        (Answer::status(503), 500),
        (Answer::status(504), 500),
        (Answer::with_header(503, "retry-after", "2"), 2_000),
        (Answer::Cut, 500),
        (Answer::Noise, 500),
        (Answer::Late(Duration::from_secs(4)), 500),
    ] {
        let receiver = Receiver::start();
        receiver.script([fault.clone()]);
        let options = to(&receiver, LONG).timeout(Duration::from_millis(500));
        let begun = Instant::now();
        let sink = emit(&emitter(options.start().unwrap()), 5);
        assert_eq!((sink.delivered, sink.failed, sink.last_error), (5, 0, None), "{fault:?}");
        assert!(begun.elapsed() >= Duration::from_millis(least), "{fault:?}");
        if !matches!(fault, Answer::Late(_)) {
            // The receiver keeps a late request until it has answered.
            let requests = receiver.requests();
            let bodies: Vec<_> = requests.iter().map(|request| &request.body).collect();
            assert_eq!(bodies.len(), 2, "{fault:?}");
            assert_eq!(bodies[0], bodies[1], "the same records, with the same ids");
        }
    }
}

#[test]
fn what_does_not_pass_is_lost_and_counted_at_once() {
    for (status, help) in [
        (301, "redirects are not followed"),
        (400, "answers 400 Bad Request"),
        (401, "check the headers"),
        (404, "check the URL"),
        (413, "lower `OtlpHttp::request_limits`"),
        (500, "answers 500"),
    ] {
        let receiver = Receiver::start();
        let body = "it repeats s3cr3t".to_owned();
        let headers = vec![("location", receiver.url("/other"))];
        receiver.script([Answer::Status { status, headers, body }]);
        let emitter = emitter(to(&receiver, LONG).start().unwrap());
        let (sink, error) = told(&emitter, 5);
        assert_eq!((sink.delivered, sink.failed), (0, 5), "{status}");
        assert!(error.contains(help) && error.contains("5 records are lost"), "{error}");
        assert!(error.contains(&format!("`{}`", receiver.url("/v1/logs"))), "{error}");
        assert!(!error.contains("s3cr3t"), "{error}");
        assert_eq!(receiver.requests().len(), 1, "{status}");
        assert_eq!(emit(&emitter, 3).delivered, 3, "the next records are sent");
    }
}

#[test]
fn what_is_asked_too_often_is_lost() {
    let receiver = Receiver::start();
    receiver.script((0..10).map(|_| Answer::status(503)));
    let emitter = emitter(to(&receiver, Duration::from_millis(1_500)).start().unwrap());
    let (sink, error) = told(&emitter, 5);
    assert_eq!((sink.delivered, sink.failed), (0, 5));
    assert!(error.contains("answers 503 Service Unavailable, at attempt 2"));
    assert_eq!(receiver.requests().len(), 2);
}

#[test]
fn a_refused_connection_is_a_loss_that_is_counted() {
    let url = {
        let receiver = Receiver::start();
        receiver.url("/v1/logs")
    };
    // The port is closed when the receiver has stopped.
    std::thread::sleep(Duration::from_millis(200));
    let options = OtlpHttp::new(&url).unwrap().retry_for(Duration::ZERO);
    let (sink, error) = told(&emitter(options.start().unwrap()), 5);
    assert_eq!((sink.delivered, sink.failed), (0, 5));
    assert!(error.contains("cannot be reached"));
}

#[test]
fn a_pause_longer_than_the_patience_is_kept_and_loses_what_comes() {
    let receiver = Receiver::start();
    receiver.script([Answer::with_header(429, "retry-after", "3")]);
    let emitter = emitter(to(&receiver, Duration::from_secs(1)).start().unwrap());
    let begun = Instant::now();
    assert_eq!(told(&emitter, 5).0.failed, 5);
    let (sink, error) = told(&emitter, 5);
    assert_eq!(sink.failed, 10);
    assert!(error.contains("asks to wait"));
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(receiver.requests().len(), 1, "the receiver is left alone");
    std::thread::sleep(Duration::from_millis(2_200).saturating_sub(begun.elapsed()));
    assert_eq!(emit(&emitter, 5).delivered, 5, "a pause that is nearly over is waited for");
    assert!(begun.elapsed() >= Duration::from_millis(2_900));
    assert_eq!(receiver.requests().len(), 1);
}

#[test]
fn rejected_records_are_counted() {
    let json = r#"{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"s3cr3t"}}"#;
    let protobuf = "\x0a\x08\x08\x02\x12\x04nope";
    for (protocol, media, body) in [
        (OtlpProtocol::Json, "application/json", json),
        (OtlpProtocol::Protobuf, "application/x-protobuf", protobuf),
    ] {
        let receiver = Receiver::start();
        receiver.script([answer(media, body)]);
        let options = to(&receiver, LONG).protocol(protocol);
        let (sink, error) = told(&emitter(options.start().unwrap()), 5);
        assert_eq!((sink.delivered, sink.failed), (3, 2), "{media}");
        assert!(error.contains("rejects 2 of 5 records") && !error.contains("s3cr3t"), "{error}");
        assert_eq!(receiver.requests().len(), 1, "a partial success is not sent again");
    }
    let receiver = Receiver::start();
    receiver.script([answer("application/x-protobuf", "\x0a\x02\x08\x7f")]);
    let sink = emit(&emitter(to(&receiver, LONG).start().unwrap()), 5);
    assert_eq!((sink.delivered, sink.failed), (0, 5), "no more than there are");
    receiver.script([answer("application/x-protobuf", "\x0a\x06\x12\x04nope")]);
    let (sink, error) = told(&emitter(to(&receiver, LONG).start().unwrap()), 5);
    assert_eq!((sink.delivered, sink.failed), (5, 0), "a warning is no loss");
    assert!(error.contains("with a warning"));
}

#[test]
fn an_answer_that_is_cut_off_behind_its_status_is_a_delivery_that_is_reported() {
    let noise = answer("application/x-protobuf", "half of");
    for fault in [Answer::CutBody, Answer::LateBody(Duration::from_secs(4)), noise] {
        let receiver = Receiver::start();
        receiver.script([fault.clone()]);
        let (sink, error) = told(&emitter(to(&receiver, LONG).start().unwrap()), 5);
        assert_eq!((sink.delivered, sink.failed), (5, 0), "{fault:?}");
        assert!(error.contains("something that cannot be read"), "{fault:?}: {error}");
    }
}

#[test]
fn records_of_several_requests_are_lost_one_request_at_a_time() {
    let receiver = Receiver::start();
    receiver.script([Answer::status(200), Answer::status(400), Answer::status(200)]);
    let options = to(&receiver, LONG).request_limits(2, 1 << 20);
    let emitter = emitter(options.start().unwrap());
    let sink = emit(&emitter, 6);
    assert_eq!((sink.delivered, sink.failed), (4, 2));
    assert_eq!(receiver.requests().iter().map(records).collect::<Vec<_>>(), [2, 2, 2]);
    emitter.emit(&step(1));
}
