//! Where records go.

mod background;
mod batches;
mod callback;
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

/// Somewhere that records go.
///
/// A sink is called from every thread that emits, one record at a time; it must not wait for long.
/// A fault in it, a panic too, harms neither the caller nor another sink: the emitter counts the
/// record as failed and reports the fault once.
///
/// A sink may emit events itself. They go to the other sinks; this one does not get them.
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

    /// The counters of records that it took and did not deliver: those that wait in it, and those
    /// that it lost afterwards. The emitter calls this once, when it is built, and reads the
    /// counters from then on. A sink that hands on to another gives both: [`Losses::and`].
    fn losses(&self) -> Losses {
        Losses::default()
    }

    /// Whether the sink reads [`Record::members`]: then the encoder marks them, which is asked
    /// once, when the emitter is built. Members can be read without this too; to find them costs
    /// more than to encode them. A sink that hands on to another hands this on.
    fn wants_members(&self) -> bool {
        false
    }

    /// Is given whom to tell of errors that no call is there to return: those of a thread that
    /// writes later. The emitter that the sink is added to calls this; a sink that hands on to
    /// another hands this on too. One that does all its work in its calls has nothing to do.
    fn on_error(&self, _listener: ErrorListener) {}
}

/// Is told of errors that no call is there to return; see [`Sink::on_error`]. Telling is not
/// counting: [`Sink::losses`] counts.
pub type ErrorListener = Arc<dyn Fn(&io::Error) + Send + Sync>;

/// A panic is an error like another where records are kept and counted.
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
