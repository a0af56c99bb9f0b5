//! The messages of failed assertions: the expectation, the closest event, and all recorded events.
//! Recorded values are shown as they were written, masked.

use super::expectation::{Comparison, Expectation, FieldText};
use super::{Recorded, Recorder};
use serde_json::Value;
use std::fmt;

/// The maximum number of records in the list.
const LISTED: usize = 40;
/// The maximum number of characters of a payload in the list.
const SHOWN: usize = 160;

pub(super) fn not_emitted(
    recorder: &Recorder,
    records: &[Recorded],
    expected: &Expectation<'_>,
    times: Option<usize>,
) -> String {
    let met = numbers(records, expected);
    let head = match times {
        None => "no recorded event matches".to_owned(),
        Some(times) => format!("{} expected, {} recorded, of", count(times, "event"), met.len()),
    };
    let mut lines = vec![head, format!("    {expected}")];
    if met.is_empty() {
        lines.extend(closest(records, 0, expected));
    } else {
        lines.push(format!("recorded: {}", met.join(", ")));
    }
    lines.extend(everything(recorder, records));
    lines.join("\n")
}

pub(super) fn emitted(
    recorder: &Recorder,
    records: &[Recorded],
    unexpected: &Expectation<'_>,
) -> String {
    let met = numbers(records, unexpected).join(", ");
    let mut lines = vec![format!("recorded, but not expected: {met}"), format!("    {unexpected}")];
    lines.extend(everything(recorder, records));
    lines.join("\n")
}

pub(super) fn not_in_order(
    recorder: &Recorder,
    records: &[Recorded],
    expected: &[Expectation<'_>],
    places: &[usize],
    are_all: bool,
) -> String {
    let alone = if are_all { ", and no others" } else { "" };
    let mut lines = vec![format!("events are not recorded in this order{alone}")];
    for (at, expected) in expected.iter().enumerate() {
        let found = match places.get(at) {
            Some(place) => format!("number {}", place + 1),
            None if at == places.len() => "missing".to_owned(),
            None => "not searched".to_owned(),
        };
        lines.push(format!("    {expected}: {found}"));
    }
    let from = places.last().map_or(0, |place| place + 1);
    match expected.get(places.len()) {
        Some(missing) => lines.extend(closest(records, from, missing)),
        None => lines.push(format!("number {} is one too many", from + 1)),
    }
    lines.extend(everything(recorder, records));
    lines.join("\n")
}

/// The recorded event at or after position `from` that differs in the fewest fields.
fn closest(records: &[Recorded], from: usize, expected: &Expectation<'_>) -> Vec<String> {
    let behind = if from > 0 { format!(" after number {from}") } else { String::new() };
    let candidates = records.iter().enumerate().skip(from).filter_map(|(place, record)| {
        match expected.compare(record) {
            Comparison::Other => None,
            Comparison::Equal => Some((0, place, Vec::new())),
            Comparison::Different(different) => {
                Some((different.len(), place, fields(record, expected, &different)))
            }
            // It is the last choice, because its fields are unknown.
            Comparison::Unreadable(error) => {
                Some((usize::MAX, place, vec![format!("    its line cannot be read: {error}")]))
            }
        }
    });
    match candidates.min_by_key(|(different, ..)| *different) {
        Some((_, place, lines)) => {
            [vec![format!("closest{behind}: number {}", place + 1)], lines].concat()
        }
        None => vec![format!(
            "no event{behind} is `{}` v{}",
            expected.meta.name.snake, expected.meta.version
        )],
    }
}

/// A line for each expected field. Fields that differ are marked.
fn fields(record: &Recorded, expected: &Expectation<'_>, different: &[usize]) -> Vec<String> {
    let payload = serde_json::from_str(&record.payload()).unwrap_or_default();
    let line = |(place, field): (usize, &FieldText)| {
        let found = found(&payload, &field.path)
            .map_or_else(|| "nothing under this key".to_owned(), Value::to_string);
        let path = &field.path;
        match (&field.expected, different.contains(&place)) {
            (_, false) => format!("      {path}: {found}"),
            (Some(expected), true) => format!("    ! {path}: expected {expected}, found {found}"),
            (None, true) => format!(
                "    ! {path}: found {found}; the field is masked, so the expected value is not shown"
            ),
        }
    };
    expected.fields.iter().enumerate().map(line).collect()
}

/// The written value of a field: by its path or by the end of its path, because a group is not an
/// object in the payload.
fn found<'v>(payload: &'v Value, path: &str) -> Option<&'v Value> {
    let names: Vec<&str> = path.split('.').collect();
    (0..names.len()).find_map(|skipped| {
        names[skipped..].iter().try_fold(payload, |value, name| value.get(name))
    })
}

fn everything(recorder: &Recorder, records: &[Recorded]) -> Vec<String> {
    let mut lines = match records.len() {
        0 => vec![
            "nothing was recorded; a spawned thread or task records only if it is given the \
             context"
                .to_owned(),
        ],
        number => vec![format!("all {}", count(number, "recorded event"))],
    };
    for (place, record) in records.iter().take(LISTED).enumerate() {
        let (name, version, level) =
            (record.meta().name.snake, record.meta().version, record.level());
        lines.push(format!(
            "    {} {name} v{version} {level} {}",
            place + 1,
            cut(&record.payload())
        ));
    }
    if records.len() > LISTED {
        lines.push(format!("    and {} more", records.len() - LISTED));
    }
    lines.extend(recorder.incidents().iter().map(|incident| format!("incident: {incident}")));
    lines
}

fn cut(payload: &str) -> String {
    match payload.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}..", &payload[..end]),
        None => payload.to_owned(),
    }
}

/// `number 3`, for each record that matches.
fn numbers(records: &[Recorded], expected: &Expectation<'_>) -> Vec<String> {
    let met = records.iter().enumerate().filter(|(_, record)| expected.is_met_by(record));
    met.map(|(place, _)| format!("number {}", place + 1)).collect()
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

impl fmt::Display for Expectation<'_> {
    /// Shows the event as the test writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.meta.type_name)?;
        if self.fields.is_empty() {
            return Ok(());
        }
        f.write_str(" { ")?;
        for (at, field) in self.fields.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            let expected = field.expected.as_deref().unwrap_or("(masked)");
            write!(f, "{separator}{}: {expected}", field.path)?;
        }
        if !self.is_whole {
            f.write_str(", ..")?;
        }
        f.write_str(" }")
    }
}
