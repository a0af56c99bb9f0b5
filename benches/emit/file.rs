//! To a real file: until the last event is emitted, and until it is flushed (into the page cache,
//! not onto the disk).

use crate::event::{Input, PaymentProcessFailed};
use crate::group::BATCH;
use crate::hand::Hand;
use event_benches::{Table, Target};
use event_core::sink::{Background, FileLines, JsonLines};
use event_core::{Emitter, Sink};
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(crate) const NAME: &str = "file";
/// As much as a `BufWriter` buffers.
const BUFFER: usize = 8 * 1024;
const BUFFERED: &str = "this project, FileLines, buffered";
const HAND: &str = "hand-written, a BufWriter behind a mutex";
const INTERVAL: Duration = Duration::from_millis(200);

struct Contender {
    name: &'static str,
    emit: Box<dyn FnMut(&Input)>,
    flush: Box<dyn FnMut() -> io::Result<()>>,
    /// Nanoseconds of an event, the least: emitted, flushed.
    least: [f64; 2],
}

/// A directory that goes when this is dropped.
struct Files(PathBuf);

impl Files {
    fn new() -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("event-benches-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    fn lines(&self, name: &str) -> io::Result<FileLines> {
        FileLines::options().buffer(BUFFER, INTERVAL).open(self.0.join(name))
    }

    fn create(&self, name: &str) -> io::Result<File> {
        File::create(self.0.join(name))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // What is left is in the directory for such things.
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn measure(rounds: u32) -> io::Result<()> {
    let files = Files::new()?;
    let mut contenders = vec![
        ours("this project, JsonLines of a File", JsonLines::new(files.create("file")?)),
        ours(
            "this project, JsonLines of a BufWriter",
            JsonLines::new(BufWriter::new(files.create("buffered")?)),
        ),
        ours(BUFFERED, files.lines("lines")?),
        ours("this project, Background of that", Background::new(files.lines("queued")?)?),
        hand(HAND, BufWriter::new(files.create("hand")?)),
    ];
    let input = Input::new();
    for _ in 0..rounds {
        for Contender { emit, flush, least, .. } in &mut contenders {
            let start = Instant::now();
            (0..BATCH).for_each(|_| emit(black_box(&input)));
            let emitted = start.elapsed();
            flush()?;
            for (least, elapsed) in least.iter_mut().zip([emitted, start.elapsed()]) {
                *least = least.min(elapsed.as_secs_f64() * 1e9 / f64::from(BATCH));
            }
        }
    }
    let mut table = Table::new(&["contender", "emitted, ns", "flushed, ns"]);
    for Contender { name, least: [emitted, flushed], .. } in &contenders {
        table.row([(*name).to_owned(), format!("{emitted:.1}"), format!("{flushed:.1}")]);
    }
    println!(
        "## To a file\nan event, until the last is emitted and until it is flushed; the least of {rounds} rounds of {BATCH} events\n\n{table}"
    );
    let flushed = |name: &str| {
        let found = contenders.iter().find(|contender| contender.name == name);
        found.map_or(f64::NAN, |contender| contender.least[1])
    };
    let ratio = flushed(BUFFERED) / flushed(HAND);
    let mut table = Table::new(&["target", "by ns, flushed", "verdict"]);
    table.row([
        "FileLines, buffered ÷ hand-written".to_owned(),
        format!("{ratio:.2}"),
        Target::AtMost(1.1).verdict(ratio),
    ]);
    println!("{table}");
    Ok(())
}

fn ours(name: &'static str, sink: impl Sink + 'static) -> Contender {
    let emitter = Emitter::builder().sink(sink).build();
    let flush = emitter.clone();
    Contender {
        name,
        emit: Box::new(move |input| emitter.emit(&PaymentProcessFailed::from(input))),
        flush: Box::new(move || flush.flush()),
        least: [f64::INFINITY; 2],
    }
}

fn hand(name: &'static str, out: BufWriter<File>) -> Contender {
    let hand = Arc::new(Mutex::new(Hand::new(out)));
    let flush = hand.clone();
    Contender {
        name,
        emit: Box::new(move |input| {
            hand.lock().unwrap_or_else(PoisonError::into_inner).emit(input);
        }),
        flush: Box::new(move || flush.lock().unwrap_or_else(PoisonError::into_inner).flush()),
        least: [f64::INFINITY; 2],
    }
}
