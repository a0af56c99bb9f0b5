//! What the program does, by name.

use crate::forking::{Child, child};
use event_core::context::trace::TraceContext;
use event_core::sink::{FileLines, JsonLines};
use event_core::{Emitter, EventId};
use std::collections::HashMap;
use std::fs::File;
use std::hint::black_box;
use std::io;
use std::path::Path;
use std::time::Duration;

event_core::events! {
    #[domain]
    pub(crate) enum Worker {
        Start,
    }

    #[event(info)]
    pub(crate) struct WorkerStartCompleted {
        pub(crate) number: u64,
    }
}

const CHILDREN: u64 = 3;
const LONG: Duration = Duration::from_secs(3_600);

pub(crate) fn run(name: &str, directory: &Path) -> io::Result<()> {
    match name {
        "fresh" => fresh(directory),
        "used" => used(directory),
        "generations" => generations(directory),
        "thousand" => thousand(directory),
        "buffered" => buffered(directory),
        _ => Err(io::Error::other(format!("there is no scenario `{name}`"))),
    }
}

/// Emits some events with ids, each in a trace of its own, into a file of the process's own.
fn emit(directory: &Path, name: &str) -> io::Result<()> {
    let file = File::create(directory.join(name))?;
    let emitter = Emitter::builder().ids_in_lines().sink(JsonLines::new(file)).build();
    for number in 0..50 {
        let _trace = TraceContext::new_root().enter();
        emitter.emit(&WorkerStartCompleted { number });
    }
    Ok(())
}

/// The parent has drawn nothing of this library's, but of the standard library's: it has keyed a
/// map.
fn fresh(directory: &Path) -> io::Result<()> {
    black_box(HashMap::from([("workers", CHILDREN)]));
    workers(directory)
}

/// The parent has emitted, and goes on.
fn used(directory: &Path) -> io::Result<()> {
    emit(directory, "before")?;
    workers(directory)?;
    emit(directory, "after")
}

fn workers(directory: &Path) -> io::Result<()> {
    let started: Vec<_> = (0..CHILDREN)
        .map(|number| child(|| emit(directory, &number.to_string())))
        .collect::<io::Result<_>>()?;
    started.into_iter().try_for_each(Child::join)
}

/// Children of children, each forked straight after its parent has emitted.
fn generations(directory: &Path) -> io::Result<()> {
    fn generation(directory: &Path, left: u64) -> io::Result<()> {
        emit(directory, &format!("{left}-before"))?;
        if left > 0 {
            child(|| generation(directory, left - 1))?.join()?;
        }
        emit(directory, &format!("{left}-after"))
    }
    generation(directory, CHILDREN)
}

/// A thousand children, of which each draws once, as soon as it can.
fn thousand(directory: &Path) -> io::Result<()> {
    let file = File::create(directory.join("ids"))?;
    let emitter = Emitter::builder().ids_in_lines().sink(JsonLines::new(file)).build();
    black_box(EventId::new());
    for number in 0..1_000 {
        let emit = || {
            let _trace = TraceContext::new_root().enter();
            emitter.emit(&WorkerStartCompleted { number });
            Ok(())
        };
        child(emit)?.join()?;
    }
    Ok(())
}

/// The file is buffered, and opened before the fork: parent and child write what each of them
/// emitted.
fn buffered(directory: &Path) -> io::Result<()> {
    let file = FileLines::options().buffer(1 << 16, LONG).open(directory.join("lines"))?;
    let emitter = Emitter::builder().sink(file).build();
    let emit = |numbers: std::ops::Range<u64>| {
        numbers.for_each(|number| emitter.emit(&WorkerStartCompleted { number }));
    };
    emit(0..10);
    let emits = child(|| {
        emit(10..20);
        emitter.flush()
    })?;
    let silent = child(|| emitter.flush())?;
    let leaves = child(|| {
        emit(20..30);
        // Ends without a flush, as a worker does that calls `exit`.
        Ok(())
    })?;
    emit(30..40);
    [emits, silent, leaves].into_iter().try_for_each(Child::join)?;
    emitter.flush()
}
