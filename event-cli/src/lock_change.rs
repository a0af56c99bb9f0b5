//! A change of a version, as text and as JSON members.

use crate::markdown::code;
use event_schema::Json;
use event_schema::lock::VersionChange;

/// "`amount`: `i64` → `u32`"
pub(crate) fn what(change: &VersionChange) -> String {
    let field = change.field.as_ref().map(|field| format!(" {}", code(field))).unwrap_or_default();
    let values = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(": {} → {}", code(old), code(new)),
        (Some(one), None) | (None, Some(one)) => format!(": {}", code(one)),
        (None, None) => String::new(),
    };
    format!("{}{field}{values}", change.what.as_str())
}

/// The JSON members of a change, without its version.
pub(crate) fn members(change: &VersionChange) -> [(&'static str, Json); 5] {
    let text = |text: &Option<String>| Json::from(text.as_deref());
    [
        ("change", change.what.as_str().into()),
        ("field", text(&change.field)),
        ("old", text(&change.old)),
        ("new", text(&change.new)),
        ("verdict", change.verdict.as_str().into()),
    ]
}
