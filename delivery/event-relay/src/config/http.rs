//! What is configured of an HTTP target.

use super::input::{Input, Located, Place, Refused};
use super::quantity::{duration, size};
use super::secret::{ELSEWHERE, SecretText, is_reference};
use super::section::{Section, Written};
use super::url::endpoint;
use crate::targets::http::{
    Authorization, Endpoint, HttpTargetOptions, is_of_the_target, is_uri_reference,
};
use event_core::Secret;
use event_grammar::fields::suspicious_word;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::{HeaderName, HeaderValue};

/// A target that receives `CloudEvents` over HTTP.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// Where events are sent.
    pub url: Endpoint,
    /// How they are sent.
    pub mode: HttpMode,
    /// The attribute `source` of every event. `None`: the service that emitted the event.
    pub source: Option<String>,
    /// How the relay authenticates itself.
    pub auth: Option<HttpAuth>,
    /// Headers of every request, by name.
    pub headers: Vec<(HeaderName, HeaderText)>,
    /// A file of certificates in PEM that are trusted beside those of the operating system.
    pub ca_file: Option<PathBuf>,
    /// The time for one request, from the connection to the head of the answer.
    pub timeout: Duration,
    /// The requests in flight.
    pub in_flight: NonZeroUsize,
    /// The most bytes of an event in the body of a request. A larger event is rejected.
    pub max_event_bytes: NonZeroUsize,
}

/// How events are sent (`CloudEvents` 1.0, HTTP protocol binding, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpMode {
    /// One event a request; the attributes and the data are one JSON object.
    Structured,
    /// One event a request; the attributes are headers, the data is the body.
    Binary,
    /// Several events a request, as a JSON array.
    Batch {
        /// The most events of a request.
        events: NonZeroUsize,
        /// The most bytes of their envelopes.
        bytes: NonZeroUsize,
    },
}

impl HttpMode {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Structured => "structured",
            Self::Binary => "binary",
            Self::Batch { .. } => "batch",
        }
    }
}

/// How the relay authenticates itself.
#[derive(Clone, Debug)]
pub enum HttpAuth {
    /// `Authorization: Bearer ..` (RFC 6750).
    Bearer(SecretText),
    /// `Authorization: Basic ..` (RFC 7617).
    Basic {
        /// The user. It has no colon.
        user: String,
        /// The password.
        password: SecretText,
    },
}

impl HttpAuth {
    /// The credentials, with their secrets.
    pub(crate) fn authorization(&self) -> Authorization {
        let secret = |text: &SecretText| Secret::new(text.expose().to_owned());
        match self {
            Self::Bearer(token) => Authorization::Bearer(secret(token)),
            Self::Basic { user, password } => {
                Authorization::Basic { user: user.clone(), password: secret(password) }
            }
        }
    }
}

/// The value of a header. `Debug` does not show what is secret.
#[derive(Clone, Debug)]
pub enum HeaderText {
    /// A value that is written in the file.
    Plain(String),
    /// A value that the file only names.
    Secret(SecretText),
}

impl HeaderText {
    /// The value. Do not log it.
    pub fn expose(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Secret(secret) => secret.expose(),
        }
    }
}

impl fmt::Display for HttpAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bearer(secret) => write!(f, "bearer {secret}"),
            Self::Basic { user, password } => write!(f, "basic {user}, {password}"),
        }
    }
}

impl fmt::Display for HeaderText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::Secret(secret) => secret.fmt(f),
        }
    }
}

/// Defaults.
const BATCH_EVENTS: usize = 100;
const BATCH_BYTES: usize = 1 << 20;

/// A thread waits for each request in flight.
const MOST_IN_FLIGHT: u32 = 256;
/// The relay holds the events of a batch in memory, for each request in flight.
const MOST_BATCH_EVENTS: u32 = 10_000;
const MOST_BYTES: usize = 64 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum ModeWord {
    Structured,
    Binary,
    Batch,
}

const MODES: &[(&str, ModeWord)] = &[
    ("structured", ModeWord::Structured),
    ("binary", ModeWord::Binary),
    ("batch", ModeWord::Batch),
];

