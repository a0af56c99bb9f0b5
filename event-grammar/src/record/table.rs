//! The rows of the table of keys.

use super::{Events, Key, KeyPlace, KeyType, Needed, RecordKey, Within, Written};
use Within::{Actor, Context, Entity, Envelope, Line};

/// The keys of the outermost object of an envelope, in the order in which they are written. The
/// line writes the shared keys in the order of [`RECORD`].
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
        "The severity of the event.",
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
        "The unique id of the record.",
        "in lines with `Builder::ids_in_lines`; in envelopes always",
    ),
    row(
        Key::Sequence,
        &[bound(Line, "sequence"), bound(Envelope, "sequence")],
        KeyType::Position,
        "The record's number among the records of its emitter.",
        "in lines with `Builder::ids_in_lines`; in envelopes of every record that an emitter made",
    ),
    row(
        Key::Incomplete,
        &[
            of(Events::Wide, bound(Line, "incomplete")),
            of(Events::Wide, bound(Envelope, "incomplete")),
        ],
        KeyType::Bool,
        "Whether the unit of work was dropped without a flush.",
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
        "the event is sampled (1.0 if this record is exempt), or its unit of work was",
    ),
    row(
        Key::SampleReason,
        &[of(Events::Wide, bound(Line, "sample_reason")), bound(Envelope, "sample_reason")],
        KeyType::Text,
        "Why the sampler kept the record.",
        "the event is wide, and a `TailSampler` kept it: `error`, `slow` or `sampled`",
    ),
    row(
        Key::Actor,
        &[bound(Line, "actor"), bound(Envelope, "actor")],
        KeyType::Object(Actor),
        "The actor.",
        "an `Actor` is bound",
    ),
    needed(
        Needed::Always,
        row(
            Key::ActorType,
            &[always(Actor, "type")],
            KeyType::ActorKind,
            "The kind of the actor.",
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
        "The session of the actor.",
        "the `Actor` has one",
    ),
    row(
        Key::Entity,
        &[written(Written::IfAlwaysKnown, of(Events::WithEntity, bound(Envelope, "entity")))],
        KeyType::Object(Entity),
        "The entity that the event is about.",
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
            "The id of the entity, always as text.",
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
        "The id of the trace.",
        "a trace is bound, or `Builder::trace_source` gives one",
    ),
    row(
        Key::SpanId,
        &[bound(Line, "span_id"), bound(Context, "span_id")],
        KeyType::TraceId { digits: 16 },
        "The id of the open span.",
        "as `trace_id`",
    ),
    row(
        Key::ParentSpanId,
        &[bound(Line, "parent_span_id"), bound(Context, "parent_span_id")],
        KeyType::TraceId { digits: 16 },
        "The id of the span's parent.",
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
        "Connects the events of one business transaction.",
        "a `CorrelationId` is bound. An event whose own context declares `correlation_id` has \
         that value instead",
    ),
    row(
        Key::CausationId,
        &[bound(Line, "causation_id"), bound(Context, "causation_id")],
        KeyType::Text,
        "The id of the event that caused this event.",
        "a `CausationId` is bound",
    ),
    row(
        Key::Service,
        &[bound(Line, "service"), bound(Context, "service")],
        KeyType::Text,
        "The name of the service.",
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
        "The environment of the service.",
        "`Builder::environment`",
    ),
    row(
        Key::ServiceHost,
        &[bound(Line, "service_host"), bound(Context, "service_host")],
        KeyType::Text,
        "The host on which the service runs.",
        "`Builder::service_host`",
    ),
    row(
        Key::ServicePid,
        &[bound(Line, "service_pid"), bound(Context, "service_pid")],
        KeyType::ProcessId,
        "The process id of the service.",
        "`Builder::service_pid`",
    ),
    row(
        Key::Context,
        &[always(Envelope, "context")],
        KeyType::Object(Context),
        "The bound context.",
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

/// A key that only the records of such events may have.
const fn of(events: Events, place: KeyPlace) -> KeyPlace {
    KeyPlace { events, ..place }
}

const fn written(written: Written, place: KeyPlace) -> KeyPlace {
    KeyPlace { written, ..place }
}
