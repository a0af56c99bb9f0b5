//! The comments of views and columns: the documentation of what is declared, and what a reader of
//! rows must know.

use super::column::{Column, ColumnSource};
use super::latest::{Origin, Version, origin};
use event_core::meta::shape::Shape;
use event_core::meta::{EventMeta, FieldMeta, Sensitivity};

/// The comment of a column. Empty if there is nothing to say.
pub(super) fn of_column(column: &Column) -> String {
    let Some(field) = column.source.field() else { return String::new() };
    let mut facts = Vec::new();
    if column.name != field.name {
        facts.push(format!("The field `{}`.", field.name));
    }
    match column.source {
        ColumnSource::Context(_) => facts.push("From the context.".to_owned()),
        ColumnSource::Wide(_) => facts.push("Added by a unit of work.".to_owned()),
        ColumnSource::Own(_) | ColumnSource::Record | ColumnSource::Seq => {}
    }
    if let Some(unit) = field.unit {
        facts.push(format!("Unit: {unit}."));
    }
    match sensitivity(field) {
        Some(Sensitivity::Clear { reason }) => {
            facts.push(format!("Sensitive, not masked: {reason}."));
        }
        Some(Sensitivity::Custom { name }) => facts.push(format!("Masked: {name}.")),
        Some(mask) => facts.push(format!("Masked: {}.", mask.as_str())),
        None => {}
    }
    paragraphs([field.docs.to_owned(), facts.join(" ")])
}

/// The mask of a field, or of the newtype that it has.
fn sensitivity(field: &FieldMeta) -> Option<Sensitivity> {
    fn of_type(shape: &'static Shape) -> Option<Sensitivity> {
        match shape {
            Shape::Optional(inner) => of_type(inner),
            Shape::Newtype(newtype) => newtype.sensitivity.or_else(|| of_type(newtype.inner)),
            _ => None,
        }
    }
    field.sensitivity.or_else(|| of_type(field.shape))
}

/// The comment of the view of one version.
pub(super) fn of_version(version: &Version) -> String {
    let event = version.event;
    let name = format!("`{}`, version {}.", event.name.dotted, event.version);
    paragraphs([event.docs.to_owned(), [vec![name], facts(event)].concat().join(" ")])
}

/// The comment of the view of all versions, the newest last.
pub(super) fn of_latest(versions: &[Version]) -> String {
    let Some((newest, older)) = versions.split_last() else { return String::new() };
    let event = newest.event;
    let name = format!(
        "`{}`, every version, in the columns of version {}.",
        event.name.dotted, event.version
    );
    let says = [vec![name], facts(event)].concat().join(" ");
    let steps = (0..older.len()).map(|at| {
        let origins = newest.columns.iter().map(|column| (column, origin(column, &versions[at..])));
        let computed = origins.filter(|(_, origin)| matches!(origin, Origin::Computed));
        let computed: Vec<_> = computed.map(|(column, _)| format!("`{}`", column.name)).collect();
        step(versions[at].event.version, &computed)
    });
    paragraphs([event.docs.to_owned(), says].into_iter().chain(steps))
}

/// Which columns are empty in rows of a version, though a reader in Rust has them.
fn step(version: u32, computed: &[String]) -> String {
    if computed.is_empty() {
        return String::new();
    }
    format!(
        "NULL in rows of version {version}, because code in Rust computes them: {}.",
        computed.join(", ")
    )
}

fn facts(event: &EventMeta) -> Vec<String> {
    let governance = &event.governance;
    let owner = governance.owner.map(|owner| format!("Owner: {owner}."));
    let deprecated = governance
        .deprecated
        .map(|reason| format!("Deprecated: {}.", reason.trim().trim_end_matches('.')));
    let is_dropped = |field: &&FieldMeta| matches!(field.sensitivity, Some(Sensitivity::Drop));
    let fields = [event.context_fields(), event.fields(), event.wide_fields()].concat();
    let dropped: Vec<_> = fields.into_iter().filter(is_dropped).map(|field| field.name).collect();
    let dropped = (!dropped.is_empty())
        .then(|| format!("Left out of every record: `{}`.", dropped.join("`, `")));
    [owner, deprecated, dropped].into_iter().flatten().collect()
}

fn paragraphs(texts: impl IntoIterator<Item = String>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| text.trim().to_owned()).collect();
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}
