//! The flat line:
//! `{"event":..,"version":..,"level":..,"timestamp":..,<ids>,<sampling>,<actor>,<trace>,<service>,<groups>,<fields>}`.

use super::{Asked, Head, Marks, Record, place};
use crate::context::AskedTrace;
use crate::context::trace::TraceContext;
use crate::context::{self, Context};
use crate::model::meta::{EventMeta, LevelRule};
use crate::value::encode::{Encoder, Fields, Mark, Preencoded, Refusal, scan};
use crate::value::time::{TimeMember, Timestamp};
use event_grammar::key_text;
use event_grammar::record::{Key, Within};
use std::cell::OnceCell;

/// An event, before it is encoded.
#[derive(Clone, Copy)]
pub(crate) struct Draft<'a> {
    pub(crate) head: Head<'a>,
    pub(crate) sampling: Sampling,
    /// Whether its unit of work was dropped, not flushed.
    pub(crate) incomplete: bool,
    pub(crate) fields: &'a dyn Fields,
    pub(crate) asks: Asks,
    /// The service's members.
    pub(crate) service: &'a Preencoded,
    /// Who is asked for the trace, where none is bound.
    pub(crate) trace: Option<&'a AskedTrace<'a>>,
}

/// What an emitter asks of every record, in one word: most ask nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asks(u8);

impl Asks {
    /// The line has its id and its place in the sequence.
    pub(crate) const IDS: Self = Self(1);
    /// The line says something of the service.
    pub(crate) const SERVICE: Self = Self(1 << 1);
    /// A source is asked for the trace, where none is bound.
    pub(crate) const TRACE: Self = Self(1 << 2);
    /// A sink asks for the members.
    pub(crate) const MEMBERS: Self = Self(1 << 3);

    /// This too, if so.
    pub(crate) const fn and(self, other: Self, is_asked: bool) -> Self {
        if is_asked { Self(self.0 | other.0) } else { self }
    }

    const fn has(self, any_of: Self) -> bool {
        self.0 & any_of.0 != 0
    }
}

/// What the record says of how it was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sampling {
    /// The share of such events that is emitted.
    pub(crate) rate: Option<f64>,
    /// Why this one was kept, by a sampler that decides at the end.
    pub(crate) reason: Option<&'static str>,
}

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Encoded {
    /// A context group that it needs is not bound.
    pub(crate) context_missing: bool,
    /// Why it must not leave, if so.
    pub(crate) refused: Option<Refusal>,
}

/// The buffer that lines are written into, one after the other.
pub(crate) struct Line {
    out: Encoder,
    time: TimeMember,
}

impl Line {
    pub(crate) const fn new() -> Self {
        Self { out: Encoder::new(), time: TimeMember::new() }
    }

    /// Gives back the memory of a long line.
    #[inline]
    pub(crate) fn give_back(&mut self) {
        self.out.give_back();
    }

    /// Writes the line, and lends the record.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "else the record is copied, which is larger than what makes it"
    )]
    pub(crate) fn record<'a>(&'a mut self, draft: &'a Draft<'a>) -> (Record<'a>, Encoded) {
        let out = &mut self.out;
        out.clear();
        out.json(draft.head.meta.head);
        if !matches!(draft.head.meta.level, LevelRule::Fixed(_)) {
            out.json(draft.head.level.as_str());
        }
        out.json_bytes(self.time.format(draft.head.occurred_at));
        let at = place(out.len());
        if draft.asks.has(Asks::MEMBERS) {
            out.keep_marks();
        }
        // Few lines have more than their own fields.
        let mut marks =
            Marks { time: at - TIME_AND_QUOTE, sampling: at, actor: at, context: at, payload: at };
        let asked = Asked::default();
        let mut encoded = Encoded::default();
        if draft.has_more() {
            encoded = write_more(draft, &mut marks, &asked, out);
        }
        out.isolated(draft.fields);
        out.json("}\n");
        encoded.refused = out.refusal();
        let out = &self.out;
        let members = if draft.asks.has(Asks::MEMBERS) { out.marks() } else { &[] };
        debug_assert!(
            members.is_empty() || are_all(members, out.bytes(), marks.sampling),
            "a member is not marked"
        );
        let record = Record {
            head: &draft.head,
            line: out.bytes(),
            marks,
            members,
            asked,
            envelope: OnceCell::new(),
        };
        (record, encoded)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "27")]
