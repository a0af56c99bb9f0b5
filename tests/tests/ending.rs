//! The end of a program: within its limit whatever a sink does, and without a line lost where
//! nobody kept the guard. Each case is a process of its own, because an emitter is installed once;
//! the processes run beside each other.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

use event_core::{
    Background, Batches, Emitter, ErrorListener, FileLines, JsonLines, Level, Losses, Record, Sink,
    Timestamp, WhenFull,
};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

event_core::events! {
    #[domain]
    pub enum Load {
        Step,
        Skip,
    }

    #[event(info)]
    pub struct LoadStepCompleted {
        pub count: u64,
    }

    /// Nearly all of them are left out, so that the end has something to say.
    #[event(info, sample = 1 / 1000000)]
    pub struct LoadSkipCompleted {
        pub count: u64,
    }
}

const CASE: &str = "EVENTS_ENDING_CASE";
const LIMIT: Duration = Duration::from_millis(500);
/// How much later than its limit `finish_within` may return.
const SLACK: Duration = Duration::from_secs(1);

fn park() -> ! {
    loop {
        std::thread::park();
    }
}

/// Parks in one of its methods, once it is told to.
#[derive(Clone, Copy, PartialEq)]
enum Parks {
    Write,
    Flush,
    Losses,
    Drop,
    OnError,
    Name,
    Display,
}

struct Sometimes {
    parks: Parks,
    now: Arc<AtomicBool>,
}

impl Sometimes {
    fn new(parks: Parks) -> (Self, Arc<AtomicBool>) {
        let now = Arc::new(AtomicBool::new(false));
        (Self { parks, now: now.clone() }, now)
    }

    fn park_in(&self, here: Parks) {
        if self.parks == here && self.now.load(Ordering::SeqCst) {
            park();
        }
    }
}

/// An error that does not come to its end.
#[derive(Debug)]
struct Mute;

impl std::fmt::Display for Mute {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        park()
    }
}

impl std::error::Error for Mute {}

impl Sink for Sometimes {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        self.park_in(Parks::Write);
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        self.park_in(Parks::Flush);
        if self.parks == Parks::Display { Err(io::Error::other(Mute)) } else { Ok(()) }
    }

    fn name(&self) -> String {
        self.park_in(Parks::Name);
        "Sometimes".to_owned()
    }

    fn losses(&self) -> Losses {
        self.park_in(Parks::Losses);
        Losses::new()
    }

    fn on_error(&self, _: ErrorListener) {
        self.park_in(Parks::OnError);
    }
}

impl Drop for Sometimes {
    fn drop(&mut self) {
        self.park_in(Parks::Drop);
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
fn finish(guard: event_core::Guard, limit: Duration) {
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
    let excess = begun.elapsed().saturating_sub(event_core::Guard::LIMIT);
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

/// Not a test: what the tests start.
#[test]
fn child() {
    let Ok(case) = std::env::var(CASE) else { return };
    let endless = Duration::MAX;
    match case.as_str() {
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
            assert_eq!(guard.finish_within(endless).sinks[0].flush_error, None);
        }
        "thrown away" => no_guard(false),
        "finished early" => no_guard(true),
        "pipe" => pipe(),
        "stdout gone" => stdout_gone(),
        other => panic!("no case `{other}`"),
    }
    // As `main` ends: whatever other threads do.
    let _ = io::stdout().flush();
    std::process::exit(0);
}

fn command(case: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]).env(CASE, case);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the cases beside each other; gives what each printed.
fn outputs(cases: &[&str]) -> Vec<String> {
    let run = |case: &str| {
        let output = command(case).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`{case}`: {:?}\n{text}\n{errors}", output.status);
        text
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = cases.iter().map(|case| scope.spawn(move || run(case))).collect();
        running.into_iter().map(|running| running.join().unwrap()).collect()
    })
}

