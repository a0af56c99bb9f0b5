//! The catalog declares exactly what `reference/events.txt` lists: every name, level and field.

use std::collections::{BTreeMap, BTreeSet};

use catalog::CATALOG;
use event_core::meta::shape::Shape;
use event_core::meta::{EventMeta, FieldMeta, LevelRule};

const LIST: &str = include_str!("../reference/events.txt");

/// The intended differences between the catalog's fields and the list: event, field, difference,
/// reason.
const DECISIONS: &[(&str, &str, Difference, &str)] = &[
    (
        "task_failed",
        "expected",
        Difference::Added,
        "the list's level rule asks for it, so it has to be a field of the event",
    ),
    (
        "order_payment_submitted",
        "order_id",
        Difference::Added,
        "the envelope's entity is taken from a field of the event",
    ),
    (
        "order_fulfilled",
        "order_id",
        Difference::Added,
        "the envelope's entity is taken from a field of the event",
    ),
    ("request_started", "request", Difference::Split, SPLIT),
    ("request_started", "method", Difference::Added, SPLIT),
    ("request_started", "route", Difference::Added, SPLIT),
    ("request_started", "query", Difference::Added, SPLIT),
    ("request_finished", "request", Difference::Split, SPLIT),
    ("request_finished", "method", Difference::Added, SPLIT),
    ("request_finished", "route", Difference::Added, SPLIT),
    ("request_finished", "query", Difference::Added, SPLIT),
    ("request_failed", "request", Difference::Split, SPLIT),
    ("request_failed", "method", Difference::Added, SPLIT),
    ("request_failed", "route", Difference::Added, SPLIT),
    ("request_failed", "query", Difference::Added, SPLIT),
    ("request_started", "discarded", Difference::Added, LAYER),
    ("request_finished", "outcome", Difference::Added, LAYER),
    ("request_finished", "body_bytes", Difference::Added, LAYER),
    ("request_finished", "duration_ms", Difference::Added, LAYER),
    ("request_cancelled", "method", Difference::Added, LAYER),
    ("request_cancelled", "route", Difference::Added, LAYER),
    ("request_cancelled", "duration_ms", Difference::Added, LAYER),
    ("request_failed", "duration_ms", Difference::Added, LAYER),
    ("streaming_finished", "bytes_sent", Difference::Added, LAYER),
    ("streaming_finished", "duration_ms", Difference::Added, LAYER),
    ("streaming_cancelled", "bytes_sent", Difference::Added, LAYER),
    ("streaming_cancelled", "duration_ms", Difference::Added, LAYER),
    ("streaming_failed", "error", Difference::Added, LAYER),
    ("streaming_failed", "bytes_sent", Difference::Added, LAYER),
    ("streaming_failed", "duration_ms", Difference::Added, LAYER),
];

const LAYER: &str = "what a layer in front of the server knows beside what the list has";

const SPLIT: &str = "the method and the route are no secrets, and they are needed to find what \
                     failed; the query is masked";

/// Events whose level follows from a field where the list has one level: event, reason.
const RULES: &[(&str, &str)] = &[("http_request", "a server error needs attention")];

/// Events whose first version differs from the list, once for each change; the upcasts show how each
/// was changed.
const CHANGED: &[&str] = &[
    "payment_process_started",
    "payment_refund_initiated",
    "payment_fraud_detected",
    "http_request",
    "request_started",
    "request_finished",
    "request_finished",
    "request_failed",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Difference {
    /// The catalog has a field that the list does not have.
    Added,
    /// The catalog has several fields for one field of the list.
    Split,
}

/// One line of the list.
#[derive(Debug)]
struct Line {
    /// In `snake_case`, whatever the wire name is.
    name: String,
    /// The wire name, if it is dotted.
    dotted: Option<&'static str>,
    domain: &'static str,
    action: Option<&'static str>,
    status: Option<&'static str>,
    /// The level's word; `None` for a rule.
    level: Option<&'static str>,
    fields: Vec<Field>,
    /// The event, in `snake_case`, if this line is another spelling of it.
    alias_of: Option<String>,
    /// Whether another line describes the same wire name.
    conflict: bool,
}

#[derive(Clone, Debug)]
struct Field {
    name: &'static str,
    optional: bool,
    context: bool,
    sensitive: bool,
}

/// The list, line by line.
fn lines() -> Vec<Line> {
    LIST.lines().map(parse_line).collect()
}

fn parse_line(line: &'static str) -> Line {
    let columns: Vec<&str> = line.split('|').collect();
    let [wire, slots, level, fields, notes] = columns[..] else {
        panic!("not five columns: {line}")
    };
    let slots: Vec<Option<&str>> =
        slots.split('.').map(|slot| Some(slot).filter(|slot| *slot != "-")).collect();
    let [Some(domain), action, status] = slots[..] else {
        panic!("not domain.action.status: {line}")
    };
    let notes: Vec<&str> = notes.split_whitespace().collect();
    let note = |word: &str| notes.iter().find_map(|note| note.strip_prefix(word));
    Line {
        name: wire.replace('.', "_"),
        dotted: Some(wire).filter(|wire| wire.contains('.')),
        domain,
        action,
        status,
        level: Some(level).filter(|level| !level.starts_with("if ")),
        fields: split_fields(fields).into_iter().filter_map(parse_field).collect(),
        alias_of: note("alias:").or_else(|| note("legacy-alias:")).map(|of| of.replace('.', "_")),
        conflict: note("conflict:").is_some(),
    }
}

/// Splits at spaces, except inside `{..}`.
fn split_fields(text: &'static str) -> Vec<&'static str> {
    let mut depth = 0;
    text.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ' ' && depth == 0
    })
    .filter(|field| !field.is_empty())
    .collect()
}

