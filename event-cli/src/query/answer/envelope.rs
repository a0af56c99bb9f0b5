//! What a table shows of an envelope.

use event_core::Level;
use event_grammar::harmless;
use serde_json::{Map, Value};

/// How many characters of a cell are shown.
pub(super) const SHOWN: usize = 100;

/// What a table shows of an envelope.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) level: Option<Level>,
    /// `status: cart → paid`
    pub(super) change: String,
    /// The other fields of the payload: `amount_cents=4999 currency=USD`
    pub(super) fields: String,
}

/// Reads an envelope. Of one that is not JSON, nothing is shown. A field that only repeats the id of
/// the entity is left out.
pub(super) fn shown(envelope: &str, entity_id: Option<&str>) -> Shown {
    let Ok(Value::Object(envelope)) = serde_json::from_str::<Value>(envelope) else {
        return Shown::default();
    };
    let level = envelope.get("level").and_then(Value::as_str).and_then(Level::from_word);
    let Some(Value::Object(payload)) = envelope.get("payload") else {
        return Shown { level, ..Shown::default() };
    };
    let change = match (payload.get("before"), payload.get("after")) {
        (Some(before), Some(after)) => change(before, after),
        _ => String::new(),
    };
    let is_change = |name: &str| !change.is_empty() && matches!(name, "before" | "after");
    let is_id = |field: &Value| entity_id.is_some() && field.as_str() == entity_id;
    let fields = members(payload, |name, field| !is_change(name) && !is_id(field));
    Shown { level, change: cut(&change), fields: cut(&fields) }
}

/// A value: an object as its members.
pub(super) fn state(state: &Value) -> String {
    match state {
        Value::Object(object) => cut(&members(object, |_, _| true)),
        other => cut(&value(other)),
    }
}

/// What differs between two states: `cart → paid`, or by member `status: cart → paid`.
fn change(before: &Value, after: &Value) -> String {
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        return format!("{} → {}", value(before), value(after));
    };
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let (null, mut changes) = (Value::Null, Vec::new());
    for name in names {
        let (old, new) = (old.get(name).unwrap_or(&null), new.get(name).unwrap_or(&null));
        if old != new {
            changes.push(format!("{name}: {} → {}", value(old), value(new)));
        }
    }
    if changes.is_empty() { "no change".to_owned() } else { changes.join(", ") }
}

/// The members that are shown, as `amount_cents=4999 currency=USD`: in the order of their names,
/// whatever order the parser keeps.
fn members(object: &Map<String, Value>, is_shown: impl Fn(&str, &Value) -> bool) -> String {
    let mut members: Vec<_> = object.iter().filter(|(name, value)| is_shown(name, value)).collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    let members: Vec<_> =
        members.into_iter().map(|(name, member)| format!("{name}={}", value(member))).collect();
    members.join(" ")
}

/// A value on one line: a text of one word as it is, everything else as JSON.
fn value(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() && !text.contains([' ', '"', '=']) => text.clone(),
        other => other.to_string(),
    }
}

/// A text of the store, made harmless for a terminal, and cut.
pub(super) fn cut(text: &str) -> String {
    let more = text.chars().nth(SHOWN).is_some();
    let shown = harmless(text, SHOWN);
    if more { format!("{shown}…") } else { shown.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, cut, shown};
    use event_core::Level;
    use event_grammar::is_hostile;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_change_names_what_differs() {
        let change = |before, after| {
            let payload =
                json!({ "before": before, "after": after, "cents": 1, "by": "a b", "id": "ord_1" });
            let envelope = json!({ "level": "error", "payload": payload });
            let shown = shown(&envelope.to_string(), Some("ord_1"));
            assert_eq!((shown.level, &*shown.fields), (Some(Level::Error), "by=\"a b\" cents=1"));
            shown.change
        };
        assert_eq!(change(json!("cart"), json!("paid")), "cart → paid");
        let (old, new) = (json!({ "a": 1, "b": 2, "c": 3 }), json!({ "a": 1, "b": 4 }));
        assert_eq!(change(old.clone(), new), "b: 2 → 4, c: 3 → null");
        assert_eq!(change(old.clone(), old), "no change");
    }

    #[test]
    fn what_is_no_envelope_shows_nothing() {
        for text in ["", "[]", "{\"payload\":1}", "{\"level\":7}", "{"] {
            let shown = shown(text, None);
            assert!(shown.level.is_none() && shown.change.is_empty() && shown.fields.is_empty());
        }
        // A field of that name, without the other one, is a field.
        assert_eq!(shown(r#"{"payload":{"after":"x"}}"#, None).fields, "after=x");
    }

    proptest! {
        #[test]
        fn a_cell_is_one_harmless_line(text in any::<String>()) {
            let payload = json!({ "payload": { &text: &text, "before": &text, "after": 1 } });
            let shown = shown(&payload.to_string(), None);
            for cell in [&shown.change, &shown.fields, &cut(&text)] {
                prop_assert!(!cell.chars().any(is_hostile), "{cell:?}");
            }
        }
    }

    #[test]
    fn a_long_cell_is_cut() {
        assert_eq!(cut(&"é".repeat(SHOWN)), "é".repeat(SHOWN));
        assert_eq!(cut(&"é".repeat(SHOWN + 1)), format!("{}…", "é".repeat(SHOWN)));
    }
}
