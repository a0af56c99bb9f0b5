//! One kept record.

use crate::event::{Event, Group};
use crate::record::{OwnedRecord, Record};
use crate::value::read::{Input, ReadError};
use std::fmt;
use std::ops::Deref;

/// One kept record: an [`OwnedRecord`] that reads back typed.
#[derive(Clone)]
pub struct Recorded(OwnedRecord);

impl Recorded {
    pub(super) fn of(record: &Record<'_>) -> Self {
        Self(record.to_owned())
    }

    /// Whether it is an `E`, in the version that `E` is.
    pub fn is<E: Event>(&self) -> bool {
        (self.meta().name.snake, self.meta().version) == (E::NAME, E::VERSION)
    }

    /// The event, read back, masked.
    ///
    /// # Errors
    ///
    /// When the line is not an `E`.
    pub fn read<E: Event>(&self) -> Result<E, ReadError> {
        E::read(&mut Input::parse(self.text())?.object()?)
    }

    /// A contribution of a wide event, read back; `None` where it was not added.
    ///
    /// # Errors
    ///
    /// When some of its fields are there, but not as it has them.
    pub fn read_contribution<G: Group>(&self) -> Result<Option<G>, ReadError> {
        Input::parse(self.text())?.object()?.contribution()
    }

    /// The nested envelope, masked, without the line break.
    pub fn envelope(&self) -> String {
        String::from_utf8_lossy(self.record().envelope()).trim_end().to_owned()
    }

    /// The event's own fields as a JSON object, masked.
    pub fn payload(&self) -> String {
        format!("{{{}}}", String::from_utf8_lossy(self.record().payload()))
    }
}

impl Deref for Recorded {
    type Target = OwnedRecord;

    fn deref(&self) -> &OwnedRecord {
        &self.0
    }
}

impl fmt::Debug for Recorded {
    /// The line, which is masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
