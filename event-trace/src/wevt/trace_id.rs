//! The trace ids of wevt, which are not W3C trace ids: `trace_` and a nano id.

use super::{TRACE_ID, WevtRule};
use crate::invalid::{HeaderRule, InvalidHeader};
use event_core::context::trace::{ExternalId, TraceId, TraceRule, TraceState};

/// The member of `tracestate` that has wevt's trace id, if it is not a W3C id: §3.3 provides the
/// list for ids in a vendor's own format.
const STATE_KEY: &str = "wevt";

/// The trace that the header names. W3C ids are read unchanged. For any other id, the trace id is a
/// hash of the text, which is equal in every service. The text itself travels on, so that later
/// services that use wevt see their own id.
pub(super) fn read(header: &str) -> Result<(TraceId, TraceState), InvalidHeader> {
    let mut state = TraceState::new();
    if let Some(trace_id) = TraceId::parse(header) {
        return Ok((trace_id, state));
    }
    let error = |rule| InvalidHeader::new(TRACE_ID, rule);
    let id = ExternalId::parse(header)
        .map_err(|invalid| error(HeaderRule::Wevt(WevtRule::Id(invalid))))?;
    state
        .set(STATE_KEY, id.as_str())
        .map_err(|invalid| error(HeaderRule::Trace(invalid.rule())))?;
    let trace_id = TraceId::from_u128(fnv1a(header.as_bytes()))
        .ok_or(error(HeaderRule::Trace(TraceRule::TraceId)))?;
    Ok((trace_id, state))
}

/// The value of the header for a trace.
pub(super) fn write(trace_id: TraceId, state: &TraceState) -> String {
    state.get(STATE_KEY).map_or_else(|| trace_id.to_string(), str::to_owned)
}

/// FNV-1a in 128 bits (RFC 9923): equal in every release and language, unlike the hashes of the
/// standard library.
fn fnv1a(bytes: &[u8]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(BASIS, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use event_core::context::trace::InvalidId;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv1a(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn an_id_of_another_form_travels_on() {
        let theirs = "trace_V1StGXR8Z5jdHi6BmyTab";
        let (id, state) = read(theirs).unwrap();
        assert_eq!(read(theirs).unwrap().0, id);
        assert_eq!(write(id, &state), theirs);
        assert_eq!(state.to_string(), format!("wevt={theirs}"));

        let ours = "4bf92f3577b34da6a3ce929d0e0e4736";
        let (id, state) = read(ours).unwrap();
        assert_eq!((write(id, &state), state.is_empty()), (ours.to_owned(), true));

        assert_eq!(
            read("a b").unwrap_err().rule(),
            HeaderRule::Wevt(WevtRule::Id(InvalidId::Character { at: 1 }))
        );
        assert_eq!(read("a=b").unwrap_err().rule(), HeaderRule::Trace(TraceRule::Value));
    }
}
