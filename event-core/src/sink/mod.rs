//! Where records go.

mod json_lines;

pub use json_lines::JsonLines;

use crate::record::Record;
use std::io;
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
}

/// Records that a sink took and has not delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Lost, because of an error.
    pub failed: u64,
    /// Dropped, because it was full.
    pub dropped: u64,
    /// Not delivered yet.
    pub waiting: u64,
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
        }
    )*};
}

pointers! {
    Arc,
    Box,
}
