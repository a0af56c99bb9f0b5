//! JSON whose objects keep their order, and its one canonical text.
//!
//! Whether `serde_json::Map` is sorted depends on whether any crate of the build turns
//! `preserve_order` on. A file that is compared byte by byte cannot depend on that, and a schema is
//! easier to read with the fields in the order of the declaration.

use serde_json::{Number, Value};
use std::fmt;

/// A JSON value whose objects keep their order.
///
/// `Display` renders it canonically: two spaces, short lists of scalars on one line, a line break
/// at the end.
///
/// ```
/// use event_schema::Json;
///
/// let json = Json::Object(vec![("b".into(), Json::from(1)), ("a".into(), Json::List(vec![Json::Null]))]);
/// assert_eq!(json.to_string(), "{\n  \"b\": 1,\n  \"a\": [null]\n}\n");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object. Every key is unique.
    Object(Vec<(String, Json)>),
}

/// A list of scalars of at most this length, in bytes, is written on one line.
const ONE_LINE: usize = 72;

impl Json {
    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The value as a `serde_json` value.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => Value::Number(value.clone()),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::to_value).collect(),
            Self::Object(members) => {
                members.iter().map(|(key, value)| (key.clone(), value.to_value())).collect()
            }
        }
    }

    /// The value on one line without spaces, as events are written, and without a final line break.
    pub fn to_line(&self) -> String {
        let mut line = String::new();
        self.write_line(",", ":", &mut line);
        line
    }

    /// An object, from its members.
    pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A list of texts.
    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::from).collect())
    }

    fn write_line(&self, comma: &str, colon: &str, out: &mut String) {
        match self {
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { comma });
                    item.write_line(comma, colon, out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { comma });
                    write_text(key, out);
                    out.push_str(colon);
                    value.write_line(comma, colon, out);
                }
                out.push('}');
            }
            scalar => scalar.write_scalar(out),
        }
    }

    fn write_pretty(&self, indent: usize, out: &mut String) {
        match self {
            Self::List(items) if !self.fits_one_line() => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "\n" } else { ",\n" });
                    spaces(indent + 1, out);
                    item.write_pretty(indent + 1, out);
                }
                out.push('\n');
                spaces(indent, out);
                out.push(']');
            }
            Self::Object(members) if !members.is_empty() => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "\n" } else { ",\n" });
                    spaces(indent + 1, out);
                    write_text(key, out);
                    out.push_str(": ");
                    value.write_pretty(indent + 1, out);
                }
                out.push('\n');
                spaces(indent, out);
                out.push('}');
            }
            flat => flat.write_line(", ", ": ", out),
        }
    }

    fn write_scalar(&self, out: &mut String) {
        match self {
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => write_text(text, out),
            _ => out.push_str("null"),
        }
    }

    fn fits_one_line(&self) -> bool {
        match self {
            Self::List(items) => {
                let scalars =
                    !items.iter().any(|item| matches!(item, Self::List(_) | Self::Object(_)));
                scalars && self.to_line().len() <= ONE_LINE
            }
            _ => false,
        }
    }
}

fn spaces(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", indent));
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&Value::from(text).to_string());
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write_pretty(0, &mut text);
        writeln!(f, "{text}")
    }
}

impl From<Value> for Json {
    /// Sorts the keys of objects: their order in the source has no meaning.
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                let mut members: Vec<_> =
                    members.into_iter().map(|(key, value)| (key, Self::from(value))).collect();
                members.sort_by(|a, b| a.0.cmp(&b.0));
                Self::Object(members)
            }
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Json {
    /// `null` for `None`.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Self {
        Self::Number(value.into())
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<u32> for Json {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl From<i32> for Json {
    fn from(value: i32) -> Self {
        Self::Number(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use serde_json::json;

    #[test]
    fn what_is_rendered_reads_back() {
        let value =
            json!({"a": [1, -2.5, "q\"\n", null, true], "b": {}, "c": [{"d": []}], "é": u64::MAX});
        let json = Json::from(value.clone());
        assert_eq!(json.to_value(), value);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json.to_string()).unwrap(), value);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json.to_line()).unwrap(), value);
    }

    #[test]
    fn a_long_list_stands_on_lines() {
        let json = Json::texts(["a long item of a list"; 5]);
        assert_eq!(json.to_string().lines().count(), 7);
    }
}
