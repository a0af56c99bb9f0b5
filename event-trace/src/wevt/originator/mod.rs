//! The originator of a unit of work, and the header `x-wevt-originator`, which passes it to the
//! next service.

mod kind;
mod wire;

pub use kind::{CronRun, HttpRequest, MessageReceived, OriginatorKind};

use crate::invalid::InvalidHeader;
use event_core::context::trace::{ExternalId, Extracted};
use event_core::{EventId, Timestamp};

/// The prefix of the id of an originator.
const ID_PREFIX: &str = "orig_";

/// What started a unit of work: a request, a message, a schedule. Its id is the parent id of the
/// originators in the services that are called during the unit of work.
///
/// ```
/// use event_trace::{HttpRequest, Originator, OriginatorKind};
///
/// let request = HttpRequest::new("GET", "/orders?token=abc");
/// let originator = Originator::new(OriginatorKind::Http(Some(request)));
/// assert!(originator.id().as_str().starts_with("orig_"));
///
/// let read = Originator::from_header(&originator.to_header())?.value;
/// assert_eq!(read.id(), originator.id());
/// assert_eq!(read.kind(), originator.kind());
/// # Ok::<(), event_trace::InvalidHeader>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Originator {
    id: ExternalId,
    kind: OriginatorKind,
    timestamp: Timestamp,
    parent_id: Option<ExternalId>,
}

/// The originator of the caller, as far as the caller sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParentOriginator {
    /// Only the id.
    Id(ExternalId),
    /// The whole originator. Its details are claims of the caller.
    Whole(Originator),
}

impl Originator {
    /// Makes the originator of a unit of work that starts now, with a new id and no parent.
    pub fn new(kind: OriginatorKind) -> Self {
        // Both parts have only characters of an id, so parsing always succeeds.
        let id = ExternalId::parse(&format!("{ID_PREFIX}{}", EventId::new()))
            .unwrap_or_else(|_| EventId::new().into());
        Self { id, kind, timestamp: Timestamp::now(), parent_id: None }
    }

    /// Sets the id. If the id begins with `orig_`, a header with the id alone can be distinguished
    /// from a header with a whole originator.
    #[must_use]
    pub fn with_id(mut self, id: ExternalId) -> Self {
        self.id = id;
        self
    }

    /// Sets the time. A header has it in whole milliseconds.
    #[must_use]
    pub fn with_timestamp(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = timestamp;
        self
    }

    /// Sets the id of the caller's originator.
    #[must_use]
    pub fn with_parent_id(mut self, id: ExternalId) -> Self {
        self.parent_id = Some(id);
        self
    }

    /// The id of the originator.
    pub fn id(&self) -> &ExternalId {
        &self.id
    }

    /// The kind of the originator, with details.
    pub fn kind(&self) -> &OriginatorKind {
        &self.kind
    }

    /// When the unit of work began.
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// The id of the caller's originator.
    pub fn parent_id(&self) -> Option<&ExternalId> {
        self.parent_id.as_ref()
    }

    /// The value of the header `x-wevt-originator`: JSON in base64url, at most 4096 bytes. If it
    /// would be longer, a request's headers are left out, and then all details.
    pub fn to_header(&self) -> String {
        wire::write(self)
    }

    /// Reads the header `x-wevt-originator`. Details that do not fit the kind are left out and
    /// reported. Details are masked again.
    ///
    /// # Errors
    ///
    /// Returns an error if the header is longer than 4096 bytes, or is not an originator of
    /// version 1.
    pub fn from_header(header: &str) -> Result<Extracted<Self, InvalidHeader>, InvalidHeader> {
        wire::read(header)
    }
}

impl ParentOriginator {
    /// The id: the `parent_id` of the originators that it causes.
    pub fn id(&self) -> &ExternalId {
        match self {
            Self::Id(id) => id,
            Self::Whole(originator) => &originator.id,
        }
    }

    /// Reads either form of the header.
    pub(super) fn from_header(
        header: &str,
    ) -> Result<Extracted<Self, InvalidHeader>, InvalidHeader> {
        if header.starts_with(ID_PREFIX) {
            let id = ExternalId::parse(header).map_err(wire::invalid_id)?;
            return Ok(Extracted { value: Self::Id(id), discarded: Vec::new() });
        }
        let Extracted { value, discarded } = Originator::from_header(header)?;
        Ok(Extracted { value: Self::Whole(value), discarded })
    }
}
