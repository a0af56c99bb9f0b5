//! Rows of views, in the same words for each database.

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A column: its name, and its type in PostgreSQL.
pub type Column = (String, String);

/// The columns of a view, and its rows in the order of their ids.
#[derive(Debug, PartialEq, Eq)]
pub struct View {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

/// Each view by its name.
pub type Views = BTreeMap<String, View>;

/// A value of a column in the words of the golden file, from the text that a database shows of it.
pub fn value(kind: &str, text: Option<String>) -> Value {
    let Some(text) = text else { return Value::Null };
    match kind {
        "boolean" => json!(matches!(&*text, "t" | "1")),
        // As text: a number of JSON has no more digits than a float, for many who read it.
        "numeric" if text.contains('.') => json!(text.trim_end_matches('0').trim_end_matches('.')),
        "double precision" => json!(text.parse::<f64>().unwrap()),
        "timestamp with time zone" => json!(time(&text)),
        "jsonb" => serde_json::from_str(&text).unwrap(),
        _ => json!(text),
    }
}

/// `2026-03-14T09:26:53.589793Z`, of that or of `2026-03-14 09:26:53.589793+00`.
fn time(text: &str) -> String {
    let text = text.replace(' ', "T").replace("+00", "").replace('Z', "");
    let (seconds, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{seconds}.{fraction:0<6}Z")
}

/// The golden file.
pub fn text(views: &Views) -> String {
    let view = |view: &View| json!({"columns": view.columns, "rows": view.rows});
    let views: BTreeMap<_, _> = views.iter().map(|(name, found)| (name, view(found))).collect();
    serde_json::to_string_pretty(&views).unwrap() + "\n"
}

/// The columns of each view in the golden file.
pub fn columns(golden: &str) -> BTreeMap<String, Vec<Column>> {
    let golden: BTreeMap<String, Value> = serde_json::from_str(golden).unwrap();
    let columns = |view: &Value| serde_json::from_value(view["columns"].clone()).unwrap();
    golden.iter().map(|(name, view)| (name.clone(), columns(view))).collect()
}
