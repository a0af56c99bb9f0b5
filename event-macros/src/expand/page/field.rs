//! Documents a field: its row in the table of an event, and the line below its own documentation.

use super::markdown::{code, prose};
use super::{attribute, link_to_type};
use crate::ast::{Field, Mask, Role, Row, Table, last_name};
use crate::expand::literal::json_literal;
use proc_macro2::TokenStream;
use syn::ext::IdentExt;

/// The columns of an event's table.
pub(super) const HEADS: [&str; 5] = ["field", "mask", "unit", "example", "notes"];

/// The row of a field.
pub(super) fn row(field: &Field) -> [String; 5] {
    let name = match field.role {
        Role::Group => format!("the fields of {}", link_to_type(&field.ty)),
        Role::Transition(_) => format!("{}, {}", code("before"), code("after")),
        _ => code(&field.name),
    };
    [name, mask_text(field), unit_text(field), example_text(field), notes(field).join("; ")]
}

/// The facts about a field beside its docs and its type, in one line of documentation.
pub(crate) fn field(field: &Field) -> TokenStream {
    let said = |what: &str, text: String| (!text.is_empty()).then(|| format!("{what}{text}"));
    let mut parts: Vec<String> = [
        said("mask ", mask_text(field)),
        said("unit ", unit_text(field)),
        said("example ", example_text(field)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if field.renamed.is_some() || field.ident.unraw() != field.name {
        parts.insert(0, format!("written as {}", code(&field.name)));
    }
    parts.extend(role_text(field));
    parts.extend(reading_text(field));
    if parts.is_empty() {
        return TokenStream::new();
    }
    attribute(&parts.join("; "), &field.docs)
}

fn mask_text(field: &Field) -> String {
    match &field.mask {
        None => String::new(),
        Some(Mask::Drop) => format!("{} (left out)", code(Mask::Drop.as_str())),
        Some(Mask::Custom { name }) => code(&last_name(name)),
        Some(Mask::Clear { reason }) => format!("none: {}", prose(&reason.value())),
        Some(built_in) => code(built_in.as_str()),
    }
}

fn unit_text(field: &Field) -> String {
    match (&field.unit, &field.role) {
        (Some(unit), _) => code(&unit.value()),
        (None, Role::Elapsed(Some(unit))) => code(unit.as_str()),
        _ => String::new(),
    }
}

fn example_text(field: &Field) -> String {
    field.example.as_ref().map(|example| code(&json_literal(example))).unwrap_or_default()
}

fn notes(field: &Field) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if field.ident.unraw() != field.name && !field.is_flattened() {
        notes.push(format!("{} in Rust", code(&field.ident.to_string())));
    }
    notes.extend(role_text(field));
    notes.extend(reading_text(field));
    if !field.cfgs().is_empty() {
        notes.push("only where its `cfg` holds".to_owned());
    }
    notes
}

/// The role of the field.
fn role_text(field: &Field) -> Option<String> {
    match &field.role {
        Role::Plain | Role::Group => None,
        Role::Entity { kind } => Some(format!("entity {}", code(kind))),
        Role::EntityVersion => Some("version of the entity".to_owned()),
        Role::Elapsed(_) => Some("elapsed time, filled in by an operation".to_owned()),
        Role::Transition(None) => Some("transition".to_owned()),
        Role::Transition(Some(table)) => Some(format!("transition {}", code(&steps(table)))),
    }
}

/// The legal steps, as declared.
fn steps(table: &Table) -> String {
    let row = |row: &Row| {
        let to: Vec<String> = row.to.iter().map(last_name).collect();
        format!("{} -> {}", last_name(&row.from), to.join(" | "))
    };
    table.rows.iter().map(row).collect::<Vec<_>>().join(", ")
}

/// How readers treat a missing or renamed field.
fn reading_text(field: &Field) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    if !field.aliases.is_empty() {
        let aliases: Vec<String> = field.aliases.iter().map(|alias| code(&alias.value())).collect();
        said.push(format!("also read as {}", aliases.join(", ")));
    }
    if field.default {
        said.push("read as its default where it is missing".to_owned());
    }
    if field.label {
        said.push("metric label".to_owned());
    }
    said
}