/// `name:type[?][^][=v][!mask]`; `None` for `envelope@1`, which every event has.
fn parse_field(text: &'static str) -> Option<Field> {
    let Some((name, rest)) = text.split_once(':') else {
        assert_eq!(text, "envelope@1", "a field without a type");
        return None;
    };
    // A type ends at its closing bracket, or before the first mark.
    let type_end = match rest.as_bytes()[0] {
        b'{' => rest.find('}').expect("a closing brace") + 1,
        b'[' => rest.find(']').expect("a closing bracket") + 1,
        b'*' => 1,
        _ => rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len()),
    };
    let (kind, marks) = rest.split_at(type_end);
    Some(Field {
        name: name.strip_prefix("payload.").unwrap_or(name),
        // Any part of the caller's context may be missing.
        optional: marks.contains('?') || kind == "*",
        context: marks.contains('^'),
        sensitive: marks.contains('!'),
    })
}

/// The list's canonical events. If two lines describe one event, the line with more fields is used,
/// and fields that only the other line has are optional.
fn canonical() -> BTreeMap<String, Line> {
    let mut events: BTreeMap<String, Line> = BTreeMap::new();
    for line in lines().into_iter().filter(|line| line.alias_of.is_none()) {
        let Some(other) = events.remove(&line.name) else {
            events.insert(line.name.clone(), line);
            continue;
        };
        assert!(
            line.conflict && other.conflict,
            "{} is described twice, without a note",
            line.name
        );
        let (mut richer, poorer) =
            if line.fields.len() > other.fields.len() { (line, other) } else { (other, line) };
        for field in poorer.fields {
            if richer.fields.iter().all(|known| known.name != field.name) {
                richer.fields.push(Field { optional: true, ..field });
            }
        }
        events.insert(richer.name.clone(), richer);
    }
    events
}

/// The catalog's newest events, by their name in `snake_case`.
fn declared() -> BTreeMap<&'static str, &'static EventMeta> {
    CATALOG.events().filter(|event| event.latest).map(|event| (event.name.snake, event)).collect()
}

/// Every canonical line with its event.
fn pairs() -> Vec<(Line, &'static EventMeta)> {
    let declared = declared();
    let pair = |(name, line): (String, Line)| {
        let event =
            declared.get(name.as_str()).unwrap_or_else(|| panic!("`{name}` is not in the catalog"));
        (line, *event)
    };
    canonical().into_iter().map(pair).collect()
}

/// The word of a level that is fixed; `None` for a rule.
fn fixed_level(rule: &LevelRule) -> Option<&'static str> {
    match rule {
        LevelRule::Fixed(level) => Some(level.as_str()),
        _ => None,
    }
}

fn is_optional(field: &FieldMeta) -> bool {
    matches!(field.shape, Shape::Optional(_))
}

fn decided(event: &str, field: &str, difference: Difference) -> bool {
    DECISIONS
        .iter()
        .any(|decision| (decision.0, decision.1, decision.2) == (event, field, difference))
}

#[test]
fn the_list_is_read_in_full() {
    let lines = lines();
    let wire_names: BTreeSet<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    let domains: BTreeSet<&str> = lines.iter().map(|line| line.domain).collect();
    let statuses: BTreeSet<&str> = lines.iter().filter_map(|line| line.status).collect();
    assert_eq!((lines.len(), wire_names.len(), domains.len(), statuses.len()), (90, 89, 22, 40));
    assert_eq!(canonical().len(), 84);
}

