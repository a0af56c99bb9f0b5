//! Findings for opaque fields whose sensitivity is not decided. `check` reports them; `lock`
//! records nothing while there are any.

use crate::finding::Finding;
use event_core::Catalog;
use event_schema::{Json, OpaqueNames, opaque_names};

/// How many names a message lists.
const LISTED: usize = 3;

pub(crate) fn findings(catalog: &'static Catalog) -> Vec<Finding> {
    opaque_names(catalog).into_iter().map(finding).collect()
}

fn finding(found: OpaqueNames) -> Finding {
    let OpaqueNames { event, others, field, ty, names, .. } = found;
    let listed: Vec<String> = names
        .iter()
        .take(LISTED)
        .map(|found| format!("`{}` at `{}`", found.name, found.pointer))
        .collect();
    let more = match names.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let also = match others {
        0 => String::new(),
        1 => ", and of another event".to_owned(),
        others => format!(", and of {others} other events"),
    };
    let what = format!(
        "the opaque field `{field}` of `{}` v{}{also} has names in its schema that look \
         sensitive: {}{more}",
        event.name.snake,
        event.version,
        listed.join(", ")
    );
    Finding::error("EV0108", what)
        .help(format!(
            "mask the whole value with `#[sensitive(redact)]`, `hash` or `drop`; or declare `{}` \
             with `#[derive(EventValue)]` and mask its fields; or state that nothing in it is \
             sensitive with `#[field(opaque, public)]`",
            short(ty)
        ))
        .event(event)
        .field(field)
        .at(&event.source)
        .with("pointers", Json::texts(names.iter().map(|found| found.pointer.as_str())))
}

/// A type's path without modules and type parameters.
fn short(path: &str) -> &str {
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}
