//! The documentation page of an event.

use super::field::{HEADS, row};
use super::level::level_text;
use super::markdown::{code, prose, table};
use super::{link, link_to, linking};
use crate::ast::{Event, Field, Role};
use crate::expand::meta::contexts;
use crate::expand::{deduplicate, emit, operation};
use crate::parse::Docs;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// The facts about the block for the page of an event.
pub(crate) struct Around<'a> {
    /// The versions of the event, this version included.
    pub(crate) versions: &'a [&'a Event],
    /// The context of the domain.
    pub(crate) context: &'a [Path],
    /// The owner of the domain.
    pub(crate) owner: Option<&'a str>,
    /// The operations of the block.
    pub(crate) operations: &'a [operation::Operation<'a>],
}

/// The page, as an attribute of the event's struct.
pub(crate) fn event(event: &Event, around: &Around<'_>) -> TokenStream {
    linking(&page(event, around), &event.head.docs)
}

/// The page of an event under a derive. A derive cannot add to the docs of the struct, so the page
/// is the docs of an empty impl, which rustdoc shows below the fields.
pub(crate) fn free(event: &Event, around: &Around<'_>) -> TokenStream {
    let text = page(event, around);
    // An error about the parameters is already reported.
    if text.is_empty() || event.head.has_parameters() {
        return TokenStream::new();
    }
    let (attribute, ty) = (linking(&text, &Docs::default()), event.head.elided());
    quote!(#attribute impl #ty {})
}

/// The text of the page; empty for an event with a reported error.
fn page(event: &Event, around: &Around<'_>) -> String {
    if event.poisoned || event.head.shell {
        return String::new();
    }
    let (snake, dotted) = (event.name.snake(), event.name.dotted());
    let names = format!("{} in log lines, {} on the wire.\n", code(&snake), code(&dotted));
    let facts =
        facts(event, around).into_iter().map(|(what, text)| format!("- **{what}**: {text}\n"));
    let facts = facts.collect::<Vec<_>>().concat();
    let parts = [names, facts, fields_text(event), call_text(event)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The declared facts, one per line.
fn facts(event: &Event, around: &Around<'_>) -> Vec<(&'static str, String)> {
    let mut facts =
        vec![("version", version_text(event, around.versions)), ("level", level_text(event))];
    let mut fact = |what, text: String| {
        if !text.is_empty() {
            facts.push((what, text));
        }
    };
    let said = &event.governance;
    let text = |text: &Option<syn::LitStr>| {
        text.as_ref().map(|text| prose(&text.value())).unwrap_or_default()
    };
    let owner = around.owner.filter(|_| said.owner.is_none()).map(prose);
    fact("owner", owner.unwrap_or_else(|| text(&said.owner)));
    fact("stability", said.stability.map(|stability| code(stability.as_str())).unwrap_or_default());
    fact("since", text(&said.since));
    fact("expires", text(&said.expires));
    fact("retention", text(&said.retention));
    fact("deprecated", said.deprecated.as_deref().map(prose).unwrap_or_default());
    fact("replaced by", said.replaced_by.as_ref().map(link).unwrap_or_default());
    fact("entity", entity_text(event));
    fact("operation", operation_text(event, around.operations));
    let paths =
        |paths: &mut dyn Iterator<Item = &Path>| paths.map(link).collect::<Vec<_>>().join(", ");
    fact("context", paths(&mut contexts(event, around.context)));
    fact("wide", event.wide.as_ref().map(|groups| paths(&mut groups.iter())).unwrap_or_default());
    fact("sample", sample_text(event));
    fact("limit", limit_text(event));
    let keys: Vec<String> = deduplicate::keys(event).map(|key| code(&key)).collect();
    fact("deduplicate", keys.join(", "));
    let aliases: Vec<String> = event.aliases.iter().map(|alias| code(&alias.value())).collect();
    fact("aliases", aliases.join(", "));
    facts
}

fn version_text(event: &Event, versions: &[&Event]) -> String {
    let others = || versions.iter().filter(|other| other.version != event.version);
    if event.name.latest {
        let older: Vec<String> = others().map(|older| link_to(&older.head)).collect();
        return match older.as_slice() {
            [] => event.version.to_string(),
            older => format!("{}, the newest; it reads {}", event.version, older.join(", ")),
        };
    }
    let newest = others().find(|other| other.name.latest);
    let newest = newest
        .map(|newest| format!(": read as {} (version {})", link_to(&newest.head), newest.version));
    format!("{}, an old version{}, never emitted", event.version, newest.unwrap_or_default())
}

fn entity_text(event: &Event) -> String {
    let entity = event.fields.iter().find_map(|field| match &field.role {
        Role::Entity { kind } => Some(format!("{}, by {}", code(kind), code(&field.name))),
        _ => None,
    });
    entity.unwrap_or_default()
}

/// The table of fields, if a field has more than a name.
fn fields_text(event: &Event) -> String {
    let rows: Vec<_> = event.fields.iter().map(row).collect();
    let is_more = |(field, row): (&Field, &[String; 5])| {
        field.is_flattened() || row[1..].iter().any(|cell| !cell.is_empty())
    };
    if event.fields.iter().zip(&rows).any(is_more) { table(HEADS, &rows) } else { String::new() }
}

/// The events that end the operation of this event, or the events whose operation this event ends.
fn operation_text(event: &Event, operations: &[operation::Operation<'_>]) -> String {
    let mut said = Vec::new();
    for one in operations {
        let links = |events: &[&Event]| {
            events.iter().map(|end| link_to(&end.head)).collect::<Vec<_>>().join(", ")
        };
        if std::ptr::eq(one.begin, event) {
            said.push(format!("begins one, which ends with one of {}", links(&one.ends)));
        } else if one.ends.iter().any(|end| std::ptr::eq(*end, event)) {
            said.push(format!("ends what {} begins", links(&[one.begin])));
        }
    }
    said.join("; ")
}

fn sample_text(event: &Event) -> String {
    let Some((keep, of)) = event.sample else { return String::new() };
    let errors = if event.sample_errors.is_some() { ", errors too" } else { ", and every error" };
    format!("{keep} of {of}{errors}")
}

fn limit_text(event: &Event) -> String {
    let Some((count, seconds)) = event.limit else { return String::new() };
    let each = match seconds {
        1 => "second",
        60 => "minute",
        _ => "hour",
    };
    let errors = if event.limit_errors.is_some() { ", errors too" } else { ", and every error" };
    format!("{count} each {each}{errors}")
}

/// How to emit the event. It is marked as text, because rustdoc would compile Rust code.
fn call_text(event: &Event) -> String {
    if !event.name.latest || event.head.has_parameters() {
        return String::new();
    }
    let (function, name) = (emit::name(event), &event.head.ident);
    let fields: Vec<String> =
        event.fields.iter().map(|field| format!("    {},\n", field.ident)).collect();
    let fields = fields.concat();
    let value = match (event.unit, fields.as_str()) {
        (true, _) => name.to_string(),
        (false, "") => format!("{name} {{}}"),
        (false, fields) => format!("{name} {{\n{fields}}}"),
    };
    format!("```text\n{function}({value});\n```\n")
}
