//! The columns of a view, the same in each dialect.

use event_core::meta::shape::{
    EnumShape, NewtypeShape, OpaqueShape, Shape, ShapeVisitor, StructShape, Tagging, TextFormat,
    VariantContent,
};
use event_core::meta::{EventMeta, FieldMeta, Occurrence, Sensitivity};
use event_grammar::record::{KeyType, RecordKey, Within, members};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    /// A whole number of 64 bits with a sign.
    Integer,
    /// A whole number that may be above the largest `Integer`.
    Unsigned,
    Float,
    Text,
    Time,
    Date,
    Uuid,
    Decimal,
    /// Anything else, as JSON.
    Json,
}

/// One column.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Whether the outbox has a column of this name, which its database reads without parsing the
    /// envelope.
    pub(super) promoted: bool,
    /// Where the value is in the envelope. The first place that has one counts: the others are
    /// aliases.
    pub(super) places: Vec<Vec<&'static str>>,
    pub(super) source: ColumnSource,
}

/// What a column is made of.
#[derive(Clone, Copy)]
pub(super) enum ColumnSource {
    /// The number of the row in the event table.
    Seq,
    /// A key of the record.
    Record,
    /// A field that comes from bound context.
    Context(&'static FieldMeta),
    /// A field that a unit of work may add.
    Wide(&'static FieldMeta),
    /// A field of the event itself.
    Own(&'static FieldMeta),
}

impl ColumnSource {
    pub(super) const fn field(&self) -> Option<&'static FieldMeta> {
        match self {
            Self::Seq | Self::Record => None,
            Self::Context(field) | Self::Wide(field) | Self::Own(field) => Some(field),
        }
    }
}

/// The number of a row in the event table.
pub(super) const SEQ: &str = "seq";

/// The columns of the event table that hold a key of the record as it is.
const PROMOTED: [&str; 10] = [
    "event_id",
    "event_type",
    "event_version",
    "entity_type",
    "entity_id",
    "occurred_at",
    "recorded_at",
    "trace_id",
    "span_id",
    "correlation_id",
];

/// The columns of one version of an event: the record's keys, then the context, then the fields.
/// A field that is left out of every record has no column.
pub(super) fn columns(event: &'static EventMeta) -> Vec<Column> {
    let mut columns = vec![Column {
        name: SEQ.to_owned(),
        kind: Kind::Integer,
        promoted: true,
        places: Vec::new(),
        source: ColumnSource::Seq,
    }];
    add_keys(event, Within::Envelope, &[], &mut columns);
    let context = Within::Context;
    for field in event.context_fields() {
        add_field(field, ColumnSource::Context(field), object(context), &mut columns);
    }
    for field in event.fields() {
        add_field(field, ColumnSource::Own(field), PAYLOAD, &mut columns);
    }
    for field in event.wide_fields() {
        add_field(field, ColumnSource::Wide(field), PAYLOAD, &mut columns);
    }
    columns
}

const PAYLOAD: &str = event_grammar::record::Key::Payload.name(Within::Envelope);

/// The key of an object in the envelope.
fn object(within: Within) -> &'static str {
    let is_it = |(row, _): &(&RecordKey, _)| row.value == KeyType::Object(within);
    members(Within::Envelope).find(is_it).map_or("", |(_, place)| place.name)
}

/// Adds the keys of an object of the record. The names of the keys of `actor` and `entity` begin
/// with the name of the object.
fn add_keys(
    event: &'static EventMeta,
    within: Within,
    path: &[&'static str],
    columns: &mut Vec<Column>,
) {
    for (row, place) in members(within) {
        if event.occurrence(place) == Occurrence::Never {
            continue;
        }
        let inner = [path, &[place.name]].concat();
        let kind = match row.value {
            KeyType::Object(within) => {
                add_keys(event, within, &inner, columns);
                continue;
            }
            KeyType::Payload => continue,
            KeyType::EventVersion | KeyType::Position | KeyType::ProcessId => Kind::Integer,
            KeyType::Time => Kind::Time,
            KeyType::Uuid => Kind::Uuid,
            KeyType::Share => Kind::Float,
            KeyType::Bool => Kind::Bool,
            KeyType::EventName
            | KeyType::Level
            | KeyType::Text
            | KeyType::TraceId { .. }
            | KeyType::ActorKind
            | KeyType::EntityKind => Kind::Text,
            KeyType::EntityVersion => event.entity_version().map_or(Kind::Integer, |version| {
                kind(version.field.shape, version.field.sensitivity)
            }),
        };
        let name = match within {
            Within::Actor | Within::Entity => format!("{}_{}", object(within), place.name),
            Within::Line | Within::Envelope | Within::Context => place.name.to_owned(),
        };
        let promoted = PROMOTED.contains(&&*name);
        let source = ColumnSource::Record;
        columns.push(Column { name, kind, promoted, places: vec![inner], source });
    }
}

/// Adds the column of a field. A name that is taken, in any case, gets the name of the object
/// before it: some databases do not tell `Id` from `id`, not even in quotes.
fn add_field(
    field: &'static FieldMeta,
    source: ColumnSource,
    object: &'static str,
    columns: &mut Vec<Column>,
) {
    if matches!(field.sensitivity, Some(Sensitivity::Drop)) {
        return;
    }
    let mut name = field.name.to_owned();
    while columns.iter().any(|column| column.name.to_lowercase() == name.to_lowercase()) {
        name = format!("{object}_{name}");
    }
    let keys = std::iter::once(field.name).chain(field.aliases.iter().copied());
    columns.push(Column {
        name,
        kind: kind(field.shape, field.sensitivity),
        promoted: false,
        places: keys.map(|key| vec![object, key]).collect(),
        source,
    });
}

/// What the column of a shape holds.
fn kind(shape: &'static Shape, sensitivity: Option<Sensitivity>) -> Kind {
    let masked = is_masked(sensitivity);
    shape.accept(&mut KindOf { masked })
}

fn is_masked(sensitivity: Option<Sensitivity>) -> bool {
    sensitivity.is_some_and(|mask| mask.is_masked())
}

/// Finds the kind of a shape.
struct KindOf {
    /// Whether texts are masked. A masked text does not have the format of its type.
    masked: bool,
}

impl ShapeVisitor for KindOf {
    type Output = Kind;

    fn visit_bool(&mut self) -> Kind {
        Kind::Bool
    }

    fn visit_integer(&mut self, _min: i64, max: u64) -> Kind {
        if i64::try_from(max).is_ok() { Kind::Integer } else { Kind::Unsigned }
    }

    fn visit_float(&mut self) -> Kind {
        Kind::Float
    }

    fn visit_text(&mut self, format: TextFormat) -> Kind {
        match format {
            _ if self.masked => Kind::Text,
            TextFormat::DateTime => Kind::Time,
            TextFormat::Date => Kind::Date,
            TextFormat::Uuid => Kind::Uuid,
            TextFormat::Decimal => Kind::Decimal,
            _ => Kind::Text,
        }
    }

    fn visit_optional(&mut self, inner: &'static Shape) -> Kind {
        inner.accept(self)
    }

    fn visit_list(&mut self, _item: &'static Shape, _len: Option<usize>) -> Kind {
        Kind::Json
    }

    fn visit_tuple(&mut self, _places: &'static [&'static Shape]) -> Kind {
        Kind::Json
    }

    fn visit_map(&mut self, _value: &'static Shape) -> Kind {
        Kind::Json
    }

    fn visit_newtype(&mut self, newtype: &'static NewtypeShape) -> Kind {
        self.masked |= is_masked(newtype.sensitivity);
        newtype.inner.accept(self)
    }

    fn visit_struct(&mut self, _shape: &'static StructShape) -> Kind {
        Kind::Json
    }

    /// An enum whose variants have no content is written as text.
    fn visit_enum(&mut self, shape: &'static EnumShape) -> Kind {
        let is_unit = |content: &VariantContent| matches!(content, VariantContent::Unit);
        let all_units = shape.variants.iter().all(|variant| is_unit(&variant.content));
        if shape.tagging == Tagging::External && all_units { Kind::Text } else { Kind::Json }
    }

    fn visit_opaque(&mut self, _shape: &'static OpaqueShape) -> Kind {
        Kind::Json
    }

    fn visit_any(&mut self) -> Kind {
        Kind::Json
    }
}
