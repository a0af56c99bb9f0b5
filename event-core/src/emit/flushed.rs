//! What a unit of work emits.

use crate::value::encode::{Encoder, Fields, Preencoded};
use std::time::Duration;

/// What a unit of work emits: the event's own fields, then its contributions.
pub(crate) struct Flushed<'a> {
    pub(crate) fields: &'a dyn Fields,
    pub(crate) added: &'a [Preencoded],
    /// From when the unit was made until it was flushed.
    pub(crate) elapsed: Duration,
    /// Whether it was dropped, not flushed.
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
