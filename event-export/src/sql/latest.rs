//! The rows of every version of an event in the columns of its newest version.

use super::column::{Column, ColumnSource, Kind};
use event_core::meta::shape::{Shape, TextFormat};
use event_core::meta::{EventMeta, FieldMeta};

/// One version of an event, with its view.
pub(super) struct Version {
    pub(super) event: &'static EventMeta,
    pub(super) view: String,
    pub(super) columns: Vec<Column>,
}

/// Where a row of an older version has the value of a column of the newest.
pub(super) enum Origin<'v> {
    /// In a column of the older view.
    Column(&'v Column),
    /// Nowhere: later versions added the column, and it is empty in older rows.
    Added,
    /// Nowhere: code in Rust makes the value, which SQL cannot run.
    Computed,
}

/// The origin of a column of the last version in a row of the first one. The versions are those
/// between, without gaps.
pub(super) fn origin<'v>(column: &Column, versions: &'v [Version]) -> Origin<'v> {
    let Some(oldest) = versions.first() else { return Origin::Added };
    let found = match column.source {
        ColumnSource::Own(field) => match own_field(field, versions) {
            Ok(field) => oldest.columns.iter().find(|column| match column.source {
                ColumnSource::Own(own) => std::ptr::eq(own, field),
                _ => false,
            }),
            Err(nowhere) => return nowhere,
        },
        // No step changes what is not a field of the event itself.
        _ => oldest.columns.iter().find(|old| is_same(old, column)),
    };
    match found {
        Some(old) if becomes(old.kind, column.kind) => Origin::Column(old),
        Some(_) => Origin::Computed,
        None => Origin::Added,
    }
}

/// The field of the first version that the steps move to a field of the last one.
fn own_field<'v>(
    field: &'static FieldMeta,
    versions: &[Version],
) -> Result<&'static FieldMeta, Origin<'v>> {
    versions.windows(2).rev().try_fold(field, |field, step| {
        let [old, new] = step else { return Ok(field) };
        // Code may change a value and keep its name, type and unit.
        if !new.event.upcast_auto {
            return Err(Origin::Computed);
        }
        match old.event.fields().into_iter().find(|old| old.ident == field.ident) {
            Some(old) if is_moved(old, field) => Ok(old),
            None => Err(Origin::Added),
            _ => Err(Origin::Computed),
        }
    })
}

/// Whether a step of `upcast = auto` leaves the value of a field as it is.
fn is_moved(old: &FieldMeta, new: &FieldMeta) -> bool {
    let is_filled = old.shape.is_optional() && !new.shape.is_optional();
    old.unit == new.unit && !is_filled && is_same_value(old.shape, new.shape)
}

/// Whether the two types write one value alike: they are the same, or the new one is a wider
/// number.
fn is_same_value(old: &'static Shape, new: &'static Shape) -> bool {
    match (old.bare(), new.bare()) {
        (Shape::Opaque(old), Shape::Opaque(new)) => (old.name)() == (new.name)(),
        (Shape::Integer { min, max }, Shape::Integer { min: new_min, max: new_max }) => {
            new_min <= min && max <= new_max
        }
        (Shape::Integer { .. }, Shape::Float | Shape::Text(TextFormat::Decimal)) => true,
        _ => old.same_type(new),
    }
}

/// Whether two columns have the same key of the record, or the same field of the same group.
fn is_same(old: &Column, new: &Column) -> bool {
    use ColumnSource::{Context, Record, Seq, Wide};
    match (old.source, new.source) {
        (Seq, Seq) => true,
        (Record, Record) => old.name == new.name,
        (Context(old), Context(new)) | (Wide(old), Wide(new)) => {
            old.name == new.name && old.shape.same_type(new.shape)
        }
        _ => false,
    }
}

/// Whether a value of one kind is a value of another one.
const fn becomes(old: Kind, new: Kind) -> bool {
    old as u8 == new as u8
        || matches!(
            (old, new),
            (Kind::Integer, Kind::Unsigned | Kind::Float | Kind::Decimal)
                | (Kind::Unsigned, Kind::Float | Kind::Decimal)
        )
}
