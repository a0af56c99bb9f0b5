//! What is emitted: levels and their gates, rules, masks, groups, context, samples, scopes of
//! threads.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::sink::JsonLines;
use event_core::{Change, Emit, Emitter, Event, Level, Recorder, Secret, Str, Timestamp, events};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

events!(
    #[domain(context(Caller), optional(action, status))]
    pub enum Api {
        Request,
    }

    #[statuses]
    pub enum ApiStatus {
        #[status(fault)]
        Throttled,
    }

    #[event(level = match code { 100..=399 => debug, 404 => info, 405..=499 => warning, -1 => trace, _ => error })]
    pub struct ApiRequestFailed {
        pub code: i32,
    }

    #[event(level = match self.kind { "expected" => info, "retry" => warning, _ => critical })]
    pub struct ApiRequestThrottled<'a> {
        pub kind: Str<'a>,
    }

    #[event(level = if expected { trace } else { error })]
    pub struct ApiMiss {
        pub expected: bool,
    }

    #[event(info, sample = 1 / 4)]
    pub struct ApiRequestReceived {
        pub n: u32,
    }

    #[event(info, sample = 0 / 1)]
    pub struct ApiRequestSkipped;

    #[event(level = match code { 500 => error, _ => info }, sample = 0 / 1)]
    pub struct ApiRequestDelayed {
        pub code: i32,
    }

    #[event(error, sample = 0 / 1, sample_errors)]
    pub struct ApiRequestDenied;

    #[event(info, context(Tenant))]
    pub struct ApiRequest<'a> {
        #[entity(user)]
        pub user_id: u64,
        #[sensitive(email)]
        pub user_email: Option<Str<'a>>,
        #[sensitive(last4)]
        pub card_number: Secret<Str<'a>>,
        #[sensitive(redact)]
        pub cookie: Vec<String>,
        #[sensitive(ip)]
        pub client_ip: IpAddr,
        #[sensitive(hash)]
        pub session_token: String,
        #[sensitive(drop)]
        pub password: Option<Secret<String>>,
        #[sensitive(clear = "support needs it")]
        pub phone: Option<Str<'a>>,
        #[field(public)]
        pub token: u8,
        #[group]
        pub error: Problem<'a>,
        #[transition]
        pub state: Change<State>,
        #[elapsed]
        pub duration_ms: f32,
        #[field(public, opaque, rename = "headers")]
        pub foreign: Foreign,
        #[field(unit = "bytes", alias("length"))]
        pub size: u64,
    }

    #[group(skip_none)]
    pub struct Problem<'a> {
        pub code: Option<i32>,
        #[group]
        pub text: Text<'a>,
    }

    #[group]
    pub struct Text<'a> {
        pub message: Option<Str<'a>>,
    }

    #[group(context)]
    pub struct Caller {
        pub caller: String,
    }

    #[group(context)]
    pub struct Tenant {
        pub tenant: u32,
        #[sensitive(redact)]
        pub tenant_email: String,
    }

    #[value]
    pub enum State {
        Open,
        Closed,
    }
);

#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema, Clone, Debug, PartialEq)]
pub struct Foreign(BTreeMap<String, (u8, Option<bool>)>);

fn request() -> ApiRequest<'static> {
    ApiRequest {
        user_id: 7,
        user_email: Some("ada@example.com".into()),
        card_number: Secret::new("4242424242424242".into()),
        cookie: vec!["a=b".into()],
        client_ip: "203.0.113.77".parse().unwrap(),
        session_token: "tok".into(),
        password: Some(Secret::new("hunter2".into())),
        phone: Some("555".into()),
        token: 1,
        error: Problem { code: None, text: Text { message: None } },
        state: Change { before: State::Open, after: State::Closed },
        duration_ms: f32::NAN,
        foreign: Foreign(BTreeMap::from([("h".to_owned(), (1, None))])),
        size: 10,
    }
}

/// The lines that `emit` leaves.
fn recorded(emit: impl FnOnce()) -> Vec<String> {
    Recorder::capture(emit).1.lines()
}

fn payload(line: &str) -> &str {
    // After the quotes around the time.
    line.split_once("Z\"").unwrap().1
}

#[test]
fn every_field_is_written_as_declared() {
    let line = recorded(|| emit_api_request(request())).remove(0);
    let hash =
        payload(&line).split("\"h:process:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let expected = format!(
        concat!(
            r#","user_id":7,"user_email":"a***@example.com","card_number":"****4242","cookie":["[redacted]"],"client_ip":"203.0.113.0/24","#,
            r#""session_token":"h:process:{}","phone":"555","token":1,"message":null,"before":"Open","after":"Closed","#,
            r#""duration_ms":null,"headers":{{"h":[1,null]}},"size":10}}"#
        ),
        hash
    );
    assert_eq!(payload(&line), expected);
}

