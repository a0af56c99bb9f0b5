//! The flat line:
//! `{"event":..,"version":..,"level":..,"timestamp":..,<ids>,<sampling>,<actor>,<trace>,<service>,<groups>,<fields>}`.

use super::{Asked, Head, Marks, Record, place};
use crate::context::AskedTrace;
use crate::context::trace::TraceContext;
use crate::context::{self, Context};
use crate::model::meta::LevelRule;
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
    /// Whether the unit of work was dropped without a flush.
    pub(crate) incomplete: bool,
    pub(crate) fields: &'a dyn Fields,
    pub(crate) asks: Asks,
    /// One reference, because a second one would cost every event an instruction.
    pub(crate) constants: &'a Constants,
    /// The trace source, for a record without a bound trace.
    pub(crate) trace: Option<&'a AskedTrace<'a>>,
}

/// What an emitter adds to its records.
#[derive(Default)]
pub(crate) struct Constants {
    /// The service's members of every record.
    pub(crate) service: Preencoded,
    /// The groups of the events that declare them. They are outside of all that is bound.
    pub(crate) groups: Context,
}

/// The parts that an emitter requires of every record, as bits. Most emitters require none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asks(u8);

impl Asks {
    /// The line has the id and the sequence number.
    pub(crate) const IDS: Self = Self(1);
    /// The line has the service's members.
    pub(crate) const SERVICE: Self = Self(1 << 1);
    /// A source is called for the trace if none is bound.
    pub(crate) const TRACE: Self = Self(1 << 2);
    /// A sink reads the members.
    pub(crate) const MEMBERS: Self = Self(1 << 3);

    /// Adds the bits of `other` if `is_asked`.
    pub(crate) const fn and(self, other: Self, is_asked: bool) -> Self {
        if is_asked { Self(self.0 | other.0) } else { self }
    }

    const fn has(self, any_of: Self) -> bool {
        self.0 & any_of.0 != 0
    }
}

/// The sampling members of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sampling {
    /// The share of these events that is emitted.
    pub(crate) rate: Option<f64>,
    /// The reason why a tail sampler kept this event.
    pub(crate) reason: Option<&'static str>,
}

/// The result of encoding a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Encoded {
    /// A context group that the event needs is not bound.
    pub(crate) context_missing: bool,
    /// The reason why the event must not be emitted.
    pub(crate) refused: Option<Refusal>,
}

/// The buffer for lines. One line is written after another.
pub(crate) struct Line {
    out: Encoder,
    time: TimeMember,
}

impl Line {
    pub(crate) const fn new() -> Self {
        Self { out: Encoder::new(), time: TimeMember::new() }
    }

    /// Frees the memory of a long line.
    #[inline]
    pub(crate) fn give_back(&mut self) {
        self.out.give_back();
    }

    /// Writes the line and returns the record, which borrows it.
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
        // Most lines have only the event's own fields.
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
    /// Whether the line has members between the time and the event's own fields.
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

/// Writes the members between the time and the event's own fields.
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
    // The source is called before the context is borrowed, because it may bind or emit.
    let trace = draft.trace.and_then(AskedTrace::get);
    let mut encoded = Encoded::default();
    context::with_current(|context| {
        if context.ambient().is_some() || trace.is_some() {
            write_ambient(context, trace, draft, marks, out);
        }
        out.preencoded(&draft.constants.service);
        if !draft.head.meta.context.is_empty() {
            let groups = &draft.constants.groups;
            encoded.context_missing = context::write_groups(context, groups, draft.head.meta, out);
        }
    });
    marks.payload = place(out.len());
    encoded
}

/// Whether every member from `from` on is marked. A member is not marked if it is written without
/// the encoder's own methods.
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

/// Writes the ambient values: the actor, the bound trace or the source's trace, and the correlation
/// and causation ids.
#[inline(never)]
fn write_ambient(
    context: &Context,
    sourced: Option<&TraceContext>,
    draft: &Draft<'_>,
    marks: &mut Marks,
    out: &mut Encoder,
) {
    let meta = draft.head.meta;
    let Some(ambient) = context.ambient() else {
        return sourced.into_iter().for_each(|trace| trace.encode_members(out));
    };
    out.preencoded_if(ambient.actor_member());
    marks.context = place(out.len());
    match sourced {
        Some(trace) => trace.encode_members(out),
        None => out.preencoded_if(ambient.trace_members()),
    }
    // A field that the event declares replaces an ambient value.
    let is_free = |_: &&Preencoded| {
        meta.context.is_empty()
            || context::fills(
                context,
                &draft.constants.groups,
                meta,
                Key::CorrelationId.name(Within::Line),
            )
    };
    out.preencoded_if(ambient.correlation_member().filter(is_free));
    out.preencoded_if(ambient.causation_member());
}
