//! One member in a line: `"key": value,`.

use std::fmt::Write as _;

/// A value of a lock: a text, a number, or an acceptance's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(u32),
    Texts(Vec<(String, String)>),
}

/// Appends a text as JSON.
pub(super) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' || c == '\u{7f}' || c == '\u{2028}' || c == '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Reads `"key": value`, without the comma.
pub(super) fn parse(line: &str) -> Option<(String, Value)> {
    let (key, rest) = text(line)?;
    let rest = rest.strip_prefix(": ")?;
    if let Some((value, rest)) = text(rest) {
        return rest.is_empty().then_some((key, Value::Text(value)));
    }
    if let Some(members) = rest.strip_prefix('{') {
        return Some((key, Value::Texts(texts(members)?)));
    }
    let is_number = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let number =
        rest.parse().ok().filter(|_| is_number && (rest == "0" || !rest.starts_with('0')))?;
    Some((key, Value::Number(number)))
}

/// `"a": "b", "c": "d"}`
fn texts(mut rest: &str) -> Option<Vec<(String, String)>> {
    let mut texts = Vec::new();
    loop {
        let (key, after) = text(rest)?;
        let (value, after) = text(after.strip_prefix(": ")?)?;
        texts.push((key, value));
        match after.strip_prefix(", ") {
            Some(next) => rest = next,
            None => return (after == "}").then_some(texts),
        }
    }
}

/// A text in quotes at the beginning, and what follows it.
fn text(line: &str) -> Option<(String, &str)> {
    let body = line.strip_prefix('"')?;
    let mut value = String::new();
    let mut chars = body.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &body[at + 1..])),
            '\\' => match chars.next()?.1 {
                c @ ('"' | '\\') => value.push(c),
                'u' => {
                    let mut code = 0;
                    for _ in 0..4 {
                        code = code * 16 + chars.next()?.1.to_digit(16)?;
                    }
                    value.push(char::from_u32(code)?);
                }
                _ => return None,
            },
            c if c < ' ' => return None,
            c => value.push(c),
        }
    }
    None
}
