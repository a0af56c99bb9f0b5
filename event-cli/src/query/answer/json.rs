//! A row as a line of JSON.

use super::Value;
use event_grammar::is_hostile;
use serde_json::value::RawValue;
use std::fmt::Write;

/// Appends a row: one object on one line.
pub(super) fn write(names: &[&str], values: &[Value], out: &mut String) {
    for (place, (name, value)) in names.iter().zip(values).enumerate() {
        out.push_str(if place == 0 { "{" } else { "," });
        text(name, out);
        out.push(':');
        match value {
            Value::Null => out.push_str("null"),
            Value::Number(number) => {
                let _ = write!(out, "{number}");
            }
            Value::Text(value) => text(value, out),
            // Digits and the order of keys are those of the store: it is not read into values.
            Value::Json(json) if serde_json::from_str::<&RawValue>(json).is_ok() => {
                one_line(json, out);
            }
            Value::Json(other) => text(other, out),
        }
    }
    out.push_str("}\n");
}

fn text(text: &str, out: &mut String) {
    one_line(&serde_json::Value::from(text).to_string(), out);
}

/// Appends JSON. Characters that control a terminal are in its texts only, and are escaped; line
/// breaks and tabs are between its tokens.
fn one_line(json: &str, out: &mut String) {
    for c in json.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_hostile(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, write};
    use proptest::prelude::*;
    use serde_json::json;

    fn line(values: &[Value]) -> String {
        let mut line = String::new();
        write(&["a", "b", "c"], values, &mut line);
        line
    }

    proptest! {
        #[test]
        fn a_row_is_one_harmless_line_that_reads_back(text in any::<String>(), number: i64) {
            let object = format!("{{\n\t\"x\" : {}\r\n}}", json!(text));
            let line = line(&[
                Value::Text(text.clone()),
                Value::Number(number.into()),
                Value::Json(object),
            ]);
            let inside = line.strip_suffix('\n').unwrap();
            prop_assert!(!inside.chars().any(super::is_hostile));
            let row: serde_json::Value = serde_json::from_str(inside).unwrap();
            prop_assert_eq!(&row["a"], &json!(text));
            prop_assert_eq!(&row["b"], &json!(number));
            prop_assert_eq!(&row["c"], &json!({ "x": text }));
        }
    }

    #[test]
    fn a_document_keeps_its_digits_and_what_is_none_is_a_text() {
        let (digits, broken) = (r#"{"b":1.10,"a":123456789012345678901}"#, "{\u{1b}");
        let line = line(&[Value::Json(digits.into()), Value::Json(broken.into()), Value::Null]);
        assert_eq!(line, format!("{{\"a\":{digits},\"b\":\"{{\\u001b\",\"c\":null}}\n"));
    }
}
