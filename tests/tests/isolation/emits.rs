//! Sinks and values that emit or flush while they are written: it comes to an end.

use crate::faults::{Fault, emit_part_step_completed, faulty, part};
use crate::{Told, assert_sums, listened};
use event_core::emit::Incident;
use event_core::record::Record;
use event_core::sink::{Background, Batches, Filtered, JsonLines, Memory, Retrying};
use event_core::value::Refusal;
use event_core::{Emitter, Level, Sink};
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Fails, and emits an event about that.
struct Complains {
    through: Arc<Mutex<Option<Emitter>>>,
    seen: Arc<AtomicU64>,
}

impl Complains {
    fn complain(&self) -> io::Error {
        self.seen.fetch_add(1, Ordering::Relaxed);
        let through = self.through.lock().unwrap().clone();
        if let Some(emitter) = through {
            emitter.emit(&part());
        }
        ErrorKind::StorageFull.into()
    }
}

impl Sink for Complains {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        Err(self.complain())
    }
}

impl Write for Complains {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.complain())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An emitter with one sink that complains, in whatever it is put into, and one that keeps what it
/// gets.
fn complaining(
    put: impl FnOnce(Complains) -> Box<dyn Sink>,
) -> (Emitter, Memory, Arc<AtomicU64>, Told, Unbound) {
    let (builder, told) = listened();
    let (through, seen, memory) =
        (Arc::new(Mutex::new(None)), Arc::<AtomicU64>::default(), Memory::new());
    let complains = Complains { through: through.clone(), seen: seen.clone() };
    let emitter = builder.sink(put(complains)).sink(memory.clone()).build();
    *through.lock().unwrap() = Some(emitter.clone());
    (emitter, memory, seen, told, Unbound(through))
}

/// Lets the emitter go, which the sink has a hold on.
struct Unbound(Arc<Mutex<Option<Emitter>>>);

impl Drop for Unbound {
    fn drop(&mut self) {
        let emitter = self.0.lock().unwrap().take();
        drop(emitter);
    }
}

#[test]
fn what_a_sink_emits_about_itself_does_not_go_back_into_it() {
    type Put = (&'static str, Box<dyn Fn(Complains) -> Box<dyn Sink>>);
    let quick = Duration::from_millis(1);
    let retrying = move |sink| Retrying::new(sink).attempts(2).backoff(quick, quick);
    let puts: [Put; 6] = [
        ("as it is", Box::new(|sink| Box::new(sink))),
        ("Retrying", Box::new(move |sink| Box::new(retrying(sink)))),
        ("Background", Box::new(|sink| Box::new(Background::new(sink).unwrap()))),
        (
            "Background(Retrying)",
            Box::new(move |sink| Box::new(Background::new(retrying(sink)).unwrap())),
        ),
        (
            "Filtered(Arc<Background>)",
            Box::new(|sink| {
                Box::new(Filtered::at_least(Level::Info, Arc::new(Background::new(sink).unwrap())))
            }),
        ),
        ("JsonLines", Box::new(|sink| Box::new(JsonLines::new(sink)))),
    ];
    for (name, put) in puts {
        let (emitter, memory, seen, told, _unbound) = complaining(put);
        emitter.emit(&part());
        let _ = emitter.flush();
        assert_eq!((seen.load(Ordering::Relaxed), memory.records().len()), (1, 2), "{name}");
        let report = emitter.report();
        assert_sums(&report, 2);
        assert_eq!(
            (report.sinks[0].failed, report.sinks[0].filtered),
            (1, 1),
            "{name}: {report:?}"
        );
        let emits = told
            .lock()
            .unwrap()
            .iter()
            .filter(|told| matches!(told, Incident::SinkEmits { .. }))
            .count();
        assert_eq!(emits, 1, "{name}");
    }
}

#[test]
fn batches_that_cannot_be_written_do_not_feed_themselves() {
    for (size, interval) in [(1, Duration::from_secs(3_600)), (1_000, Duration::from_millis(5))] {
        let (emitter, memory, seen, _, _unbound) =
            complaining(|sink| Box::new(Batches::new(sink, size, interval).unwrap()));
        emitter.emit(&part());
        std::thread::sleep(Duration::from_millis(100));
        // Tried again and again, by the timer; each complaint goes to the other sink, and none
        // back.
        let report = emitter.report();
        assert_eq!(report.sinks[0].waiting, 1, "{report:?}");
        assert!(report.sinks[0].filtered >= 1 && seen.load(Ordering::Relaxed) >= 1);
        assert!(memory.records().len() as u64 <= seen.load(Ordering::Relaxed) + 1);
    }
}

#[test]
fn sinks_that_emit_about_each_other_come_to_an_end() {
    for queued in [false, true] {
        let (builder, told) = listened();
        let (through, seen) = (Arc::new(Mutex::new(None)), Arc::<AtomicU64>::default());
        let mut builder = builder;
        for _ in 0..3 {
            let sink = Complains { through: through.clone(), seen: seen.clone() };
            builder = if queued {
                builder.sink(Background::new(sink).unwrap())
            } else {
                builder.sink(sink)
            };
        }
        let emitter = builder.build();
        let unbound = Unbound(through.clone());
        *through.lock().unwrap() = Some(emitter.clone());
        emitter.emit(&part());
        for _ in 0..10 {
            let _ = emitter.flush();
        }
        let calls = seen.load(Ordering::Relaxed) + 1;
        assert!(calls < 1_000, "{calls} events of one");
        assert_sums(&emitter.report(), calls);
        let too_deep = Incident::Refused { event: "part_step_completed", refusal: Refusal::Nested };
        assert_eq!(told.lock().unwrap().contains(&too_deep), queued);
        drop(unbound);
    }
}

#[test]
fn a_value_that_emits_its_own_event_comes_to_an_end() {
    let (builder, told) = listened();
    let memory = Memory::new();
    let emitter = builder.sink(memory.clone()).build();
    let _scope = emitter.enter();
    faulty(Fault::Nested, || emit_part_step_completed(part()));
    let report = emitter.report();
    assert_eq!((report.emitted, report.refused, memory.records().len()), (5, 1, 5));
    assert!(told.lock().unwrap()[0].to_string().ends_with("more than 4 levels deep"));
}

#[test]
fn a_sink_that_flushes_itself_is_refused() {
    struct Flushes(Arc<Mutex<Option<Emitter>>>);
    impl Sink for Flushes {
        fn write(&self, _: &Record<'_>) -> io::Result<()> {
            let emitter = self.0.lock().unwrap().clone().unwrap();
            assert_eq!(emitter.flush().unwrap_err().kind(), ErrorKind::Deadlock);
            Ok(())
        }
    }
    let through = Arc::new(Mutex::new(None));
    let emitter = Emitter::builder().sink(Flushes(through.clone())).build();
    let unbound = Unbound(through.clone());
    *through.lock().unwrap() = Some(emitter.clone());
    emitter.emit(&part());
    assert_eq!(emitter.report().sinks[0].delivered, 1);
    drop(unbound);
}
