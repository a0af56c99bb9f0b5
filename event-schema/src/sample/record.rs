//! The keys of a sample's record, from their table: the members that the emitter and the bound
//! context add to an event.

use super::random::Random;
use crate::json::Json;
use event_core::context::ActorKind;
use event_core::context::trace::{SpanId, TraceId};
use event_core::meta::{EventMeta, FieldMeta, Occurrence, Role};
use event_core::{EventId, Level, Timestamp};
use event_grammar::record::{Key, KeyPlace, Within, members};
use serde_json::Number;

/// The members of an object under construction.
pub(super) type Members = Vec<(String, Json)>;

/// The time of every sample.
const MICROS: i64 = 1_767_323_045_678_901;
/// The longest time between the event and its record.
const DELAY_MICROS: i64 = 250_000;

/// A sample of an event without the keys of the record.
pub(super) struct Sample<'a> {
    pub(super) event: &'a EventMeta,
    pub(super) level: Level,
    /// The fields from the bound context.
    pub(super) context: Members,
    /// The event's own fields and the contributions to a unit of work.
    pub(super) payload: Members,
}

/// How much context is bound around a sample.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Nothing.
    Nothing,
    /// Each item by chance.
    ByChance,
    /// Everything.
    All,
}

/// Makes the keys of the record around a sample.
pub(super) struct Around<'a> {
    sample: &'a Sample<'a>,
    random: Random,
    bound: Bound,
    /// Whether the line has the ids of the record: both or none.
    has_ids: bool,
    /// Whether a trace is bound.
    has_trace: bool,
    /// How the unit of work of a wide event ended.
    end: Option<End>,
    /// The entity that the event is about.
    entity: Option<Entity>,
}

/// An end of a unit of work that its record reports.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Dropped,
    Sampled,
}

/// The entity that the event is about.
struct Entity {
    kind: &'static str,
    id: String,
    version: Option<Json>,
}

impl<'a> Around<'a> {
    pub(super) const fn new(sample: &'a Sample<'a>, seed: u64, bound: Bound) -> Self {
        // Different numbers from those of the fields.
        let random = Random::new(!seed);
        Self { sample, random, bound, has_ids: false, has_trace: false, end: None, entity: None }
    }

    /// The members of one of the record's objects.
    pub(super) fn members(&mut self, within: Within) -> Members {
        let mut made = Members::new();
        for (row, place) in members(within) {
            if self.sample.event.occurrence(place) != Occurrence::Never
                && let Some(value) = self.value(row.key, place)
            {
                made.push((place.name.to_owned(), value));
            }
        }
        made
    }

    /// The value of a key; `None` if the sample does not have the key. The keys draw their random
    /// numbers in the order of the table, because example lines are committed.
    fn value(&mut self, key: Key, place: &KeyPlace) -> Option<Json> {
        let is_line = place.within == Within::Line;
        let Sample { event, level, context, payload } = self.sample;
        Some(match key {
            Key::Event => if is_line { event.name.snake } else { event.name.dotted }.into(),
            Key::Version => event.version.into(),
            Key::Level => level.as_str().into(),
            Key::OccurredAt => Timestamp::from_micros(MICROS).to_string().into(),
            Key::RecordedAt => self.recorded_at(),
            Key::EventId => {
                self.has_ids = !is_line || self.is_there();
                return self.has_ids.then(|| self.event_id());
            }
            Key::Sequence if !self.has_ids => return None,
            Key::Sequence => (1 + self.random.below(1_000) as u64).into(),
            Key::Incomplete => {
                self.end = self.end_of_unit();
                return (self.end? == End::Dropped).then(|| true.into());
            }
            Key::SampleRate => Number::from_f64(self.share()?).map_or(Json::Null, Json::Number),
            Key::SampleReason => match self.end? {
                End::Dropped => "error".into(),
                End::Sampled => "sampled".into(),
            },
            Key::Actor if self.is_there() => Json::Object(self.members(Within::Actor)),
            Key::ActorType => self.text(&ActorKind::ALL.map(ActorKind::as_str)).into(),
            Key::ActorId => self.text(&["usr_7", "", "☃ \"7\""]).into(),
            Key::ActorSession => self.maybe("ses_1")?,
            Key::Entity => {
                self.entity = Some(Entity::of(event, context, payload)?);
                Json::Object(self.members(Within::Entity))
            }
            Key::EntityType => self.entity.as_ref()?.kind.into(),
            Key::EntityId => self.entity.as_ref()?.id.as_str().into(),
            Key::EntityVersion => self.entity.as_ref()?.version.clone()?,
            Key::TraceId => {
                self.has_trace = self.is_there();
                let id = self.has_trace.then(|| u128::from(self.random.next()) << 64 | 1)?;
                TraceId::from_u128(id)?.to_string().into()
            }
            Key::SpanId if self.has_trace => return self.span(),
            Key::ParentSpanId if self.has_trace && self.is_there() => return self.span(),
            Key::CorrelationId if self.is_there() => self.text(&["ord_9f2c8a", "a \\ b"]).into(),
            Key::CausationId if self.is_there() => self.event_id(),
            Key::Service => self.maybe("checkout")?,
            Key::ServiceVersion => self.maybe("1.4.0")?,
            Key::Environment => self.maybe("production")?,
            Key::ServiceHost => self.maybe("checkout-7c9f")?,
            Key::ServicePid if self.is_there() => (1 + self.random.below(4_000_000) as u64).into(),
            Key::Context => Json::Object([&self.members(Within::Context)[..], context].concat()),
            Key::Payload => Json::Object(payload.clone()),
            // These are not bound.
            Key::Actor
            | Key::SpanId
            | Key::ParentSpanId
            | Key::CorrelationId
            | Key::CausationId
            | Key::ServicePid => return None,
        })
    }