#[test]
fn every_canonical_name_is_an_event_and_nothing_else_is() {
    let listed: BTreeSet<String> = canonical().into_keys().collect();
    let declared: BTreeSet<String> = declared().into_keys().map(str::to_owned).collect();
    let missing: Vec<_> = listed.difference(&declared).collect();
    let unlisted: Vec<_> = declared.difference(&listed).collect();
    assert!(
        missing.is_empty() && unlisted.is_empty(),
        "missing: {missing:?}, not listed: {unlisted:?}"
    );
}

#[test]
fn names_have_the_slots_of_the_list() {
    for (line, event) in pairs() {
        let name = &event.name;
        let slots = (name.domain, name.action, name.status.map(|status| status.word));
        assert_eq!(slots, (line.domain, line.action, line.status), "{}", line.name);
        if let Some(dotted) = line.dotted {
            assert_eq!(name.dotted, dotted);
        }
        let changes = CHANGED.iter().filter(|name| **name == line.name).count();
        let version = 1 + u32::try_from(changes).expect("few");
        assert_eq!(event.version, version, "{}", line.name);
    }
}

#[test]
fn legacy_spellings_are_aliases_and_no_events() {
    let declared = declared();
    let mut listed: BTreeSet<(String, String)> = BTreeSet::new();
    for line in lines() {
        let Some(of) = line.alias_of else { continue };
        assert!(
            !declared.contains_key(line.name.as_str()),
            "`{}` is an alias, not an event",
            line.name
        );
        assert!(
            declared.contains_key(of.as_str()),
            "`{}` is an alias of `{of}`, which is not an event",
            line.name
        );
        listed.insert((of, line.name));
    }
    let aliases = declared.values().flat_map(|event| {
        event.aliases.iter().map(|alias| (event.name.snake.to_owned(), (*alias).to_owned()))
    });
    assert_eq!(aliases.collect::<BTreeSet<_>>(), listed);
}

#[test]
fn levels_agree() {
    for (line, event) in pairs() {
        if RULES.iter().any(|(name, _)| *name == line.name) {
            assert_eq!(fixed_level(&event.level), None, "{}", line.name);
            continue;
        }
        assert_eq!(fixed_level(&event.level), line.level, "{}", line.name);
    }
}

/// Whether the field belongs to a context group that the event does not require.
fn is_left_out(event: &EventMeta, name: &str) -> bool {
    let mut groups = event.context_groups();
    groups.any(|(group, is_needed)| {
        !is_needed && group.fields().iter().any(|field| field.name == name)
    })
}

#[test]
fn fields_agree() {
    let mut wrong: Vec<String> = Vec::new();
    for (line, event) in pairs() {
        let own = event.fields();
        let bound = event.context_fields();
        for field in &line.fields {
            let place = if field.context { &bound } else { &own };
            let Some(found) = place.iter().find(|found| found.name == field.name) else {
                if decided(&line.name, field.name, Difference::Split) {
                    continue;
                }
                let place = if field.context { "context field" } else { "field" };
                wrong.push(format!("{}: no {place} `{}`", line.name, field.name));
                continue;
            };
            if (is_optional(found) || is_left_out(event, field.name)) != field.optional {
                let listed = if field.optional { "optional" } else { "required" };
                wrong.push(format!("{}: `{}` is {listed} in the list", line.name, field.name));
            }
            if field.sensitive && found.sensitivity.is_none() {
                wrong.push(format!("{}: `{}` is sensitive in the list", line.name, field.name));
            }
        }
        for found in own.iter().chain(&bound) {
            let listed = line.fields.iter().any(|field| field.name == found.name);
            if !listed && !decided(&line.name, found.name, Difference::Added) {
                wrong.push(format!("{}: `{}` is not in the list", line.name, found.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_decision_is_about_a_difference() {
    let events = canonical();
    for (event, name, difference, reason) in DECISIONS {
        let line = events.get(*event).unwrap_or_else(|| panic!("`{event}` is not listed"));
        let listed = line.fields.iter().find(|field| field.name == *name);
        let differs = match difference {
            Difference::Added => listed.is_none(),
            Difference::Split => listed.is_some(),
        };
        assert!(differs, "{event}: the list agrees about `{name}`, drop the decision ({reason})");
    }
}

#[test]
fn everything_is_documented() {
    for (line, event) in pairs() {
        for field in event.fields().iter().chain(&event.context_fields()) {
            assert!(!field.docs.is_empty(), "{}: `{}` has no docs", line.name, field.name);
        }
    }
}