#[test]
fn debug_is_what_would_be_written() {
    let event = request();
    let shown = format!("{event:?}");
    assert!(
        shown.starts_with(r#"ApiRequest {"user_id":7,"user_email":"a***@example.com""#),
        "{shown}"
    );
    for hidden in ["hunter2", "4242424242424242", "ada@", "203.0.113.77", "\"tok\""] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    assert_eq!(
        format!("{:?}", ApiEvent::Miss(ApiMiss { expected: true })),
        r#"ApiMiss {"expected":true}"#
    );
}

#[test]
fn what_is_written_reads_back() {
    let recorder = Recorder::new();
    let scope = recorder.enter();
    emit_api_request(request());
    drop(scope);
    let mut read = recorder.of::<ApiRequest<'static>>().unwrap();
    let read = read.remove(0);
    assert_eq!((read.user_id, read.size, read.password.is_none()), (7, 10, true));
    assert_eq!(read.foreign, request().foreign);
    assert_eq!(read.card_number.expose().as_str(), "****4242");
    assert!(read.duration_ms.is_nan());
}

#[test]
fn rules_give_every_level() {
    let level = |code| ApiRequestFailed { code }.level();
    assert_eq!(
        [level(200), level(404), level(450), level(-1), level(0)].map(Level::as_str),
        ["debug", "info", "warning", "trace", "error"]
    );
    let level = |kind: &'static str| ApiRequestThrottled { kind: kind.into() }.level();
    assert_eq!(
        [level("expected"), level("retry"), level("")],
        [Level::Info, Level::Warning, Level::Critical]
    );
    assert_eq!(
        [true, false].map(|expected| ApiMiss { expected }.level()),
        [Level::Trace, Level::Error]
    );
    let reachable = ApiMiss::META.level.reachable();
    assert_eq!(reachable, [Level::Trace, Level::Error]);
}

#[test]
fn context_is_carried_by_those_that_name_it() {
    let lines = recorded(|| {
        let outer = Caller { caller: "outer".into() }.enter();
        let tenant = Tenant { tenant: 3, tenant_email: "a@b.c".into() }.enter();
        emit_api_request(request());
        {
            let _inner = Caller { caller: "inner".into() }.enter();
            emit_api_miss(ApiMiss { expected: true });
        }
        emit_api_miss(ApiMiss { expected: true });
        // In whatever order the guards go.
        drop(outer);
        emit_api_request(request());
        drop(tenant);
        emit_api_miss(ApiMiss { expected: true });
    });
    assert!(
        payload(&lines[0])
            .starts_with(r#","caller":"outer","tenant":3,"tenant_email":"[redacted]","user_id":7"#)
    );
    assert_eq!(payload(&lines[1]), r#","caller":"inner","expected":true}"#);
    assert_eq!(payload(&lines[2]), r#","caller":"outer","expected":true}"#);
    assert!(
        payload(&lines[3]).starts_with(r#","tenant":3,"tenant_email":"[redacted]","user_id":7"#)
    );
    assert_eq!(payload(&lines[4]), r#","expected":true}"#);
}

#[test]
fn samples_say_their_rate() {
    let recorder = Recorder::sampled();
    let scope = recorder.enter();
    for n in 0..4000 {
        emit_api_request_received(ApiRequestReceived { n });
    }
    emit_api_request_skipped(ApiRequestSkipped);
    emit_api_request_denied(ApiRequestDenied);
    emit_api_request_delayed(ApiRequestDelayed { code: 200 });
    emit_api_request_delayed(ApiRequestDelayed { code: 500 });
    drop(scope);
    let kept = recorder.lines();
    // Binomial, n = 4000, p = 1/4: twelve deviations around the mean.
    assert!((672..=1328).contains(&(kept.len() - 1)), "{}", kept.len());
    assert!(kept[0].contains(r#""sample_rate":0.25,"#), "{}", kept[0]);
    assert!(
        kept.last().unwrap().contains(r#""sample_rate":1.0,"code":500"#),
        "an error is not sampled out: {kept:?}"
    );
}

#[test]
fn where_rates_are_ignored_a_record_of_a_sampled_event_stands_for_itself() {
    let mut buffer = Emitter::builder().level(Level::Trace).ignore_rates().build().buffer();
    ApiRequestReceived { n: 1 }.emit_to(&mut buffer);
    ApiRequestSkipped.emit_to(&mut buffer);
    for record in buffer.records() {
        assert!(
            record.text().contains(r#","sample_rate":1.0"#),
            "nothing is sampled: {}",
            record.text()
        );
    }
    ApiMiss { expected: true }.emit_to(&mut buffer);
    assert!(!buffer.records()[2].text().contains("sample_rate"), "{}", buffer.records()[2].text());
    buffer.discard();
}

#[test]
fn a_gate_follows_the_emitters_that_come_and_go() {
    #[derive(Clone, Default)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);
    impl Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let buffer = Buffer::default();
    let emitter = Emitter::builder()
        .level(Level::Warning)
        .sink(JsonLines::new(buffer.clone()))
        .clock(|| Timestamp::from_micros(0))
        .build();
    emit_api_request_failed(ApiRequestFailed { code: 0 });
    {
        let _scope = emitter.enter();
        emit_api_request_failed(ApiRequestFailed { code: 0 });
        emit_api_request_failed(ApiRequestFailed { code: 404 });
        let lines = recorded(|| emit_api_request_failed(ApiRequestFailed { code: -1 }));
        assert_eq!(lines.len(), 1, "the innermost scope takes every level");
        emit_api_request_failed(ApiRequestFailed { code: 450 });
    }
    emit_api_request_failed(ApiRequestFailed { code: 0 });
    let written = String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap();
    let head = r#"{"event":"api_request_failed","version":1,"level":"#;
    let time = r#""timestamp":"1970-01-01T00:00:00.000000Z""#;
    assert_eq!(
        written,
        format!("{head}\"error\",{time},\"code\":0}}\n{head}\"warning\",{time},\"code\":450}}\n")
    );
    assert_eq!(emitter.report().emitted, 2);
}

#[test]
fn threads_have_scopes_of_their_own() {
    std::thread::scope(|threads| {
        for thread in 0..2_u32 {
            threads.spawn(move || {
                for _ in 0..50 {
                    let lines = recorded(|| {
                        let _context = Caller { caller: format!("thread {thread}") }.enter();
                        emit_api_miss(ApiMiss { expected: thread == 0 });
                    });
                    let expected =
                        format!(r#","caller":"thread {thread}","expected":{}}}"#, thread == 0);
                    assert_eq!(
                        lines.iter().map(|line| payload(line)).collect::<Vec<_>>(),
                        [expected]
                    );
                }
            });
        }
    });
}
