//! A line as a record: its rendering, its event, and whether it matches the declaration.

use super::around;
use super::cloud_event;
use super::known::{Known, NotKnown, Spelling};
use super::shape::mismatch;
use super::value::Check;
use super::violation::{Step, Violations};
use event_core::read::Object;
use event_grammar::record::{Key, Within};

/// The result for a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is not an event in any rendering.
    NoEvent(String),
    /// It names an event or a version that the catalog does not have.
    Unknown {
        /// The name, as written.
        name: String,
        /// The version; 1 if it is missing.
        version: u64,
        /// Whether the name or the version is unknown.
        why: NotKnown,
    },
    /// It names an event of the catalog; the violations say what is wrong.
    Event {
        /// The index in [`Known::declared`].
        at: usize,
        /// The legacy name, if the line uses it.
        alias: Option<String>,
    },
}

/// The keys for the event's name and version in a flat line.
pub(super) const LINE: [&str; 2] = [Key::Event.name(Within::Line), Key::Version.name(Within::Line)];
/// The keys for the event's name and version in an envelope.
pub(super) const ENVELOPE: [&str; 2] =
    [Key::Event.name(Within::Envelope), Key::Version.name(Within::Envelope)];

/// The name and version in a line.
pub(super) struct Header {
    pub(super) name: String,
    pub(super) version: u64,
}

/// Checks a line.
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
    // The order of `decode`. A line that is neither, and has the one key that every CloudEvent must
    // have, is a CloudEvent.
    let (is_line, is_envelope, is_cloud_event) =
        (has(LINE[0]), has(ENVELOPE[0]), has("specversion"));
    if is_cloud_event && !is_line && !is_envelope {
        cloud_event::verdict(object, known, check, violations)
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
    let header = match Header::read(LINE, &mut object, check, violations) {
        Ok(header) => header,
        Err(what) => return Verdict::NoEvent(what),
    };
    resolved(header, known, |at| {
        around::line(check, &known.declared()[at], &mut object, violations);
    })
}

fn nested_envelope(
    mut object: Object<'_>,
    known: &Known,
    check: Check,
    violations: &mut Violations,
) -> Verdict {
    let header = match Header::read(ENVELOPE, &mut object, check, violations) {
        Ok(header) => header,
        Err(what) => return Verdict::NoEvent(what),
    };
    resolved(header, known, |at| {
        around::envelope(check, &known.declared()[at], &mut object, violations);
    })
}

pub(super) fn resolved(header: Header, known: &Known, look: impl FnOnce(usize)) -> Verdict {
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
    pub(super) fn read(
        [name, version]: [&'static str; 2],
        object: &mut Object<'_>,
        check: Check,
        violations: &mut Violations,
    ) -> Result<Self, String> {
        let name_of =
            object.take(name, &[]).ok().flatten().ok_or_else(|| format!("it has no `{name}`"))?;
        let text = name_of.text().map_err(|error| error.in_field(name).to_string())?.into_owned();
        let number = object.take(version, &[]).ok().flatten();
        if check.is_write() {
            // A reader accepts the version as text, and reads a missing version as 1. This library
            // always writes a number.
            match number {
                None => violations.say_at(Step::Name(version), "is missing"),
                Some(number) if number.is_null() || number.kind() == "text" => {
                    violations.within(Step::Name(version), |violations| {
                        mismatch("a whole number", number, violations);
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
