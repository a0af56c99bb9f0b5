//! The fields that a unit of work emits.

use crate::value::encode::{Encoder, Fields, Preencoded};
use std::time::Duration;

/// The fields that a unit of work emits: the event's own fields, then its contributions.
pub(crate) struct Flushed<'a> {
    pub(crate) fields: &'a dyn Fields,
    pub(crate) added: &'a [Preencoded],
    /// The time from the start of the unit to its flush.
    pub(crate) elapsed: Duration,
    /// Whether the unit was dropped instead of flushed.
    pub(crate) incomplete: bool,
}

impl Fields for Flushed<'_> {
    fn encode_fields(&self, out: &mut Encoder) {
        self.fields.encode_fields(out);
        for contribution in self.added {
            out.preencoded(contribution);
        }
    }
}
