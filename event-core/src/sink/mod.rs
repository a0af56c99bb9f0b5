//! Where records go.

mod background;
mod batches;
mod callback;
mod file;
mod filtered;
mod json_lines;
mod listeners;
mod memory;
mod retrying;
mod timer;
mod whole_lines;

pub use background::{Background, BackgroundOptions, WhenFull};
pub use batches::Batches;
pub use callback::Callback;
pub use file::{FileLines, FileOptions, Fsync};
pub use filtered::Filtered;
pub use json_lines::JsonLines;
pub use memory::Memory;
pub use retrying::Retrying;

use crate::record::Record;
use std::io;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Somewhere that records go.
///
/// A sink is called from every thread that emits, one record at a time; it must not wait for long. What goes wrong in it, a panic too, harms neither the
/// caller nor another sink: the emitter counts the record as failed, and tells it once.
pub trait Sink: Send + Sync {
    /// Takes one record.
    ///
    /// # Errors
    ///
    /// When it cannot.
    fn write(&self, record: &Record<'_>) -> io::Result<()>;

    /// Hands on what is buffered, and returns when that is done.
    ///
    /// # Errors
    ///
    /// When it cannot.
    fn flush(&self) -> io::Result<()> {
        Ok(())
    }

    /// What it is called in reports: the name of its type, unless it says otherwise.
    fn name(&self) -> String {
        let path = std::any::type_name::<Self>().split('<').next().unwrap_or_default();
        path.rsplit("::").next().unwrap_or(path).to_owned()
    }

    /// What has become of records that it took: of those that wait in it, and those that it lost afterwards.
    fn losses(&self) -> Losses {
        Losses::default()
    }

    /// Is given whom to tell of errors that no call is there to return: those of a thread that writes later. The emitter that the sink is added to calls
    /// this; a sink that hands on to another hands this on too. One that does all its work in its calls has nothing to do.
    fn on_error(&self, _listener: ErrorListener) {}
}

/// Is told of errors that no call is there to return; see [`Sink::on_error`]. Telling is not counting: [`Sink::losses`] counts.
pub type ErrorListener = Arc<dyn Fn(&io::Error) + Send + Sync>;

/// Records that a sink took and has not delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Lost, because of an error.
    pub failed: u64,
    /// Dropped, because it was full.
    pub dropped: u64,
    /// Not delivered yet.
    pub waiting: u64,
    /// Left out by a filter: not lost, but not meant for the sink.
    pub filtered: u64,
}

impl Add for Losses {
    type Output = Self;

    /// Those of a sink, and of the one that it hands on to.
    fn add(self, other: Self) -> Self {
        Self {
            failed: self.failed + other.failed,
            dropped: self.dropped + other.dropped,
            waiting: self.waiting + other.waiting,
            filtered: self.filtered + other.filtered,
        }
    }
}

/// A panic is an error like another where records are kept and counted.
fn caught(write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| Err(io::Error::other("the sink panicked")))
}

macro_rules! pointers {
    ($($pointer:ident,)*) => {$(
        impl<S: Sink + ?Sized> Sink for $pointer<S> {
            fn write(&self, record: &Record<'_>) -> io::Result<()> {
                (**self).write(record)
            }

            fn flush(&self) -> io::Result<()> {
                (**self).flush()
            }

            fn name(&self) -> String {
                (**self).name()
            }

            fn losses(&self) -> Losses {
                (**self).losses()
            }

            fn on_error(&self, listener: ErrorListener) {
                (**self).on_error(listener);
            }
        }
    )*};
}

pointers! {
    Arc,
    Box,
}
