//! A line that is a `CloudEvent` with a payload or an envelope.

use super::around::{self, text};
use super::known::Known;
use super::record::{ENVELOPE, Header, Verdict, resolved};
use super::text_form::refusal;
use super::value::Check;
use super::violation::{Step, Violations};
use event_core::meta::shape::TextFormat;
use event_core::read::Object;
use event_grammar::record::{Key, Within};

/// A `CloudEvent` 1.0 in the JSON format. `type` is the event's name, optionally followed by `.v2`;
/// `data` is the payload or the whole envelope. If neither `type` nor an envelope gives the
/// version, `dataschema` gives it, if it is the `urn:event:` of an exported schema; else the
/// version is 1, as everywhere.
pub(super) fn verdict(
    mut object: Object<'_>,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Verdict {
    let Some(kind) = attribute("type", true, &mut object, violations) else {
        return Verdict::NoEvent("the CloudEvent has no `type` that is text".to_owned());
    };
    let schema = attributes(check, &mut object, violations);
    let data = object.take("data", &[]).ok().flatten();
    let is_binary = object.take("data_base64", &[]).is_ok_and(|data| data.is_some());
    if is_binary {
        violations.say_at(
            Step::Name("data_base64"),
            "binary data is not supported: the event is JSON in `data`",
        );
    }
    attribute_names(&object, violations);
    let (name, suffix) = suffixed(&kind, known);
    let version = suffix.or_else(|| schema.as_deref().and_then(version_of_schema));
    match data.map(|data| (data, data.object())) {
        Some((_, Ok(data))) => {
            let mut data = data.into_event();
            let header = enveloped(&mut data, name, version, known, check, violations);
            let is_envelope = header.is_some();
            let header =
                header.unwrap_or(Header { name: name.to_owned(), version: version.unwrap_or(1) });
            resolved(header, known, |at| {
                let event = &known.declared()[at];
                violations.within(Step::Name("data"), |violations| {
                    if is_envelope {
                        around::envelope(check, event, &mut data, violations);
                    } else {
                        around::payload(check, event, &mut data, violations);
                        check.close(&data, violations);
                    }
                });
            })
        }
        other => {
            let header = Header { name: name.to_owned(), version: version.unwrap_or(1) };
            resolved(header, known, |_| {
                violations.within(Step::Name("data"), |violations| match other {
                    Some((_, Err(error))) => violations.say_error(&error),
                    // The missing `data` of binary data is already reported.
                    _ if is_binary => {}
                    _ => violations.say("is missing: it holds the payload or the envelope as JSON"),
                });
            })
        }
    }
}

/// Checks the attributes besides `type`; returns the version in `dataschema`.
fn attributes(
    check: Check,
    object: &mut Object<'_>,
    violations: &mut Violations,
) -> Option<String> {
    for key in ["id", "source"] {
        attribute(key, true, object, violations);
    }
    if let Some(time) = attribute("time", false, object, violations)
        && let Some(what) = refusal(TextFormat::DateTime, None, check.side, &time)
    {
        violations.say_at(Step::Name("time"), what);
    }
    if let Ok(Some(version)) = object.take("specversion", &[]) {
        violations.within(Step::Name("specversion"), |violations| {
            text("`1.0`", |text| text == "1.0", version, violations);
        });
    }
    attribute("dataschema", false, object, violations)
}

/// Checks an envelope in `data`. The envelope and `type` must name the same event.
fn enveloped(
    data: &mut Object<'_>,
    name: &str,
    version: Option<u64>,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Option<Header> {
    let has = |key| data.rest().any(|known| known == key);
    if !(has(ENVELOPE[0]) && has(Key::Payload.name(Within::Envelope))) {
        return None;
    }
    let header = violations
        .within(Step::Name("data"), |violations| Header::read(ENVELOPE, data, check, violations));
    let header = match header {
        Ok(header) => header,
        Err(what) => {
            violations.say_at(Step::Name("data"), what);
            return Some(Header { name: name.to_owned(), version: version.unwrap_or(1) });
        }
    };
    let place = |name: &str| known.find(name, header.version).ok().map(|(at, _)| at);
    if place(name) != place(&header.name)
        || version.is_some_and(|version| version != header.version)
    {
        violations.say_at(
            Step::Name("type"),
            "names another event or version than the envelope in `data`",
        );
    }
    Some(header)
}

/// Checks the remaining attributes: a name has lower-case letters and digits (`CloudEvents` 1.0,
/// 3.1).
fn attribute_names(object: &Object<'_>, violations: &mut Violations) {
    let is_name = |key: &&str| {
        !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    for key in object.rest().filter(|key| !is_name(key)) {
        let what = "is not a CloudEvents attribute name: use lower-case letters and digits only";
        violations.say_at(Step::Key(key.to_owned()), what);
    }
}

/// An attribute that is a non-empty text. `null` means that the attribute is missing (`CloudEvents`
/// 1.0, JSON format, 2.2).
fn attribute(
    key: &'static str,
    is_required: bool,
    object: &mut Object<'_>,
    violations: &mut Violations,
) -> Option<String> {
    let input = object.take(key, &[]).ok().flatten().filter(|input| !input.is_null());
    match input.map(|input| input.text()) {
        Some(Ok(text)) if !text.is_empty() => return Some(text.into_owned()),
        Some(Ok(_)) => violations.say_at(Step::Name(key), "is empty"),
        Some(Err(error)) => violations.say_at(Step::Name(key), error.to_string()),
        None if is_required => violations.say_at(Step::Name(key), "is missing"),
        None => {}
    }
    None
}

/// Splits a name from its suffix `.v2`. A text that is a name as a whole has no version.
fn suffixed<'k>(kind: &'k str, known: &Known) -> (&'k str, Option<u64>) {
    if known.has_name(kind) {
        return (kind, None);
    }
    match kind.rsplit_once(".v").and_then(|(name, digits)| Some((name, digits.parse().ok()?))) {
        Some((name, version)) => (name, Some(version)),
        None => (kind, None),
    }
}

/// `urn:event:payment_process_failed:2:payload:write`, as `export` names its schemas.
fn version_of_schema(schema: &str) -> Option<u64> {
    schema.strip_prefix("urn:event:")?.split(':').nth(1)?.parse().ok()
}
