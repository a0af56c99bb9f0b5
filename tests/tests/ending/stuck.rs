//! A sink that parks its thread for good in one of its methods.

use event_core::Sink;
use event_core::record::Record;
use event_core::sink::{ErrorListener, Losses};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(crate) fn park() -> ! {
    loop {
        std::thread::park();
    }
}

/// Parks in one of its methods, once it is told to.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Parks {
    Write,
    Flush,
    Losses,
    Drop,
    OnError,
    Name,
    Display,
}

pub(crate) struct Sometimes {
    parks: Parks,
    now: Arc<AtomicBool>,
}

impl Sometimes {
    pub(crate) fn new(parks: Parks) -> (Self, Arc<AtomicBool>) {
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
