//! `traceparent`: W3C Trace Context (Recommendation of 2021-11-23), §3.2.

use super::id::{self, SpanId, TraceId};
use super::invalid::{Extracted, InvalidTrace, TraceRule};
use super::state::TraceState;
use crate::value::encode::Encoder;
use event_grammar::key_text;
use std::fmt;

/// `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`
const LEN: usize = 55;
/// The only flag that version 00 defines (§3.2.2.5.1).
const SAMPLED: u8 = 1;

/// A place in a trace: the trace, the current span, the flags and the `tracestate`.
///
/// ```
/// use event_core::context::trace::TraceContext;
///
/// let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// let caller = TraceContext::from_headers(header, Some("rojo=00f067aa0ba902b7"))?.value;
/// assert_eq!(caller.traceparent().to_string(), header);
///
/// let here = caller.child();
/// assert_eq!(here.trace_id(), caller.trace_id());
/// assert_ne!(here.span_id(), caller.span_id());
/// assert!(here.sampled());
/// # Ok::<(), event_core::context::trace::InvalidTrace>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TraceContext {
    trace_id: TraceId,
    span_id: SpanId,
    /// The parent of the current span, if it is known.
    parent: Option<SpanId>,
    flags: u8,
    state: TraceState,
}

/// Displays a [`TraceContext`] as the value of the header `traceparent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Traceparent {
    trace_id: TraceId,
    span_id: SpanId,
    flags: u8,
}

impl TraceContext {
    /// A span of a trace, marked as sampled; see [`TraceContext::with_sampled`].
    pub const fn new(trace_id: TraceId, span_id: SpanId) -> Self {
        Self { trace_id, span_id, parent: None, flags: SAMPLED, state: TraceState::new() }
    }

    /// The first span of a new trace, marked as sampled.
    pub fn new_root() -> Self {
        Self::new(TraceId::random(), SpanId::random())
    }

    /// A new span of the same trace. Its parent is the current span. Flags and `tracestate` are
    /// kept, as §2.3 requires.
    #[must_use]
    pub fn child(&self) -> Self {
        Self { span_id: SpanId::random(), parent: Some(self.span_id), ..self.clone() }
    }

    /// Sets the parent of the span: `None` for the first span of a trace. Use it for the contexts
    /// of another tracing library; [`TraceContext::child`] and `Incoming::child` of the crate
    /// `event-trace` set the parent themselves.
    #[must_use]
    pub fn with_parent_span_id(mut self, parent: impl Into<Option<SpanId>>) -> Self {
        self.parent = parent.into();
        self
    }

    /// Sets whether the caller may have recorded the trace.
    #[must_use]
    pub const fn with_sampled(mut self, sampled: bool) -> Self {
        self.flags = if sampled { SAMPLED } else { 0 };
        self
    }

    /// Sets the `tracestate` of other vendors.
    #[must_use]
    pub fn with_tracestate(mut self, state: TraceState) -> Self {
        self.state = state;
        self
    }

    /// Parses the headers `traceparent` and `tracestate`.
    ///
    /// Of a `traceparent` of a later version, the fields that version 00 has are parsed, and the
    /// rest is ignored (§4.3). An invalid `tracestate`
    /// is left out and reported; it does not make the `traceparent` invalid (§3.3).
    ///
    /// # Errors
    ///
    /// If `traceparent` breaks a rule. Then begin a new trace.
    pub fn from_headers(
        traceparent: &str,
        tracestate: Option<&str>,
    ) -> Result<Extracted<Self>, InvalidTrace> {
        let parent = Traceparent::parse(traceparent)
            .map_err(|rule| InvalidTrace::new(Traceparent::HEADER, rule))?;
        let Extracted { value: state, discarded } =
            TraceState::parse(tracestate.unwrap_or_default());
        let Traceparent { trace_id, span_id, flags } = parent;
        Ok(Extracted { value: Self { trace_id, span_id, parent: None, flags, state }, discarded })
    }

    /// Writes the members of a record.
    pub(crate) fn encode_members(&self, out: &mut Encoder) {
        out.key(key_text!(TraceId in Line));
        self.trace_id.encode_text(out);
        out.key(key_text!(SpanId in Line));
        self.span_id.encode_text(out);
        if let Some(parent) = self.parent {
            out.key(key_text!(ParentSpanId in Line));
            parent.encode_text(out);
        }
    }