#[test]
fn the_end_keeps_its_limit_whatever_a_sink_does() {
    let left_behind = [
        "write",
        "flush",
        "display",
        "fifo, lines",
        "fifo, batches",
        "fifo, file",
        "full queue",
        "no time",
        "callback",
    ];
    let no_part_of_the_end =
        ["losses", "drop", "on_error", "name", "report timer", "endless", "dropped guard"];
    let cases = [&left_behind[..], &no_part_of_the_end[..]].concat();
    for (case, output) in cases.iter().zip(outputs(&cases)) {
        let said =
            output.lines().find_map(|line| line.split_once("excess ")).map_or("", |(_, said)| said);
        println!("{case:15} {said}");
        if left_behind.contains(case) {
            assert!(said.contains("; left behind;"), "`{case}`: {output}");
        }
    }
}

#[test]
fn nothing_is_lost_where_the_guard_is_gone() {
    for case in ["thrown away", "finished early"] {
        let path =
            std::env::temp_dir().join(format!("event-guard-{}-{}", std::process::id(), case.len()));
        let path = path.to_str().unwrap();
        let output = command(case).env("EVENTS_ENDING_FILE", path).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        assert_eq!(
            errors.matches("write `let guard = emitter.install()?;`").count(),
            1,
            "{errors}"
        );
        for name in ["buffer", "queue", "lines"] {
            let path = format!("{path}.{name}");
            assert_eq!(
                std::fs::read_to_string(&path).unwrap().lines().count(),
                100,
                "{case}: {name}"
            );
            std::fs::remove_file(path).unwrap();
        }
        let batches = std::fs::read_to_string(format!("{path}.batches")).unwrap();
        assert_eq!(batches.matches("\"load_step_completed\"").count(), 100, "{case}");
        std::fs::remove_file(format!("{path}.batches")).unwrap();
    }
}

#[test]
fn a_listener_that_prints_where_standard_output_is_gone_harms_nothing() {
    let mut child = command("stdout gone").stdin(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(200));
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("event-core: sink `JsonLines` could not take a record"), "{errors}");
}

/// `sh` cannot make a pipe non-blocking; Python can, where it is there.
#[test]
fn a_pipe_that_is_non_blocking_loses_nothing() {
    if Command::new("python3").arg("--version").output().is_err() {
        return;
    }
    let program = "import os, sys; os.set_blocking(1, False); os.execv(sys.argv[1], sys.argv[1:])";
    let mut child = Command::new("python3");
    child.args(["-c", program]).arg(std::env::current_exe().unwrap());
    child.args(["--exact", "child", "--nocapture", "--test-threads=1"]).env(CASE, "pipe");
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(1));
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines =
        text.split_once("-- lines --\n").unwrap().1.lines().filter(|line| line.starts_with('{'));
    let counts: Vec<u64> = lines
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["count"].as_u64().unwrap()
        })
        .collect();
    assert!(counts.into_iter().eq(0..5_000), "a line is missing, or torn");
}

/// Once a false error came up in one of ten, and a real one was replaced.
#[test]
fn a_flush_that_ends_in_time_is_not_said_to_be_late() {
    struct Gone;
    impl Sink for Gone {
        fn write(&self, _: &Record<'_>) -> io::Result<()> {
            Ok(())
        }

        fn flush(&self) -> io::Result<()> {
            Err(io::Error::new(ErrorKind::NotFound, "disk gone"))
        }
    }
    for _ in 0..300 {
        let emitter = Emitter::builder()
            .level(Level::Info)
            .sink(JsonLines::new(io::sink()))
            .sink(Gone)
            .build();
        emitter.emit(&LoadStepCompleted { count: 0 });
        emitter.flush_within(Duration::from_secs(60));
        let report = emitter.report();
        assert_eq!(report.sinks[0].flush_error, None);
        assert_eq!(report.sinks[1].flush_error.as_deref(), Some("disk gone"));
    }
}
