//! Where records go.

mod background;
mod batches;
mod callback;
mod console;
mod file;
mod filtered;
mod json_lines;
mod listeners;
mod locking;
mod losses;
mod memory;
mod retrying;
mod timer;
mod whole_lines;

pub use background::{Background, BackgroundOptions, WhenFull};
pub use batches::Batches;
pub use callback::Callback;
pub use console::Console;
pub use file::{FileLines, FileOptions, Fsync};
pub use filtered::Filtered;
pub use json_lines::JsonLines;
pub use losses::Losses;
pub use memory::Memory;
pub use retrying::Retrying;

use crate::record::Record;
use crate::value::isolation;
use std::io;
use std::sync::Arc;

/// A destination of records.
///
/// A sink is called from every emitting thread, one record at a time, so it must not block for
/// long. An error or a panic in it affects neither the caller nor another sink: the emitter counts
/// the record as failed and reports the fault once.
///
/// A sink may emit events itself. They go to the other sinks, not to this one.
pub trait Sink: Send + Sync {
    /// Takes one record.
    ///
    /// # Errors
    ///
    /// Returns an error if the sink cannot take the record.
    fn write(&self, record: &Record<'_>) -> io::Result<()>;

    /// Flushes what the sink has buffered, and returns when that is done.
    ///
    /// # Errors
    ///
    /// Returns an error if the sink cannot flush.
    fn flush(&self) -> io::Result<()> {
        Ok(())
    }

    /// Sends what the sink has collected, without the guarantees of a flush. A
    /// [`Background`] calls this when it has written all records that it took at once, so a sink
    /// that sends many records in one request needs no thread and no timer of its own. A sink that
    /// wraps another calls it on the other.
    ///
    /// # Errors
    ///
    /// An error is reported, and counts no record as lost: [`Sink::losses`] counts.
    fn end_batch(&self) -> io::Result<()> {
        Ok(())
    }

    /// The sink's name in reports. The default is the name of its type.
    fn name(&self) -> String {
        let path = std::any::type_name::<Self>().split('<').next().unwrap_or_default();
        path.rsplit("::").next().unwrap_or(path).to_owned()
    }

    /// The counters of the records that the sink took and did not deliver: those that wait in it,
    /// and those that it lost later. The emitter calls this once, when it is built, and reads the
    /// counters from then on. A sink that wraps another returns both: [`Losses::and`].
    fn losses(&self) -> Losses {
        Losses::default()
    }

    /// Whether the sink reads [`Record::members`]. If so, the encoder marks the members. The
    /// emitter asks once, when it is built. Members can be read without the marks too, but finding
    /// them then costs more than encoding them. A sink that wraps another returns the answer of the
    /// other.
    fn wants_members(&self) -> bool {
        false
    }

    /// Takes a listener for errors that no call returns, such as those of a thread that writes
    /// later. The emitter that the sink is added to calls this. A sink that wraps another passes
    /// the listener on. A sink that does all its work in its calls ignores it.
    fn on_error(&self, _listener: ErrorListener) {}
}

/// Called with errors that no call returns; see [`Sink::on_error`]. A listener reports errors, it
/// does not count records: [`Sink::losses`] counts.
pub type ErrorListener = Arc<dyn Fn(&io::Error) + Send + Sync>;

/// Turns a panic into an error, for sinks that keep and count records.
fn caught(write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    isolation::caught(write).unwrap_or_else(|| Err(io::Error::other("the sink panicked")))
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

            fn end_batch(&self) -> io::Result<()> {
                (**self).end_batch()
            }

            fn name(&self) -> String {
                (**self).name()
            }

            fn losses(&self) -> Losses {
                (**self).losses()
            }

            fn wants_members(&self) -> bool {
                (**self).wants_members()
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
