//! What a record says beside the event's own fields.

use super::random::Random;
use crate::json::Json;
use event_core::meta::{EventMeta, FieldMeta, Role};
use event_core::trace::{SpanId, TraceId};
use event_core::{ActorKind, EventId, Timestamp};
use serde_json::Number;

/// Members, as they are gathered.
pub(super) type Members = Vec<(String, Json)>;

/// When everything happened.
const MICROS: i64 = 1_767_323_045_678_901;
/// How long the latest is recorded after that.
const DELAY_MICROS: i64 = 250_000;

/// Makes what emitters, and what is bound, add to an event.
pub(super) struct Around {
    random: Random,
    /// Whether everything is there that can be.
    all: bool,
}

impl Around {
    pub(super) const fn new(seed: u64) -> Self {
        // Not the numbers that the fields are made of.
        Self { random: Random::new(!seed), all: seed == 0 }
    }

    fn is_there(&mut self) -> bool {
        self.all || self.random.coin()
    }

    fn text<'a>(&mut self, of: &[&'a str]) -> &'a str {
        if self.all { of.first() } else { of.get(self.random.below(of.len())) }
            .copied()
            .unwrap_or_default()
    }

    /// The event's id: of version 7, and of the event's time.
    pub(super) fn event_id(&mut self) -> Json {
        const VERSION: u128 = 7 << 76;
        const VARIANT: u128 = 0b10 << 62;
        let millis = u128::from((MICROS / 1_000).cast_unsigned()) << 80;
        let (high, low) = (self.random.next() >> 52, self.random.next() >> 2);
        EventId::from_u128(millis | VERSION | u128::from(high) << 64 | VARIANT | u128::from(low))
            .to_string()
            .into()
    }

    pub(super) fn sequence(&mut self) -> Json {
        (1 + self.random.below(1_000) as u64).into()
    }

    /// The id and the sequence, in a line: both or none.
    pub(super) fn add_ids(&mut self, members: &mut Members) {
        if self.is_there() {
            members.push(("event_id".into(), self.event_id()));
            members.push(("sequence".into(), self.sequence()));
        }
    }

    /// What the record of a unit of work says of its end. What is shown is a unit that ended as it
    /// should, and nothing was sampled.
    pub(super) fn add_end(&mut self, event: &EventMeta, members: &mut Members) {
        if event.wide.is_empty() || self.all {
            return;
        }
        if self.is_there() {
            members.push(("incomplete".into(), true.into()));
            members.push(("sample_reason".into(), "error".into()));
        } else if event.sample.is_none() && self.is_there() {
            members.push((
                "sample_rate".into(),
                Number::from_f64(0.01).map_or(Json::Null, Json::Number),
            ));
            members.push(("sample_reason".into(), "sampled".into()));
        }
    }

    pub(super) fn add_actor(&mut self, members: &mut Members) {
        if !self.is_there() {
            return;
        }
        let kind = self.text(&ActorKind::ALL.map(ActorKind::as_str));
        let mut actor =
            vec![("type", kind.into()), ("id", self.text(&["usr_7", "", "☃ \"7\""]).into())];
        if self.is_there() {
            actor.push(("session_id", "ses_1".into()));
        }
        members.push(("actor".into(), Json::object(actor)));
    }

    pub(super) fn add_ambient(&mut self, event: &EventMeta, members: &mut Members) {
        if self.is_there() {
            let trace = TraceId::from_u128(u128::from(self.random.next()) << 64 | 1);
            let span = SpanId::from_u64(self.random.next() | 1);
            let texts =
                trace.map(|id| id.to_string()).into_iter().chain(span.map(|id| id.to_string()));
            let keys = ["trace_id", "span_id"].map(str::to_owned);
            members.extend(keys.into_iter().zip(texts.map(Json::from)));
            if self.is_there()
                && let Some(parent) = SpanId::from_u64(self.random.next() | 1)
            {
                members.push(("parent_span_id".into(), parent.to_string().into()));
            }
        }
        let declared = event.context_fields().iter().any(|field| field.name == "correlation_id");
        if !declared && self.is_there() {
            members.push(("correlation_id".into(), self.text(&["ord_9f2c8a", "a \\ b"]).into()));
        }
        if self.is_there() {
            members.push(("causation_id".into(), self.event_id()));
        }
        let service = [
            ("service", "checkout"),
            ("service_version", "1.4.0"),
            ("environment", "production"),
            ("service_host", "checkout-7c9f"),
        ];
        for (key, value) in service {
            if self.is_there() {
                members.push((key.into(), value.into()));
            }
        }
        if self.is_there() {
            members.push(("service_pid".into(), (1 + self.random.below(4_000_000) as u64).into()));
        }
    }

    /// When it was recorded: not before it happened.
    pub(super) fn recorded_at(&mut self) -> Json {
        let delay = if self.all { 0 } else { self.random.next() % DELAY_MICROS.cast_unsigned() };
        Timestamp::from_micros(MICROS + delay.cast_signed()).to_string().into()
    }
}

pub(super) fn occurred_at() -> Json {
    Timestamp::from_micros(MICROS).to_string().into()
}

pub(super) fn add_sample_rate(event: &EventMeta, members: &mut Members) {
    if let Some(rate) = event.sample {
        // Of an event of which nothing is kept, what is exempt is emitted, and each stands for
        // itself.
        let share = if rate.keep == 0 { 1.0 } else { f64::from(rate.keep) / f64::from(rate.of) };
        members
            .push(("sample_rate".into(), Number::from_f64(share).map_or(Json::Null, Json::Number)));
    }
}

/// What the event is about, taken from its members.
pub(super) fn add_entity(
    event: &EventMeta,
    context: &Members,
    payload: &Members,
    members: &mut Members,
) {
    let kind = |field: &&'static FieldMeta| match field.role {
        Role::Entity { kind } => Some((kind, field.name)),
        _ => None,
    };
    let value = |of: &Members, name: &str| {
        of.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    };
    let own = [event.fields(), event.wide_fields()].concat();
    let found = match own.iter().find_map(kind) {
        Some((kind, name)) => Some((kind, value(payload, name))),
        None => event
            .context_fields()
            .iter()
            .find_map(kind)
            .map(|(kind, name)| (kind, value(context, name))),
    };
    let (kind, id) = match found {
        Some((kind, Some(Json::Text(id)))) => (kind, id),
        Some((kind, Some(Json::Number(id)))) => (kind, id.to_string()),
        _ => return,
    };
    let mut entity = vec![("type", kind.into()), ("id", id.into())];
    let version = own.iter().find(|field| field.role == Role::EntityVersion);
    let version = version
        .and_then(|field| value(payload, field.name))
        .filter(|version| *version != Json::Null);
    entity.extend(version.map(|version| ("version", version)));
    members.push(("entity".into(), Json::object(entity)));
}
