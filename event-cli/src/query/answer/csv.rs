//! Rows as CSV (RFC 4180), for spreadsheets.

use super::Value;
use event_grammar::harmless;

/// The end of a line, as RFC 4180 has it.
const END: &str = "\r\n";

pub(super) fn head(names: &[&str], out: &mut String) {
    out.push_str(&names.join(","));
    out.push_str(END);
}

pub(super) fn write(values: &[Value], out: &mut String) {
    for (place, value) in values.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        match value {
            Value::Null => {}
            Value::Number(number) => out.push_str(&number.to_string()),
            Value::Text(text) | Value::Json(text) => field(text, out),
        }
    }
    out.push_str(END);
}

/// Appends a text. Control characters are escaped, so a row is one line. A spreadsheet would take a
/// text that begins with `=`, `+`, `-` or `@` for a formula: it gets a `'` in front.
fn field(text: &str, out: &mut String) {
    let text = harmless(text, usize::MAX);
    let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    if text.contains(['"', ',']) {
        out.extend(["\"", guard, &text.replace('"', "\"\""), "\""]);
    } else {
        out.push_str(guard);
        out.push_str(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, write};

    #[test]
    fn fields_are_quoted_and_no_formula() {
        let texts = ["plain", "a,b", "say \"a\"", "=1+1", "-1,2", "a\nb\u{1b}[2J", ""];
        let mut values: Vec<Value> = texts.map(|text| Value::Text(text.to_owned())).into();
        values.extend([Value::Number(-1), Value::Null, Value::Json("{\"a\":1}".to_owned())]);
        let mut line = String::new();
        write(&values, &mut line);
        let expected = "plain,\"a,b\",\"say \"\"a\"\"\",'=1+1,\"'-1,2\",a\\nb\\u{1b}[2J,,-1,,\
                        \"{\"\"a\"\":1}\"\r\n";
        assert_eq!(line, expected);
    }
}
