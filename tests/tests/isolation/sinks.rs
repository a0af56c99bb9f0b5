//! A sink that panics in any of its methods, or whose error does.

use crate::faults::{Explosive, blow_up, part};
use crate::{assert_sums, listened};
use event_core::Sink;
use event_core::emit::Incident;
use event_core::record::Record;
use event_core::sink::{Background, Losses, Memory};
use std::io;
use std::time::Duration;

/// Panics in one of its methods.
struct PanicsIn(&'static str);

impl PanicsIn {
    fn at(&self, here: &'static str) {
        if self.0 == here {
            blow_up();
        }
    }
}

impl Sink for PanicsIn {
    fn write(&self, _: &Record<'_>) -> io::Result<()> {
        self.at("write");
        match self.0 {
            "Display" | "Error::drop" => Err(io::Error::other(Explosive(self.0))),
            _ => Ok(()),
        }
    }

    fn flush(&self) -> io::Result<()> {
        self.at("flush");
        self.write_like()
    }

    fn name(&self) -> String {
        self.at("name");
        "PanicsIn".to_owned()
    }

    fn losses(&self) -> Losses {
        self.at("losses");
        Losses::new()
    }

    fn on_error(&self, _: event_core::sink::ErrorListener) {
        self.at("on_error");
    }
}

impl PanicsIn {
    fn write_like(&self) -> io::Result<()> {
        match self.0 {
            "Display" | "Error::drop" => Err(io::Error::other(Explosive(self.0))),
            _ => Ok(()),
        }
    }
}

impl Drop for PanicsIn {
    fn drop(&mut self) {
        self.at("drop");
    }
}

#[test]
fn a_sink_that_panics_anywhere_harms_nothing_else() {
    for call in ["write", "flush", "name", "losses", "on_error", "drop", "Display", "Error::drop"] {
        for queued in [false, true] {
            if queued && call == "name" {
                // The queue asks for the name when it is made, on the thread that makes it.
                continue;
            }
            let (builder, told) = listened();
            let builder = if queued {
                builder.sink(Background::new(PanicsIn(call)).unwrap())
            } else {
                builder.sink(PanicsIn(call))
            };
            let memory = Memory::new();
            let emitter = builder.sink(memory.clone()).build();
            (0..10).for_each(|_| emitter.emit(&part()));
            emitter.flush_within(Duration::from_secs(60));
            let report = emitter.report();
            assert_sums(&report, 10);
            let fails = matches!(call, "write" | "Display" | "Error::drop");
            assert_eq!(
                (report.sinks[0].failed, memory.records().len()),
                (if fails { 10 } else { 0 }, 10),
                "{call}"
            );
            assert_eq!(
                report.sinks[0].flush_error.is_some(),
                matches!(call, "flush" | "Display" | "Error::drop")
            );
            assert!(!report.left_behind);
            drop(emitter);
            let told = told.lock().unwrap();
            let panicked = told.iter().any(
                |told| matches!(told, Incident::SinkPanicked { call: told, .. } if *told == call),
            );
            assert!(
                panicked || queued || !["write", "name", "losses", "on_error"].contains(&call),
                "{call}: {told:?}"
            );
        }
    }
}
