//! The emitter of the process: installed once. Alone in its binary, because it stays.
#![allow(missing_docs, reason = "the hygiene package denies what tests may leave out")]

use event_core::emit::AlreadyInstalled;
use event_core::{Emitter, Level, Recorder, events};

events!(
    #[domain]
    pub enum Job {
        Run,
    }

    #[event(info)]
    pub struct JobRunCompleted;

    #[event(debug)]
    pub struct JobRunSkipped;
);

#[test]
fn the_first_emitter_stays() {
    let (first, second) = (Recorder::new(), Recorder::new());
    emit_job_run_completed(JobRunCompleted);
    let guard =
        Emitter::builder().sink(first.clone()).build().install().expect("none is installed");
    let again = Emitter::builder().level(Level::Trace).sink(second.clone()).build().install();
    assert_eq!(again.map(|_| ()), Err(AlreadyInstalled));
    emit_job_run_completed(JobRunCompleted);
    emit_job_run_skipped(JobRunSkipped);
    std::thread::spawn(|| emit_job_run_completed(JobRunCompleted)).join().expect("it emits");
    assert_eq!((first.lines().len(), second.lines().len()), (2, 0));
    assert_eq!(guard.finish().emitted, 2);
}
