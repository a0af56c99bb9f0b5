//! The id of a request, from its header.

use event_core::EventId;
use event_core::context::trace::{ExternalId, InvalidId};

/// The id of a request: from its header if that is valid, or else a new id with the reason.
///
/// ```
/// use event_core::context::trace::InvalidId;
/// use event_trace::request_id;
///
/// assert_eq!(request_id(Some("rid-1")).0.as_str(), "rid-1");
///
/// let (id, reason) = request_id(Some(""));
/// assert_eq!(id.as_str().len(), 36);
/// assert_eq!(reason, Some(InvalidId::Empty));
/// ```
pub fn request_id(header: Option<&str>) -> (ExternalId, Option<InvalidId>) {
    match header.ok_or(InvalidId::Missing).and_then(ExternalId::parse) {
        Ok(id) => (id, None),
        Err(reason) => (EventId::new().into(), Some(reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::request_id;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_kept_as_it_is_or_replaced(text in any::<String>()) {
            match request_id(Some(&text)) {
                (id, None) => prop_assert_eq!(id.as_str(), text),
                (id, Some(_)) => prop_assert_eq!(id.as_str().len(), 36),
            }
        }
    }
}
