//! One record in a recorder.

use crate::event::{Event, Group};
use crate::record::{OwnedRecord, Record};
use crate::value::read::{Input, ReadError};
use std::fmt;
use std::ops::Deref;

/// One record in a recorder: an [`OwnedRecord`] that can be read back as an event.
#[derive(Clone)]
pub struct Recorded(OwnedRecord);

impl Recorded {
    pub(super) fn of(record: &Record<'_>) -> Self {
        Self(record.to_owned())
    }

    /// Whether the record is an `E`, in the version of `E`.
    pub fn is<E: Event>(&self) -> bool {
        (self.meta().name.snake, self.meta().version) == (E::NAME, E::VERSION)
    }

    /// The event, read back, masked.
    ///
    /// # Errors
    ///
    /// If the line is not an `E`.
    pub fn read<E: Event>(&self) -> Result<E, ReadError> {
        E::read(&mut Input::parse(self.text())?.object()?)
    }

    /// A contribution to a wide event, read back. `None` if the contribution was not added.
    ///
    /// # Errors
    ///
    /// If only some of its fields are present, or a field has the wrong type.
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
    /// Shows the line, which is masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
