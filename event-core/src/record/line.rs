//! The flat line: `{"event":..,"version":..,"level":..,"timestamp":..,<ids>,<sampling>,<actor>,<trace>,<service>,<groups>,<fields>}`.

use super::{Marks, Origin, Record};
use crate::context::{self, Ambient};
use crate::encode::{Encoder, Fields};
use crate::meta::{EventMeta, LevelRule};
use crate::time::{TimeMember, Timestamp};
use event_grammar::Level;
use std::cell::{OnceCell, RefCell};

/// An event, before it is encoded.
#[derive(Clone, Copy)]
pub(crate) struct Draft<'a> {
    pub(crate) meta: &'static EventMeta,
    pub(crate) level: Level,
    pub(crate) occurred_at: Timestamp,
    pub(crate) recorded_at: Timestamp,
    pub(crate) sampling: Sampling,
    pub(crate) fields: &'a dyn Fields,
    pub(crate) origin: Origin<'a>,
    /// Whether the line has its id and its place in the sequence.
    pub(crate) ids: bool,
    /// The service's members, encoded.
    pub(crate) service: &'a [u8],
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
}

/// What a thread keeps between events.
struct Line {
    out: Encoder,
    time: TimeMember,
}

impl Line {
    const fn new() -> Self {
        Self { out: Encoder::new(), time: TimeMember::new() }
    }

    /// Writes the line, and lends the record.
    fn record<'a>(&'a mut self, draft: &Draft<'a>) -> (Record<'a>, Encoded) {
        let (id, sequence) = (OnceCell::new(), OnceCell::new());
        if draft.ids {
            let _ = id.set(draft.origin.id(draft.occurred_at));
            let _ = sequence.set(draft.origin.next());
        }
        let out = &mut self.out;
        out.clear();
        out.json(draft.meta.head);
        if !matches!(draft.meta.level, LevelRule::Fixed(_)) {
            out.json(draft.level.as_str());
        }
        out.json_bytes(self.time.format(draft.occurred_at));
        let mut marks = Marks { time: out.len() - Timestamp::LEN - 1, ..Marks::default() };
        if let (Some(id), Some(sequence)) = (id.get(), sequence.get()) {
            out.json(",\"event_id\":");
            id.encode(out);
            out.json(",\"sequence\":");
            out.integer(*sequence);
        }
        marks.sampling = out.len();
        if draft.sampling != Sampling::default() {
            write_sampling(draft.sampling, out);
        }
        marks.actor = out.len();
        let mut encoded = Encoded::default();
        context::with_current(|context| {
            if let Some(ambient) = context.ambient() {
                write_ambient(ambient, draft.meta, &mut marks, out);
            } else {
                marks.context = out.len();
            }
            out.json_bytes(draft.service);
            if !draft.meta.context.is_empty() {
                encoded.context_missing = context::write_groups(context, draft.meta, out);
            }
        });
        marks.payload = out.len();
        draft.fields.encode_fields(out);
        out.json("}\n");
        let record = Record {
            meta: draft.meta,
            level: draft.level,
            occurred_at: draft.occurred_at,
            recorded_at: draft.recorded_at,
            line: self.out.bytes(),
            marks,
            origin: Some(draft.origin),
            id,
            sequence,
            envelope: OnceCell::new(),
        };
        (record, encoded)
    }
}

#[cold]
fn write_sampling(sampling: Sampling, out: &mut Encoder) {
    if let Some(rate) = sampling.rate {
        out.json(",\"sample_rate\":");
        out.float(rate);
    }
    if let Some(reason) = sampling.reason {
        out.text_member(",\"sample_reason\":", reason);
    }
}

#[inline(never)]
fn write_ambient(ambient: &Ambient, meta: &'static EventMeta, marks: &mut Marks, out: &mut Encoder) {
    out.json_bytes(&ambient.actor);
    marks.context = out.len();
    out.json_bytes(&ambient.trace);
    // What the event declares holds against what goes with any event.
    let declared = |name: &str| meta.context.iter().any(|group| group.has_field(name));
    if !ambient.correlation.is_empty() && !declared("correlation_id") {
        out.json_bytes(&ambient.correlation);
    }
    out.json_bytes(&ambient.causation);
}

thread_local! {
    static LINE: RefCell<Line> = const { RefCell::new(Line::new()) };
}

/// Encodes one event and lends the record to `deliver`. No lock is held while encoding.
#[inline]
pub(crate) fn encode(draft: &Draft<'_>, deliver: impl Fn(&Record<'_>)) -> Encoded {
    let encode = |line: &mut Line| {
        let (record, encoded) = line.record(draft);
        deliver(&record);
        encoded
    };
    let reused = LINE.try_with(|line| line.try_borrow_mut().ok().map(|mut line| encode(&mut line)));
    // A sink that emits, or a thread that is ending, has no buffer to reuse.
    reused.ok().flatten().unwrap_or_else(|| encode(&mut Line::new()))
}