const TIME_AND_QUOTE: u32 = Timestamp::LEN as u32 + 1;

impl Draft<'_> {
    /// Whether anything stands between the time and the event's own fields.
    fn has_more(&self) -> bool {
        const IN_THE_LINE: Asks = Asks::IDS.and(Asks::SERVICE, true).and(Asks::TRACE, true);
        self.asks.has(IN_THE_LINE)
            || self.incomplete
            || self.sampling.rate.is_some()
            || self.sampling.reason.is_some()
            || !self.head.meta.context.is_empty()
            || context::is_anything_bound()
    }
}

/// Writes what stands between the time and the event's own fields.
#[inline(never)]
fn write_more(draft: &Draft<'_>, marks: &mut Marks, asked: &Asked, out: &mut Encoder) -> Encoded {
    if draft.asks.has(Asks::IDS) {
        let (id, sequence) = (draft.head.id(), draft.head.next());
        asked.id.set(id.as_u128());
        asked.sequence.set(sequence);
        out.json(key_text!(EventId in Line));
        id.encode(out);
        out.json(key_text!(Sequence in Line));
        out.integer(sequence);
    }
    marks.sampling = place(out.len());
    if draft.incomplete {
        out.short_member(key_text!(Incomplete in Line), b"true");
    }
    if draft.sampling != Sampling::default() {
        write_sampling(draft.sampling, out);
    }
    marks.actor = place(out.len());
    marks.context = marks.actor;
    // Before anything is borrowed: what is asked may bind or emit.
    let trace = draft.trace.and_then(AskedTrace::get);
    let mut encoded = Encoded::default();
    context::with_current(|context| {
        if context.ambient().is_some() || trace.is_some() {
            write_ambient(context, trace, draft.head.meta, marks, out);
        }
        out.preencoded(draft.service);
        if !draft.head.meta.context.is_empty() {
            encoded.context_missing = context::write_groups(context, draft.head.meta, out);
        }
    });
    marks.payload = place(out.len());
    encoded
}

/// Whether every member from `from` on is marked. What writes a member past the encoder's own
/// methods leaves it unmarked.
fn are_all(marks: &[Mark], line: &[u8], from: u32) -> bool {
    let members = &line[from as usize..line.len() - "}\n".len()];
    scan::marks(members).map(|mark| mark.moved(from as usize)).eq(marks.iter().copied())
}

#[cold]
fn write_sampling(sampling: Sampling, out: &mut Encoder) {
    if let Some(rate) = sampling.rate {
        out.float_member(key_text!(SampleRate in Line), rate);
    }
    if let Some(reason) = sampling.reason {
        out.text_member(key_text!(SampleReason in Line), reason);
    }
}

/// Writes who acts, the trace that is bound or that the source gives, and what ties events
/// together.
#[inline(never)]
fn write_ambient(
    context: &Context,
    sourced: Option<&TraceContext>,
    meta: &'static EventMeta,
    marks: &mut Marks,
    out: &mut Encoder,
) {
    let Some(ambient) = context.ambient() else {
        return sourced.into_iter().for_each(|trace| trace.encode_members(out));
    };
    out.preencoded_if(ambient.actor_member());
    marks.context = place(out.len());
    match sourced {
        Some(trace) => trace.encode_members(out),
        None => out.preencoded_if(ambient.trace_members()),
    }
    // What the event declares holds against what goes with any event.
    let is_free = |_: &&Preencoded| {
        meta.context.is_empty()
            || context::fills(context, meta, Key::CorrelationId.name(Within::Line))
    };
    out.preencoded_if(ambient.correlation_member().filter(is_free));
    out.preencoded_if(ambient.causation_member());
}