    /// The id of the trace.
    pub const fn trace_id(&self) -> TraceId {
        self.trace_id
    }

    /// The id of the current span: the parent of outgoing calls.
    pub const fn span_id(&self) -> SpanId {
        self.span_id
    }

    /// The id of the current span's parent. `None` for the first span of a trace, and for a context
    /// that was read from headers, because headers lack it.
    pub const fn parent_span_id(&self) -> Option<SpanId> {
        self.parent
    }

    /// The flags. Version 00 defines one: 1 is sampled. Other flags are read and written as 0
    /// (§3.2.2.5.2).
    pub const fn flags(&self) -> u8 {
        self.flags
    }

    /// Whether the caller may have recorded the trace.
    pub const fn sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }

    /// The header `traceparent`, in version 00.
    pub const fn traceparent(&self) -> Traceparent {
        Traceparent { trace_id: self.trace_id, span_id: self.span_id, flags: self.flags }
    }

    /// The header `tracestate`.
    pub const fn tracestate(&self) -> &TraceState {
        &self.state
    }
}

impl Traceparent {
    /// The header's name.
    pub const HEADER: &str = "traceparent";

    fn parse(text: &str) -> Result<Self, TraceRule> {
        let byte = |digits: &str| id::hex(digits).and_then(|byte| u8::try_from(byte).ok());
        let version = text
            .get(..2)
            .and_then(byte)
            .filter(|version| *version != u8::MAX)
            .ok_or(TraceRule::Version)?;
        let (known, later) = text.split_at_checked(LEN).ok_or(TraceRule::Length)?;
        if !later.is_empty() && (version == 0 || !later.starts_with('-')) {
            return Err(TraceRule::Length);
        }
        if [2, 35, 52].iter().any(|at| known.as_bytes()[*at] != b'-') {
            return Err(TraceRule::Separator);
        }
        let part = |range| known.get(range).unwrap_or_default();
        Ok(Self {
            trace_id: TraceId::parse(part(3..35)).ok_or(TraceRule::TraceId)?,
            span_id: SpanId::parse(part(36..52)).ok_or(TraceRule::SpanId)?,
            flags: byte(part(53..LEN)).ok_or(TraceRule::Flags)? & SAMPLED,
        })
    }
}

