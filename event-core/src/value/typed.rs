//! Typed methods of the encoder and the reader, for types that are field values.

use super::EventValue;
use super::encode::Encoder;
use super::read::{Object, ReadError};

impl Encoder {
    /// Writes a list.
    pub fn list<'v, T: EventValue + 'v>(&mut self, items: impl IntoIterator<Item = &'v T>) {
        self.list_with(items, T::encode);
    }

    /// Writes a map as an object.
    pub fn map<'v, T: EventValue + 'v>(
        &mut self,
        entries: impl IntoIterator<Item = (&'v str, &'v T)>,
    ) {
        self.map_with(entries, T::encode);
    }
}

impl Object<'_> {
    /// Takes and reads the member `name`, which is required.
    ///
    /// # Errors
    ///
    /// Returns an error if the member is missing or is not a `T`.
    pub fn read<T: EventValue>(&mut self, name: &str) -> Result<T, ReadError> {
        T::read_field(self, name, &[]).ok_or_else(|| self.error())
    }
}
