//! A line as a record: in which form it is, which event it names, and whether it is as declared.

use super::around::{self, text};
use super::known::{Known, NotKnown, Spelling};
use super::value::{Check, mismatch};
use super::violation::{Step, Violations};
use event_core::Timestamp;
use event_core::read::Object;

/// What a line comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has the form of no event.
    NoEvent(String),
    /// It names an event, or a version of one, that the catalog does not have.
    Unknown {
        /// The name, as written.
        name: String,
        /// The version; 1 where it is missing.
        version: u64,
        /// Which of the two.
        why: NotKnown,
    },
    /// It names an event of the catalog; the violations say what is wrong with it.
    Event {
        /// Which of [`Known::declared`].
        at: usize,
        /// The legacy name, where that is how it is called.
        alias: Option<String>,
    },
}

/// What a line says of its event.
struct Header {
    name: String,
    version: u64,
}

/// Looks at a line.
pub(super) fn verdict(
    line: &str,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Verdict {
    let object = match Object::parse(line) {
        Ok(object) => object,
        Err(error) => return Verdict::NoEvent(error.to_string()),
    };
    let has = |key| object.rest().any(|known| known == key);
    // The order of `decode`; what is neither, and has the one key that each CloudEvent must have,
    // is a CloudEvent.
    let (is_line, is_envelope, is_cloud_event) =
        (has("event"), has("event_type"), has("specversion"));
    if is_cloud_event && !is_line && !is_envelope {
        cloud_event(object, known, check, violations)
    } else if is_envelope && !is_line {
        nested_envelope(object, known, check, violations)
    } else {
        flat_line(object, known, check, violations)
    }
}

fn flat_line(
    object: Object<'_>,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Verdict {
    let mut object = object.into_line();
    let header = match Header::read("event", "version", &mut object, check, violations) {
        Ok(header) => header,
        Err(what) => return Verdict::NoEvent(what),
    };
    resolved(header, known, |at| {
        around::line(check, &known.declared()[at], &mut object, violations)
    })
}

fn nested_envelope(
    mut object: Object<'_>,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Verdict {
    let header = match Header::read("event_type", "event_version", &mut object, check, violations) {
        Ok(header) => header,
        Err(what) => return Verdict::NoEvent(what),
    };
    resolved(header, known, |at| {
        around::envelope(check, &known.declared()[at], &mut object, violations)
    })
}

fn resolved(header: Header, known: &Known, look: impl FnOnce(usize)) -> Verdict {
    let Header { name, version } = header;
    match known.find(&name, version) {
        Ok((at, spelling)) => {
            look(at);
            Verdict::Event { at, alias: (spelling == Spelling::Alias).then_some(name) }
        }
        Err(why) => Verdict::Unknown { name, version, why },
    }
}

impl Header {
    fn read(
        name: &'static str,
        version: &'static str,
        object: &mut Object<'_>,
        check: Check,
        violations: &mut Violations,
    ) -> Result<Self, String> {
        let name_of =
            object.take(name, &[]).ok().flatten().ok_or_else(|| format!("it has no `{name}`"))?;
        let text = name_of.text().map_err(|error| error.in_field(name).to_string())?.into_owned();
        let number = object.take(version, &[]).ok().flatten();
        if check.is_write() {
            // A reader takes the version as text, and for 1 where there is none. This library
            // writes it as a number, always.
            match number {
                None => violations.say_at(Step::Name(version), "is missing"),
                Some(number) if number.is_null() || number.kind() == "text" => {
                    violations.within(Step::Name(version), |violations| {
                        mismatch("a whole number", number, violations)
                    });
                }
                Some(_) => {}
            }
        }
        let version = match number.filter(|version| !version.is_null()) {
            None => 1,
            Some(number) => {
                number.version().map_err(|error| error.in_field(version).to_string())?.into()
            }
        };
        Ok(Self { name: text, version })
    }
}

/// A `CloudEvent` 1.0 in the JSON format. `type` is the event's name, perhaps with `.v2` behind it;
/// `data` is the payload or the whole envelope. Where neither `type` nor an envelope says the
/// version, the `urn:event:` of an exported schema does as `dataschema`; else it is 1, as
/// everywhere.
fn cloud_event(
    mut object: Object<'_>,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Verdict {
    let Some(kind) = attribute("type", true, &mut object, violations) else {
        return Verdict::NoEvent("the CloudEvent has no `type` that is text".to_owned());
    };
    for (key, is_required) in [("id", true), ("source", true), ("time", false)] {
        if let Some(value) = attribute(key, is_required, &mut object, violations)
            && key == "time"
            && Timestamp::parse(&value).is_none()
        {
            violations.say_at(Step::Name(key), "the text is not a time in RFC 3339");
        }
    }
    if let Ok(Some(version)) = object.take("specversion", &[]) {
        violations.within(Step::Name("specversion"), |violations| {
            text("`1.0`", |text| text == "1.0", version, violations)
        });
    }
    let schema = attribute("dataschema", false, &mut object, violations);
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
                    Some((data, _)) if data.kind() != "an object" => {
                        mismatch("an object", data, violations)
                    }
                    Some((_, Err(error))) => violations.say(error.to_string()),
                    // That it is binary has been said.
                    _ if is_binary => {}
                    _ => violations
                        .say("is missing: the payload or the envelope stands there as JSON"),
                });
            })
        }
    }
}

/// What the envelope in `data` says, where it is one. It and `type` must mean the same event.
fn enveloped(
    data: &mut Object<'_>,
    name: &str,
    version: Option<u64>,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Option<Header> {
    let has = |key| data.rest().any(|known| known == key);
    if !(has("event_type") && has("payload")) {
        return None;
    }
    let header = violations.within(Step::Name("data"), |violations| {
        Header::read("event_type", "event_version", data, check, violations)
    });
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

/// Of the attributes that are left: a name has lower-case letters and digits (`CloudEvents` 1.0,
/// 3.1).
fn attribute_names(object: &Object<'_>, violations: &mut Violations) {
    let is_name = |key: &&str| {
        !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    for key in object.rest().filter(|key| !is_name(key)) {
        let what =
            "is no name of a CloudEvent's attribute: these have lower-case letters and digits";
        violations.say_at(Step::Key(key.to_owned()), what);
    }
}

/// An attribute that is text and not empty. A `null` is an attribute that is not there
/// (`CloudEvents` 1.0, JSON format, 2.2).
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

/// A name, and the version that stands behind it as `.v2`. What is a name as a whole has no
/// version.
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