impl fmt::Display for Traceparent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace_id, self.span_id, self.flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TRACE: &str = "12345678901234567890123456789012";

    fn rule(traceparent: &str) -> Option<TraceRule> {
        TraceContext::from_headers(traceparent, None).err().map(|error| error.rule())
    }

    /// The vectors of the W3C test suite for `traceparent`, and its verdicts.
    #[test]
    fn verdicts_of_the_w3c_suite() {
        let span = "1234567890123456";
        let good = [
            format!("00-{TRACE}-{span}-01"),
            format!("00-{TRACE}-{span}-00"),
            format!("cc-{TRACE}-{span}-01"),
            format!("cc-{TRACE}-{span}-01-what-the-future-will-be-like"),
            format!("01-{TRACE}-{span}-01-"),
        ];
        for header in good {
            assert_eq!(rule(&header), None, "{header}");
        }
        let bad = [
            (format!("00-{TRACE}-{span}-01."), TraceRule::Length),
            (format!("00-{TRACE}-{span}-01-what-the-future-will-be-like"), TraceRule::Length),
            (format!("cc-{TRACE}-{span}-01.what-the-future-will-be-like"), TraceRule::Length),
            (format!("ff-{TRACE}-{span}-01"), TraceRule::Version),
            (format!(".0-{TRACE}-{span}-01"), TraceRule::Version),
            (format!("0.-{TRACE}-{span}-01"), TraceRule::Version),
            (format!("CC-{TRACE}-{span}-01"), TraceRule::Version),
            (format!("000-{TRACE}-{span}-01"), TraceRule::Length),
            (format!("0000-{TRACE}-{span}-01"), TraceRule::Length),
            (format!("0-{TRACE}-{span}-01"), TraceRule::Version),
            (format!("00-{}-{span}-01", "0".repeat(32)), TraceRule::TraceId),
            (format!("00-.2345678901234567890123456789012-{span}-01"), TraceRule::TraceId),
            (format!("00-1234567890123456789012345678901.-{span}-01"), TraceRule::TraceId),
            (format!("00-ABCDEF78901234567890123456789012-{span}-01"), TraceRule::TraceId),
            (format!("00-{TRACE}3-{span}-01"), TraceRule::Length),
            (format!("00-1234567890123456789012345678901-{span}-01"), TraceRule::Length),
            (format!("00-{TRACE}-{}-01", "0".repeat(16)), TraceRule::SpanId),
            (format!("00-{TRACE}-.234567890123456-01"), TraceRule::SpanId),
            (format!("00-{TRACE}-123456789012345.-01"), TraceRule::SpanId),
            (format!("00-{TRACE}-ABCDEF7890123456-01"), TraceRule::SpanId),
            (format!("00-{TRACE}-12345678901234567-01"), TraceRule::Length),
            (format!("00-{TRACE}-123456789012345-01"), TraceRule::Length),
            (format!("00-{TRACE}-{span}-.0"), TraceRule::Flags),
            (format!("00-{TRACE}-{span}-0."), TraceRule::Flags),
            (format!("00-{TRACE}-{span}-+1"), TraceRule::Flags),
            (format!("00-{TRACE}-{span}-001"), TraceRule::Length),
            (format!("00-{TRACE}-{span}-1"), TraceRule::Length),
            (format!("00_{TRACE}-{span}-01"), TraceRule::Separator),
            (format!("00-{TRACE}_{span}-01"), TraceRule::Separator),
            (format!("00-{TRACE}-{span}_01"), TraceRule::Separator),
            (format!(" 00-{TRACE}-{span}-01"), TraceRule::Version),
            (format!("00-{TRACE}-{span}-é"), TraceRule::Flags),
            (String::new(), TraceRule::Version),
            ("00".to_owned(), TraceRule::Length),
        ];
        for (header, expected) in bad {
            assert_eq!(rule(&header), Some(expected), "{header}");
        }
    }

    #[test]
    fn flags_that_version_00_does_not_know_go_no_further() {
        let header = format!("01-{TRACE}-1234567890123456-ff-more");
        let context = TraceContext::from_headers(&header, None).unwrap().value;
        assert_eq!((context.flags(), context.sampled()), (1, true));
        assert_eq!(context.traceparent().to_string(), format!("00-{TRACE}-1234567890123456-01"));
    }

    #[test]
    fn an_invalid_tracestate_is_reported_and_the_traceparent_kept() {
        let header = format!("00-{TRACE}-1234567890123456-00");
        let extracted = TraceContext::from_headers(&header, Some("foo=1,foo=2")).unwrap();
        assert_eq!(extracted.value.traceparent().to_string(), header);
        assert!(extracted.value.tracestate().is_empty());
        assert_eq!(
            extracted.discarded,
            [InvalidTrace::in_member(TraceState::HEADER, 2, TraceRule::Duplicate)]
        );
    }

    #[test]
    fn a_child_keeps_all_but_the_span() {
        let state = TraceState::parse("foo=1").value;
        let root = TraceContext::new_root().with_sampled(false).with_tracestate(state.clone());
        let child = root.child();
        assert_eq!(
            (child.trace_id(), child.flags(), child.tracestate()),
            (root.trace_id(), 0, &state)
        );
        assert_ne!(child.span_id(), root.span_id());
        assert_eq!((root.parent_span_id(), child.parent_span_id()), (None, Some(root.span_id())));
        assert_ne!(TraceContext::new_root().trace_id(), root.trace_id());
    }

    proptest! {
        #[test]
        fn traceparent_reads_back(trace in 1..u128::MAX, span in 1..u64::MAX, sampled: bool) {
            let ids = TraceId::from_u128(trace).zip(SpanId::from_u64(span)).unwrap();
            let context = TraceContext::new(ids.0, ids.1).with_sampled(sampled);
            let read = TraceContext::from_headers(&context.traceparent().to_string(), None).unwrap();
            prop_assert_eq!(read, Extracted { value: context, discarded: Vec::new() });
        }

        #[test]
        fn any_text_is_read_or_refused(parent in any::<String>(), state in any::<String>()) {
            let _ = TraceContext::from_headers(&parent, Some(&state));
        }

        /// Text that is nearly valid finds wrong indices.
        #[test]
        fn text_of_the_right_length_is_read_or_refused(parent in "[0-9a-fé.-]{50,60}") {
            if let Ok(read) = TraceContext::from_headers(&parent, None) {
                prop_assert_eq!(&read.value.traceparent().to_string()[2..54], &parent[2..54]);
            }
        }
    }
}