    fn is_there(&mut self) -> bool {
        match self.bound {
            Bound::Nothing => false,
            Bound::ByChance => self.random.coin(),
            Bound::All => true,
        }
    }

    fn maybe(&mut self, text: &str) -> Option<Json> {
        self.is_there().then(|| text.into())
    }

    fn text<'t>(&mut self, of: &[&'t str]) -> &'t str {
        let chosen = match self.bound {
            Bound::ByChance => of.get(self.random.below(of.len())),
            Bound::Nothing | Bound::All => of.first(),
        };
        chosen.copied().unwrap_or_default()
    }

    /// An id of version 7, with the event's time.
    fn event_id(&mut self) -> Json {
        const VERSION: u128 = 7 << 76;
        const VARIANT: u128 = 0b10 << 62;
        let millis = u128::from((MICROS / 1_000).cast_unsigned()) << 80;
        let (high, low) = (self.random.next() >> 52, self.random.next() >> 2);
        EventId::from_u128(millis | VERSION | u128::from(high) << 64 | VARIANT | u128::from(low))
            .to_string()
            .into()
    }

    fn span(&mut self) -> Option<Json> {
        Some(SpanId::from_u64(self.random.next() | 1)?.to_string().into())
    }

    /// The time of recording, which is not before the time of the event.
    fn recorded_at(&mut self) -> Json {
        let delay = match self.bound {
            Bound::ByChance => self.random.next() % DELAY_MICROS.cast_unsigned(),
            Bound::Nothing | Bound::All => 0,
        };
        Timestamp::from_micros(MICROS + delay.cast_signed()).to_string().into()
    }

    /// The end of a unit of work, if its record reports one. The sample for documentation has a
    /// unit that ended normally and without sampling.
    fn end_of_unit(&mut self) -> Option<End> {
        if self.bound != Bound::ByChance {
            return None;
        }
        if self.random.coin() {
            return Some(End::Dropped);
        }
        (self.sample.event.sample.is_none() && self.random.coin()).then_some(End::Sampled)
    }

    /// The share of such events that is emitted.
    fn share(&self) -> Option<f64> {
        match self.sample.event.sample {
            // If no event is kept by chance, only exempt events are emitted, and each represents
            // itself.
            Some(rate) if rate.keep == 0 => Some(1.0),
            Some(rate) => Some(f64::from(rate.keep) / f64::from(rate.of)),
            None => (self.end? == End::Sampled).then_some(0.01),
        }
    }
}

impl Entity {
    /// Reads the entity from the event's members.
    fn of(event: &EventMeta, context: &Members, payload: &Members) -> Option<Self> {
        let kind = |field: &&'static FieldMeta| match field.role {
            Role::Entity { kind } => Some((kind, field.name)),
            _ => None,
        };
        let value = |of: &Members, name: &str| {
            of.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
        };
        let own = [event.fields(), event.wide_fields()].concat();
        let (kind, id) = match own.iter().find_map(kind) {
            Some((kind, name)) => (kind, value(payload, name)?),
            None => {
                let (kind, name) = event.context_fields().iter().find_map(kind)?;
                (kind, value(context, name)?)
            }
        };
        let id = match id {
            Json::Text(id) => id,
            Json::Number(id) => id.to_string(),
            _ => return None,
        };
        let version = own.iter().find(|field| field.role == Role::EntityVersion);
        let version = version.and_then(|field| value(payload, field.name));
        Some(Self { kind, id, version: version.filter(|version| *version != Json::Null) })
    }
}
