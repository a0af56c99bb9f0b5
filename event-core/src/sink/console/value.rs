//! A value as a person reads it. No character of a value acts on the terminal.

use crate::record::members::TypedValue;
use event_grammar::is_hostile;
use std::fmt::Write;

/// How deep lists and objects are written. No type of a catalog comes near it; a foreign type may,
/// and deeper values are written as JSON. The limit keeps the stack small.
const MOST_LEVELS: u8 = 32;

/// Writes a value: `4999`, `paid`, `"two words"`, `[1, 2]`, `{city: Bern}`.
pub(super) fn write(value: TypedValue<'_>, out: &mut String) {
    write_at(0, value, out);
}

fn write_at(level: u8, value: TypedValue<'_>, out: &mut String) {
    // A `String` takes everything, so `write!` cannot fail.
    let _ = match value {
        TypedValue::Null => out.write_str("null"),
        TypedValue::Bool(is) => write!(out, "{is}"),
        TypedValue::Signed(number) => write!(out, "{number}"),
        TypedValue::Unsigned(number) => write!(out, "{number}"),
        TypedValue::Float(number) => write!(out, "{number:?}"),
        TypedValue::Text(text) => {
            word(&text, out);
            Ok(())
        }
        TypedValue::List(items) if level < MOST_LEVELS => {
            out.push('[');
            for (at, item) in items.enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                write_at(level + 1, item, out);
            }
            out.push(']');
            Ok(())
        }
        TypedValue::Object(entries) if level < MOST_LEVELS => {
            out.push('{');
            for (at, (key, value)) in entries.enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                word(&key, out);
                out.push_str(": ");
                write_at(level + 1, value, out);
            }
            out.push('}');
            Ok(())
        }
        TypedValue::List(items) => {
            harmless(items.json(), out);
            Ok(())
        }
        TypedValue::Object(entries) => {
            harmless(entries.json(), out);
            Ok(())
        }
    };
}

/// Writes a text, in quotes where its end or its type would not be clear without them.
pub(super) fn word(text: &str, out: &mut String) {
    if is_clear(text) {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            _ => push(c, out),
        }
    }
    out.push('"');
}

/// Writes a text without quotes.
pub(super) fn harmless(text: &str, out: &mut String) {
    text.chars().for_each(|c| push(c, out));
}

fn push(c: char, out: &mut String) {
    if is_hostile(c) { out.extend(c.escape_default()) } else { out.push(c) }
}

/// Whether a text cannot be taken for a number, for `null`, or for two values.
fn is_clear(text: &str) -> bool {
    let is_plain = |c: char| {
        !c.is_whitespace()
            && !is_hostile(c)
            && !matches!(c, '"' | '\\' | '=' | ',' | '[' | ']' | '{' | '}')
    };
    let is_number = || text.parse::<f64>().is_ok();
    !text.is_empty()
        && text.chars().all(is_plain)
        && !text.ends_with(':')
        && !matches!(text, "null" | "true" | "false")
        && !is_number()
}
