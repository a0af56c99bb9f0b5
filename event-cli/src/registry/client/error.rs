//! What a registry did not do, and why.

use std::fmt;
use std::time::Duration;

/// A request that did not give what was asked for. Nothing of it is secret: it shows addresses
/// without their user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryError {
    /// The registry's address.
    pub registry: String,
    /// The request: `POST /subjects/orders-value/versions`.
    pub request: String,
    /// What became of it.
    pub kind: RegistryErrorKind,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegistryErrorKind {
    /// There is no connection.
    Unreachable {
        /// In the operating system's words.
        why: String,
    },
    /// There is no whole answer in time.
    Timeout {
        /// The time that it had.
        after: Duration,
    },
    /// The connection ended before the answer did, or what came is not HTTP.
    Broken {
        /// In which way.
        why: String,
    },
    /// The registry says no.
    Refused {
        /// The status of the answer.
        status: u16,
        /// The registry's own code, which tells more: 42201.
        code: Option<u32>,
        /// The registry's words.
        message: Option<String>,
    },
    /// The answer is not what a registry answers.
    NotARegistry {
        /// In which way.
        why: String,
    },
}

use RegistryErrorKind::{Broken, NotARegistry, Refused, Timeout, Unreachable};

/// What the codes of a registry mean. Those of Confluent's API reference; Karapace has a part of
/// them.
const CODES: &[(u32, &str)] = &[
    (409, "the schema is not compatible with those of its subject"),
    (40101, "it does not know this user"),
    (40301, "this user may not do that"),
    (40401, "it has no such subject"),
    (40402, "the subject has no such version"),
    (40403, "it has no such schema"),
    (40404, "the subject is deleted"),
    (40408, "the subject has no level of its own"),
    (42201, "the schema is not valid"),
    (42202, "the version is not valid"),
    (42203, "the level of compatibility is not valid"),
    (42204, "the mode of the registry is not valid"),
    (42205, "it is in a mode in which nothing is written"),
    (50001, "its store does not work"),
    (50002, "its store did not answer in time"),
    (50003, "it could not pass the request to its leader"),
    (50004, "it has no leader"),
];

/// What a status means where there is no code that says more.
fn of_status(status: u16) -> &'static str {
    match status {
        300..=399 => "it is somewhere else",
        401 => "it wants to know who asks",
        403 => "this user may not do that",
        404 => "there is no registry at this path",
        405 | 406 | 415 => "it does not take requests of this kind",
        409 => "the schema is not compatible with those of its subject",
        422 => "what was sent is not valid",
        429 => "it has too many requests",
        500..=599 => "it does not work",
        _ => "it refuses",
    }
}

impl RegistryError {
    /// Whether the registry refuses a schema because it is not compatible with those that are
    /// there.
    pub const fn is_incompatible(&self) -> bool {
        matches!(self.kind, Refused { status: 409, .. })
    }

    /// What to do.
    pub fn help(&self) -> Option<&'static str> {
        Some(match &self.kind {
            Unreachable { why } if why.contains("certificate") => {
                "the operating system does not trust the registry's certificate; `SSL_CERT_FILE` \
                 may name a file with its authority's"
            }
            Unreachable { .. } => "is it running, and are host and port of its URL right?",
            Timeout { .. } => "give it longer with `--timeout SECONDS`",
            Broken { .. } => {
                "is something between here and the registry? Pushing again registers nothing \
                 twice"
            }
            NotARegistry { .. } => "is the URL a schema registry's, with its path?",
            Refused { status, code, .. } => match (*status, *code) {
                (300..=399, _) => "name the URL that it has moved to",
                (401, _) => {
                    "say who asks: `NAME:PASSWORD` in the environment variable \
                     `EVENTS_REGISTRY_USER_INFO`, or `--user`"
                }
                (403, _) => {
                    "ask the administrators of the registry for the right to read and write these subjects"
                }
                (404, _) => "its URL ends before `/subjects`",
                (409, _) => "undo the change, or declare the next version of the event",
                (_, Some(42205)) => {
                    "the registry or the subject was made read-only; ask the administrators of the registry"
                }
                (429 | 500..=599, _) => "try again later: pushing again registers nothing twice",
                _ => return None,
            },
        })
    }

    fn reason(status: u16, code: Option<u32>) -> &'static str {
        let of_code =
            |code| CODES.iter().find(|(known, _)| *known == code).map(|(_, words)| *words);
        code.and_then(of_code).unwrap_or_else(|| of_status(status))
    }
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { registry, request, kind } = self;
        match kind {
            Unreachable { why } => write!(f, "the registry at {registry} cannot be reached: {why}"),
            Timeout { after } => {
                write!(
                    f,
                    "the registry at {registry} did not answer `{request}` within {} s",
                    after.as_secs_f64()
                )
            }
            Broken { why } => write!(
                f,
                "the answer of the registry at {registry} to `{request}` is broken: {why}"
            ),
            NotARegistry { why } => {
                write!(f, "the answer of {registry} to `{request}` is not a registry's: {why}")
            }
            Refused { status, code, message } => {
                write!(f, "the registry at {registry} answers `{request}` with {status}")?;
                if let Some(code) = code.filter(|code| *code != u32::from(*status)) {
                    write!(f, " ({code})")?;
                }
                write!(f, ": {}", Self::reason(*status, *code))?;
                message.iter().try_for_each(|message| write!(f, ": {message}"))
            }
        }
    }
}

impl std::error::Error for RegistryError {}

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn codes_are_sorted() {
        assert!(CODES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
