//! The rows.

use super::{Events, Key, KeyPlace, KeyType, Needed, RecordKey, Within, Written};
use Within::{Actor, Context, Entity, Envelope, Line};

/// The keys of every outermost object of an envelope, in the order in which they are written. The
/// line has those that it shares in another order, that of [`RECORD`].
pub const ENVELOPE: &[Key] = &[
    Key::EventId,
    Key::Event,
    Key::Version,
    Key::OccurredAt,
    Key::RecordedAt,
    Key::Level,
    Key::Sequence,
    Key::Incomplete,
    Key::SampleRate,
    Key::SampleReason,
    Key::Actor,
    Key::Entity,
    Key::Context,
    Key::Payload,
];

/// Every key of a record, in the order of the line and of each nested object.
pub const RECORD: &[RecordKey] = &[
    needed(
        Needed::Always,
        row(
            Key::Event,
            &[always(Line, "event"), always(Envelope, "event_type")],
            KeyType::EventName,
            "What happened.",
            "always",
        ),
    ),
    needed(
        Needed::UnlessFirst,
        row(
            Key::Version,
            &[always(Line, "version"), always(Envelope, "event_version")],
            KeyType::EventVersion,
            "The version of the event's declaration.",
            "always",
        ),
    ),
    row(
        Key::Level,
        &[always(Line, "level"), always(Envelope, "level")],
        KeyType::Level,
        "How much attention it asks for.",
        "always",
    ),
    row(
        Key::OccurredAt,
        &[always(Line, "timestamp"), always(Envelope, "occurred_at")],
        KeyType::Time,
        "When it happened.",
        "always",
    ),
    row(
        Key::RecordedAt,
        &[always(Envelope, "recorded_at")],
        KeyType::Time,
        "When it was recorded.",
        "always",
    ),
    row(
        Key::EventId,
        &[bound(Line, "event_id"), always(Envelope, "event_id")],
        KeyType::Uuid,
        "Tells it from all others.",
        "in lines with `Builder::ids_in_lines`; in envelopes always",
    ),
    row(
        Key::Sequence,
        &[bound(Line, "sequence"), bound(Envelope, "sequence")],
        KeyType::Position,
        "Its place among its emitter's records.",
        "in lines with `Builder::ids_in_lines`; in envelopes of every record that an emitter made",
    ),
    row(
        Key::Incomplete,
        &[
            of(Events::Wide, bound(Line, "incomplete")),
            of(Events::Wide, bound(Envelope, "incomplete")),
        ],
        KeyType::Bool,
        "Whether its unit of work was dropped, not flushed.",
        "the event is wide, and its unit of work was dropped: `true`",
    ),
    row(
        Key::SampleRate,
        &[
            written(Written::IfSampled, of(Events::SampledOrWide, bound(Line, "sample_rate"))),
            written(Written::IfSampled, bound(Envelope, "sample_rate")),
        ],
        KeyType::Share,
        "The share of these events that is emitted.",
        "the event is sampled (1.0 where this one is exempt), or its unit of work was",
    ),
    row(
        Key::SampleReason,
        &[of(Events::Wide, bound(Line, "sample_reason")), bound(Envelope, "sample_reason")],
        KeyType::Text,
        "Why it was kept.",
        "the event is wide, and a `TailSampler` kept it: `error`, `slow` or `sampled`",
    ),
    row(
        Key::Actor,
        &[bound(Line, "actor"), bound(Envelope, "actor")],
        KeyType::Object(Actor),
        "Who acts.",
        "an `Actor` is bound",
    ),
    needed(
        Needed::Always,
        row(
            Key::ActorType,
            &[always(Actor, "type")],
            KeyType::ActorKind,
            "What kind of actor it is.",
            "always",
        ),
    ),
    needed(
        Needed::Always,
        row(
            Key::ActorId,
            &[always(Actor, "id")],
            KeyType::Text,
            "The actor's key or name.",
            "always",
        ),
    ),
    row(
        Key::ActorSession,
        &[bound(Actor, "session_id")],
        KeyType::Text,
        "The session in which it acts.",
        "the `Actor` has one",
    ),
    row(
        Key::Entity,
        &[written(Written::IfAlwaysKnown, of(Events::WithEntity, bound(Envelope, "entity")))],
        KeyType::Object(Entity),
        "What it is about.",
        "the event, its context or its unit of work has an `#[entity]` field with a value",
    ),
    needed(
        Needed::Always,
        row(
            Key::EntityType,
            &[always(Entity, "type")],
            KeyType::EntityKind,
            "The type of the entity.",
            "always",
        ),
    ),
    needed(
        Needed::Always,
        row(
            Key::EntityId,
            &[always(Entity, "id")],
            KeyType::Text,
            "The entity's id: a text, whatever type the field has.",
            "always",
        ),
    ),
    row(
        Key::EntityVersion,
        &[written(Written::IfAlwaysKnown, of(Events::WithEntityVersion, bound(Entity, "version")))],
        KeyType::EntityVersion,
        "The version of the entity.",
        "the event or its unit of work has an `#[entity_version]` field with a value",
    ),
    row(
        Key::TraceId,
        &[bound(Line, "trace_id"), bound(Context, "trace_id")],
        KeyType::TraceId { digits: 32 },
        "The trace.",
        "a trace is bound, or `Builder::trace_source` gives one",
    ),
    row(
        Key::SpanId,
        &[bound(Line, "span_id"), bound(Context, "span_id")],
        KeyType::TraceId { digits: 16 },
        "The span that was open.",
        "as `trace_id`",
    ),
    row(
        Key::ParentSpanId,
        &[bound(Line, "parent_span_id"), bound(Context, "parent_span_id")],
        KeyType::TraceId { digits: 16 },
        "The span above it.",
        "the span has a known parent: `TraceContext::child` and `Incoming::child` set it. \
         The first span of a trace has none",
    ),
    row(
        Key::CorrelationId,
        &[
            of(Events::Undeclared, bound(Line, "correlation_id")),
            of(Events::Undeclared, bound(Context, "correlation_id")),
        ],
        KeyType::Text,
        "Ties together what serves one purpose.",
        "a `CorrelationId` is bound. An event whose own context declares `correlation_id` carries \
         that one",
    ),
    row(
        Key::CausationId,
        &[bound(Line, "causation_id"), bound(Context, "causation_id")],
        KeyType::Text,
        "The event that made this one happen.",
        "a `CausationId` is bound",
    ),
    row(
        Key::Service,
        &[bound(Line, "service"), bound(Context, "service")],
        KeyType::Text,
        "The service.",
        "`Builder::service`",
    ),
    row(
        Key::ServiceVersion,
        &[bound(Line, "service_version"), bound(Context, "service_version")],
        KeyType::Text,
        "The version of the service.",
        "`Builder::service_version`",
    ),
    row(
        Key::Environment,
        &[bound(Line, "environment"), bound(Context, "environment")],
        KeyType::Text,
        "Where the service runs.",
        "`Builder::environment`",
    ),
    row(
        Key::ServiceHost,
        &[bound(Line, "service_host"), bound(Context, "service_host")],
        KeyType::Text,
        "The host of the service.",
        "`Builder::service_host`",
    ),
    row(
        Key::ServicePid,
        &[bound(Line, "service_pid"), bound(Context, "service_pid")],
        KeyType::ProcessId,
        "The process of the service.",
        "`Builder::service_pid`",
    ),
    row(
        Key::Context,
        &[always(Envelope, "context")],
        KeyType::Object(Context),
        "What was bound.",
        "always",
    ),
    needed(
        Needed::Always,
        row(
            Key::Payload,
            &[always(Envelope, "payload")],
            KeyType::Payload,
            "The event's own fields.",
            "always",
        ),
    ),
];

/// A key that no reader needs.
const fn row(
    key: Key,
    places: &'static [KeyPlace],
    value: KeyType,
    meaning: &'static str,
    when: &'static str,
) -> RecordKey {
    RecordKey { key, places, value, needed: Needed::Never, meaning, when }
}

const fn needed(needed: Needed, row: RecordKey) -> RecordKey {
    RecordKey { needed, ..row }
}

/// A key that every record has.
const fn always(within: Within, name: &'static str) -> KeyPlace {
    KeyPlace { within, name, events: Events::Every, written: Written::Always }
}

/// A key that the record of any event may have.
const fn bound(within: Within, name: &'static str) -> KeyPlace {
    KeyPlace { written: Written::IfBound, ..always(within, name) }
}

/// The same, of such events only.
const fn of(events: Events, place: KeyPlace) -> KeyPlace {
    KeyPlace { events, ..place }
}

const fn written(written: Written, place: KeyPlace) -> KeyPlace {
    KeyPlace { written, ..place }
}
