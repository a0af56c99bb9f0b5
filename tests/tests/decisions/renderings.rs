//! What an emitted event says beside its fields, in both renderings.

use crate::{CacheItemDelayed, emit_cache_item_delayed};
use event_core::context::trace::{SpanId, TraceContext, TraceId};
use event_core::context::{Actor, CorrelationId};
use event_core::record::Record;
use event_core::{Emitter, EventId, Recorder, Sink, Timestamp};
use serde_json::Value;
use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

#[test]
fn c6_a_line_says_service_host_trace_and_actor() {
    let recorder = Recorder::new();
    let time = Timestamp::parse("2026-11-21T00:00:00Z").unwrap();
    let next = AtomicU64::new(0);
    let emitter = Emitter::builder()
        .service("checkout")
        .service_version("1.4.0")
        .environment("staging")
        .service_host("host-1")
        .service_pid()
        .ids_in_lines()
        .ids(move |_| EventId::from_u128(u128::from(next.fetch_add(1, Ordering::Relaxed) + 1)))
        .clock(move || time)
        .sink(recorder.clone())
        .build();
    let _scope = emitter.enter();
    let _actor = Actor::user("usr_1").session("ses_\"1").enter();
    let _correlation = CorrelationId("ord_1".into()).enter();
    let trace = TraceId::parse("4bf92f3577b34da6a3ce929d0e0e4736").unwrap();
    let _trace = TraceContext::new(trace, SpanId::parse("00f067aa0ba902b7").unwrap()).enter();
    emit_cache_item_delayed(CacheItemDelayed { code: 1 });
    let pid = std::process::id();
    assert_eq!(
        recorder.lines()[0],
        format!(
            concat!(
                r#"{{"event":"cache_item_delayed","version":1,"level":"info","timestamp":"2026-11-21T00:00:00.000000Z","#,
                r#""event_id":"00000000-0000-0000-0000-000000000001","sequence":1,"#,
                r#""actor":{{"type":"user","id":"usr_1","session_id":"ses_\"1"}},"#,
                r#""trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","correlation_id":"ord_1","#,
                r#""service":"checkout","service_version":"1.4.0","environment":"staging","service_host":"host-1","service_pid":{},"#,
                r#""code":1}}"#
            ),
            pid
        )
    );
}

#[test]
fn the_two_renderings_are_of_one_record() {
    #[derive(Clone, Default)]
    struct Both(Arc<Mutex<Vec<(Value, Value)>>>);
    impl Sink for Both {
        fn write(&self, record: &Record<'_>) -> io::Result<()> {
            let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
            let first: Value = json(record.envelope());
            assert_eq!(first, json(record.envelope()), "asked twice, it is the same");
            assert_eq!(first["event_id"], record.event_id().to_string());
            let kept = record.to_owned();
            assert_eq!(first, json(kept.record().envelope()), "kept, it is the same");
            self.0.lock().unwrap().push((json(record.line()), first));
            Ok(())
        }
    }
    let both = Both::default();
    let emitter =
        Emitter::builder().service("checkout").sink(both.clone()).sink(both.clone()).build();
    let _actor = Actor::system("sweeper").enter();
    emitter.emit(&CacheItemDelayed { code: 1 });
    emitter.emit_at(&CacheItemDelayed { code: 500 }, Timestamp::from_micros(0));
    assert_eq!((emitter.report().emitted, emitter.report().calls()), (2, 2));
    let both = both.0.lock().unwrap();
    assert_eq!(both[0], both[1], "every sink sees the same record");
    let ids: HashSet<&str> =
        both.iter().map(|(_, envelope)| envelope["event_id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    for (line, envelope) in both.iter() {
        for (in_line, in_envelope) in [
            ("/timestamp", "/occurred_at"),
            ("/version", "/event_version"),
            ("/level", "/level"),
            ("/actor", "/actor"),
            ("/service", "/context/service"),
            ("/code", "/payload/code"),
        ] {
            assert_eq!(line.pointer(in_line), envelope.pointer(in_envelope), "{in_line}");
        }
        assert_eq!(envelope["event_type"], "cache.item.delayed");
        assert!(envelope["occurred_at"].as_str() <= envelope["recorded_at"].as_str());
    }
    assert_eq!(both[3].1["occurred_at"], "1970-01-01T00:00:00.000000Z");
    assert_eq!((&both[1].1["sequence"], &both[3].1["sequence"]), (&1.into(), &2.into()));
}