impl HttpConfig {
    /// Reads the keys of an HTTP target.
    pub(super) fn read(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<Self> {
        let (file, environment) = (input.file(), input.environment());
        let url = table.value(input, "url", Written::Text, |text| {
            if !is_reference(text) {
                return endpoint(text);
            }
            // The path of a webhook may be all that keeps others from it.
            let secret = SecretText::read(text, file, environment)?;
            Ok(endpoint(secret.expose())?.shown_as(secret.to_string()))
        });
        if url.is_none() {
            table.missing_unless_refused(
                input,
                "url",
                "write `url = \"https://billing.internal/events\"`",
            );
        }
        let source = table.value(input, "source", Written::Text, source);
        let mode = read_mode(table, input);
        let auth = read_auth(table, input);
        let headers = read_headers(table, input, auth.is_some());
        let ca_file = table.text(input, "ca_file").map(|path| input.path(&path.value));
        let timeout = table.value(input, "timeout", Written::Text, duration);
        let in_flight = table.count(input, "in_flight", MOST_IN_FLIGHT);
        let bytes = |text: &str| size(text, MOST_BYTES);
        let max_event_bytes = table.value(input, "max_event_bytes", Written::Text, bytes);
        Some(Self {
            url: url?.value,
            mode,
            source: source.map(|source| source.value),
            auth,
            headers,
            ca_file,
            timeout: timeout.map_or(HttpTargetOptions::TIMEOUT, |timeout| timeout.value),
            in_flight: non_zero(
                in_flight.map(|count| count.value as usize),
                HttpTargetOptions::IN_FLIGHT,
            ),
            max_event_bytes: non_zero(
                max_event_bytes.map(|bytes| bytes.value),
                HttpTargetOptions::MAX_EVENT_BYTES,
            ),
        })
    }
}

fn non_zero(value: Option<usize>, default: usize) -> NonZeroUsize {
    NonZeroUsize::new(value.unwrap_or(default)).unwrap_or(NonZeroUsize::MIN)
}

/// `source` is a URI reference, not empty (`CloudEvents` 1.0, section 3.1).
pub(super) fn source(text: &str) -> Result<String, Refused> {
    if !is_uri_reference(text) {
        return Err(Refused::new("is not a URI reference")
            .help("write one such as `/shop` or `https://shop.example`"));
    }
    Ok(text.to_owned())
}

fn read_mode(table: &mut Section<'_>, input: &mut Input<'_>) -> HttpMode {
    let mode = table.word(input, "mode", MODES).map_or(ModeWord::Structured, |mode| mode.value);
    let batch = table.section(input, "batch").map(|mut batch| {
        let events = batch.count(input, "events", MOST_BATCH_EVENTS);
        let size = |text: &str| size(text, MOST_BYTES);
        let bytes = batch.value(input, "bytes", Written::Text, size);
        let place = batch.place().clone();
        batch.finish(input);
        (place, events.map(|count| count.value as usize), bytes.map(|bytes| bytes.value))
    });
    match (mode, batch) {
        (ModeWord::Structured | ModeWord::Binary, Some((place, ..))) => {
            let message = format!("`{}` is for `mode = \"batch\"`", table.path_of("batch"));
            let help =
                "write `mode = \"batch\"` or remove it: the other modes send one event a request";
            input.refuse(&place, Refused::new(message).help(help));
            HttpMode::Structured
        }
        (ModeWord::Structured, None) => HttpMode::Structured,
        (ModeWord::Binary, None) => HttpMode::Binary,
        (ModeWord::Batch, batch) => {
            let (events, bytes) = batch.map_or((None, None), |(_, events, bytes)| (events, bytes));
            HttpMode::Batch {
                events: non_zero(events, BATCH_EVENTS),
                bytes: non_zero(bytes, BATCH_BYTES),
            }
        }
    }
}

pub(super) fn read_auth(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<HttpAuth> {
    let mut auth = table.section(input, "auth")?;
    let bearer = auth.secret(input, "bearer");
    let has_basic = auth.section(input, "basic").map(|mut basic| {
        let user = basic.value(input, "user", Written::Text, user);
        let password = basic.secret(input, "password");
        if user.is_none() {
            basic.missing_unless_refused(input, "user", "write `user = \"relay\"`");
        }
        if password.is_none() {
            basic.missing_unless_refused(input, "password", "write `password = \"env:NAME\"`");
        }
        basic.finish(input);
        Some(HttpAuth::Basic { user: user?.value, password: password?.value })
    });
    let asks_for_bearer = auth.is_set(input, "bearer");
    let is_empty = auth.keys().is_empty();
    let (path, place) = (table.path_of("auth"), auth.place().clone());
    auth.finish(input);
    match (asks_for_bearer, has_basic) {
        (true, None) => bearer.map(|secret| HttpAuth::Bearer(secret.value)),
        (false, Some(basic)) => basic,
        // Its keys are unknown, and reported.
        (false, None) if !is_empty => None,
        (both, _) => {
            let what = if both {
                "has both `bearer` and `basic`"
            } else {
                "has neither `bearer` nor `basic`"
            };
            let help = "write one of `bearer = \"env:NAME\"` and \
                        `basic = { user = \"NAME\", password = \"env:NAME\" }`";
            input.refuse(&place, Refused::new(format!("`{path}` {what}")).help(help));
            None
        }
    }
}

/// RFC 7617, section 2: a colon ends the user.
fn user(text: &str) -> Result<String, Refused> {
    if text.is_empty() || text.contains(|c: char| c == ':' || c.is_control()) {
        return Err(Refused::new("must be a name without `:` and control characters"));
    }
    Ok(text.to_owned())
}

fn read_headers(
    table: &mut Section<'_>,
    input: &mut Input<'_>,
    has_auth: bool,
) -> Vec<(HeaderName, HeaderText)> {
    let Some(mut section) = table.section(input, "headers") else { return Vec::new() };
    let mut headers: Vec<(HeaderName, HeaderText)> = Vec::new();
    for Located { value: key, place } in section.keys() {
        let Some(name) = header_name(input, &key, &place, has_auth) else {
            section.skip(&key);
            continue;
        };
        let Some(Located { value, place }) = section.text(input, &key) else { continue };
        if headers.iter().any(|(other, _)| *other == name) {
            input.refuse(&place, Refused::new(format!("the header `{name}` is there twice")));
            continue;
        }
        match header_text(&name, &value, input) {
            Ok(value) => headers.push((name, value)),
            Err(Refused { message, help }) => {
                let message = format!("the header `{name}` {message}");
                input.refuse(&place, Refused { message, help });
            }
        }
    }
    section.finish(input);
    headers
}

fn header_name(
    input: &mut Input<'_>,
    key: &str,
    place: &Place,
    has_auth: bool,
) -> Option<HeaderName> {
    let Ok(name) = HeaderName::from_bytes(key.as_bytes()) else {
        let shown = event_grammar::harmless(key, super::input::SHOWN);
        input.refuse(place, Refused::new(format!("`{shown}` is not a name of a header")));
        return None;
    };
    if is_of_the_target(name.as_str()) {
        input.refuse(
            place,
            Refused::new(format!("the relay sets the header `{name}` itself")).help("remove it"),
        );
        return None;
    }
    if has_auth && name == "authorization" {
        let refused = Refused::new("`auth` and the header `authorization` are both there");
        input.refuse(place, refused.help("remove one of them"));
        return None;
    }
    Some(name)
}

fn header_text(name: &HeaderName, text: &str, input: &Input<'_>) -> Result<HeaderText, Refused> {
    let value = if is_reference(text) {
        HeaderText::Secret(SecretText::read(text, input.file(), input.environment())?)
    } else if let Some(word) = suspicious_word(&name.as_str().replace('-', "_")) {
        return Err(Refused::new(format!("is a secret by its name (`{word}`)")).help(ELSEWHERE));
    } else {
        HeaderText::Plain(text.to_owned())
    };
    // RFC 9110, section 5.5. The http crate judges what is sent.
    if HeaderValue::from_str(value.expose()).is_err() {
        return Err(Refused::new("has a value that no header may have"));
    }
    Ok(value)
}
