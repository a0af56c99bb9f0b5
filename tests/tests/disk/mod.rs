//! What the tests of files share: an event, an emitter without a listener's noise, a directory of
//! one test, and how a file is read.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a part of tests, of which none uses all of it"
)]

use event_core::{Emitter, Sink};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

event_core::events! {
    #[domain]
    pub enum Disk {
        Check,
    }

    #[event(info)]
    pub struct DiskCheckCompleted {
        pub free: u64,
    }
}

/// An interval that does not pass in a test.
pub const LONG: Duration = Duration::from_secs(3_600);

/// A directory of one test, gone with it.
pub struct Directory(PathBuf);

impl Directory {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("event-disk-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn file(&self) -> PathBuf {
        self.join("events.jsonl")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn emitter(sink: impl Sink + 'static) -> Emitter {
    Emitter::builder().sink(sink).on_incident(|_| {}).build()
}

pub fn emit(emitter: &Emitter, free: impl IntoIterator<Item = u64>) {
    free.into_iter().for_each(|free| emitter.emit(&DiskCheckCompleted { free }));
}

/// The field of every line that parses, and the text of the others.
pub fn read(path: &Path) -> (Vec<u64>, Vec<String>) {
    let (mut whole, mut torn) = (Vec::new(), Vec::new());
    for line in fs::read_to_string(path).unwrap().lines() {
        match serde_json::from_str::<Value>(line) {
            Ok(line) => whole.push(line["free"].as_u64().unwrap()),
            Err(_) => torn.push(line.to_owned()),
        }
    }
    (whole, torn)
}
