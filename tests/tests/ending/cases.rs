//! What happens in the process of each case, until its `main` ends.

use crate::stuck::{Parks, Sometimes, park};
use crate::{
    LoadSkipCompleted, LoadStepCompleted, emit_load_skip_completed, emit_load_step_completed,
};
use event_core::sink::{Background, Batches, FileLines, JsonLines, WhenFull};
use event_core::{Emitter, Sink, Timestamp};
use std::fs::File;
use std::io;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(500);
/// How much later than its limit `finish_within` may return.
const SLACK: Duration = Duration::from_secs(1);

/// Runs the case that has this name.
pub(crate) fn run(case: &str) {
    match case {
        "write" => stuck(Parks::Write),
        "flush" => stuck(Parks::Flush),
        "losses" => stuck(Parks::Losses),
        "drop" => stuck(Parks::Drop),
        "on_error" => stuck(Parks::OnError),
        "name" => stuck(Parks::Name),
        "display" => stuck(Parks::Display),
        "fifo, lines" => {
            fifo(|path| Box::new(JsonLines::new(File::options().write(true).open(path).unwrap())));
        }
        "fifo, batches" => fifo(|path| {
            let out = File::options().write(true).open(path).unwrap();
            Box::new(Batches::new(out, 10, Duration::from_millis(1)).unwrap())
        }),
        "fifo, file" => fifo(|path| Box::new(FileLines::open(path).unwrap())),
        "full queue" => full_queue(LIMIT),
        "no time" => full_queue(Duration::ZERO),
        "callback" => stuck_callback(),
        "report timer" => stuck_report_timer(),
        "dropped guard" => dropped_guard(),
        "endless" => {
            let guard =
                Emitter::builder().sink(JsonLines::new(io::sink())).build().install().unwrap();
            step(0);
            assert_eq!(guard.finish_within(Duration::MAX).sinks[0].flush_error, None);
        }
        "thrown away" => no_guard(false),
        "finished early" => no_guard(true),
        "pipe" => pipe(),
        "stdout gone" => stdout_gone(),
        other => panic!("no case `{other}`"),
    }
}

fn step(count: u64) {
    emit_load_step_completed(LoadStepCompleted { count });
}

fn skip_some() {
    (0..10).for_each(|count| emit_load_skip_completed(LoadSkipCompleted { count }));
}

fn spawned(emit: impl FnOnce() + Send + 'static) {
    std::thread::spawn(emit);
    std::thread::sleep(Duration::from_millis(100));
}

/// Ends within the limit, and so does everything that is asked while the sink is stuck. Says which
/// flush errors there are.
fn finish(guard: event_core::emit::Guard, limit: Duration) {
    let begun = Instant::now();
    let emitter = guard.emitter().clone();
    let (_, _) = (emitter.report(), emitter.metrics());
    let text = format!("{emitter:?} {guard:?}");
    assert!(
        begun.elapsed() < SLACK && text.contains("LoadStep") | text.contains("report"),
        "asked for nothing: {text}"
    );
    let begun = Instant::now();
    let report = guard.finish_within(limit);
    let left = if report.left_behind { "left behind" } else { "all done" };
    let excess = begun.elapsed().saturating_sub(limit);
    let errors: Vec<_> = report.sinks.iter().filter_map(|sink| sink.flush_error.clone()).collect();
    println!("excess {} us; {left}; {errors:?}", excess.as_micros());
    assert!(excess < SLACK, "{excess:?} more than the limit");
    let begun = Instant::now();
    let (_, _) = (emitter.report(), emitter.metrics());
    let _ = format!("{emitter:?}");
    assert!(begun.elapsed() < SLACK, "a report waits for a sink");
}

fn stuck(parks: Parks) {
    let (sink, now) = Sometimes::new(parks);
    let guard =
        Emitter::builder().sink(sink).sink(JsonLines::new(io::sink())).build().install().unwrap();
    step(0);
    now.store(true, Ordering::SeqCst);
    if parks == Parks::Write {
        spawned(|| step(1));
    }
    skip_some();
    finish(guard, LIMIT);
}

/// A FIFO whose reader reads nothing: the write blocks with the sink's lock held.
fn fifo(sink: impl FnOnce(&str) -> Box<dyn Sink>) {
    let path = std::env::temp_dir().join(format!("event-ending-{}", std::process::id()));
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    // Open at both ends, so that opening does not block.
    let reader = File::options().read(true).write(true).open(&path).unwrap();
    let guard = Emitter::builder().sink(sink(path.to_str().unwrap())).build().install().unwrap();
    std::fs::remove_file(path).unwrap();
    spawned(|| (0..10_000).for_each(step));
    skip_some();
    finish(guard, LIMIT);
    drop(reader);
}

