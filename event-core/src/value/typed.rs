//! What encoder and reader do for types that are values of a field.

use super::EventValue;
use super::encode::Encoder;
use super::read::{Object, ReadError};

impl Encoder {
    /// Writes a list.
    pub fn list<'v, T: EventValue + 'v>(&mut self, items: impl IntoIterator<Item = &'v T>) {
        self.list_with(items, T::encode);
    }

    /// Writes an object of any keys.
    pub fn map<'v, T: EventValue + 'v>(
        &mut self,
        entries: impl IntoIterator<Item = (&'v str, &'v T)>,
    ) {
        self.map_with(entries, T::encode);
    }
}

impl Object<'_> {
    /// Takes and reads the value of `name`, which must be there.
    ///
    /// # Errors
    ///
    /// When it is missing or is not a `T`.
    pub fn read<T: EventValue>(&mut self, name: &str) -> Result<T, ReadError> {
        T::read_field(self, name, &[]).ok_or_else(|| self.error())
    }
}