fn full_queue(limit: Duration) {
    let (sink, now) = Sometimes::new(Parks::Write);
    now.store(true, Ordering::SeqCst);
    let options =
        Background::options().capacity(4).when_full(WhenFull::Block).batch(1, Duration::ZERO);
    let guard = Emitter::builder().sink(options.start(sink).unwrap()).build().install().unwrap();
    spawned(|| (0..100).for_each(step));
    skip_some();
    finish(guard, limit);
}

fn stuck_callback() {
    let now = Arc::new(AtomicBool::new(false));
    let (clock, listener) = (now.clone(), now.clone());
    let guard = Emitter::builder()
        .clock(
            move || if clock.load(Ordering::SeqCst) { park() } else { Timestamp::from_micros(7) },
        )
        .on_incident(move |_| {
            if listener.load(Ordering::SeqCst) {
                park()
            }
        })
        .sink(JsonLines::new(io::sink()))
        .build()
        .install()
        .unwrap();
    step(0);
    skip_some();
    now.store(true, Ordering::SeqCst);
    finish(guard, LIMIT);
}

fn stuck_report_timer() {
    let (sink, now) = Sometimes::new(Parks::Write);
    let every = Duration::from_millis(20);
    let guard = Emitter::builder().sink(sink).report_every(every).build().install().unwrap();
    step(0);
    now.store(true, Ordering::SeqCst);
    skip_some();
    std::thread::sleep(Duration::from_millis(200));
    finish(guard, LIMIT);
}

fn dropped_guard() {
    let (sink, now) = Sometimes::new(Parks::Flush);
    let guard = Emitter::builder().sink(sink).build().install().unwrap();
    now.store(true, Ordering::SeqCst);
    let begun = Instant::now();
    drop(guard);
    let excess = begun.elapsed().saturating_sub(event_core::emit::Guard::LIMIT);
    println!("excess {} us", excess.as_micros());
    assert!(excess < SLACK, "{excess:?} more than the limit");
    // After the end a stuck sink is not waited for again.
    let begun = Instant::now();
    (0..3).for_each(step);
    assert!(begun.elapsed() < SLACK);
}

/// 100 lines through queues and buffers, in a program that has thrown its guard away.
fn no_guard(finishes: bool) {
    let path = std::env::var("EVENTS_ENDING_FILE").unwrap();
    let hour = Duration::from_secs(3_600);
    let queue = || Background::options().capacity(10_000).batch(10_000, hour);
    let file = |name: &str| {
        FileLines::options().buffer(1 << 20, hour).open(format!("{path}.{name}")).unwrap()
    };
    let batches =
        Batches::new(File::create(format!("{path}.batches")).unwrap(), 1_000, hour).unwrap();
    let buffered =
        io::BufWriter::with_capacity(1 << 20, File::create(format!("{path}.lines")).unwrap());
    let emitter = Emitter::builder()
        .sink(file("buffer"))
        .sink(queue().start(file("queue")).unwrap())
        .sink(batches)
        .sink(JsonLines::new(buffered))
        .build();
    if finishes {
        let guard = emitter.install().unwrap();
        step(0);
        assert_eq!(guard.finish().emitted, 1);
    } else {
        let _ = emitter.install().unwrap();
        step(0);
    }
    std::thread::spawn(|| (1..50).for_each(step)).join().unwrap();
    (50..100).for_each(step);
}

/// More than a pipe holds, to a reader that is slow.
fn pipe() {
    let guard = Emitter::builder().sink(JsonLines::stdout()).build().install().unwrap();
    println!("\n-- lines --");
    (0..5_000).for_each(|count| emit_load_step_completed(LoadStepCompleted { count }));
    let sink = guard.finish().sinks.remove(0);
    assert_eq!((sink.delivered, sink.failed), (5_000, 0), "{sink:?}");
}

/// A listener that prints, where there is nothing to print to any more.
fn stdout_gone() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let emitter = Emitter::builder()
        .sink(JsonLines::stdout())
        .sink(Background::new(JsonLines::stdout()).unwrap())
        .on_incident(|incident| println!("{incident}"))
        .build();
    (0..250).for_each(|count| emitter.emit(&LoadStepCompleted { count }));
    let _ = emitter.flush();
    let report = emitter.report();
    assert_eq!(
        (report.sinks[0].failed, report.sinks[1].failed, report.sinks[1].waiting),
        (250, 250, 0)
    );
}
