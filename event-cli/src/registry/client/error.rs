//! The errors of registry requests.

use std::fmt;
use std::time::Duration;

/// A request that failed. It contains no secrets: addresses are shown without their user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryError {
    /// The registry's address.
    pub registry: String,
    /// The request: `POST /subjects/orders-value/versions`.
    pub request: String,
    /// What went wrong.
    pub kind: RegistryErrorKind,
}

/// What went wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegistryErrorKind {
    /// There is no connection to the registry.
    Unreachable {
        /// The reason, from the operating system.
        why: String,
    },
    /// The response was not complete in time.
    Timeout {
        /// The timeout.
        after: Duration,
    },
    /// The connection ended before the response did, or the response is not HTTP.
    Broken {
        /// The reason.
        why: String,
    },
    /// The registry refused the request.
    Refused {
        /// The HTTP status of the response.
        status: u16,
        /// The registry's own code, which is more exact: 42201.
        code: Option<u32>,
        /// The registry's message.
        message: Option<String>,
    },
    /// The response is not one of a registry.
    NotARegistry {
        /// The reason.
        why: String,
    },
}

use RegistryErrorKind::{Broken, NotARegistry, Refused, Timeout, Unreachable};

/// The meaning of a registry's codes, from Confluent's API reference. Karapace has some of them.
const CODES: &[(u32, &str)] = &[
    (409, "the schema is not compatible with its subject"),
    (40101, "unknown user, or wrong password"),
    (40301, "this user has no permission"),
    (40401, "there is no such subject"),
    (40402, "the subject has no such version"),
    (40403, "there is no such schema"),
    (40404, "the subject is deleted"),
    (40408, "the subject has no compatibility level"),
    (42201, "the schema is not valid"),
    (42202, "the version is not valid"),
    (42203, "the compatibility level is not valid"),
    (42204, "the mode of the registry is not valid"),
    (42205, "the registry or the subject is read-only"),
    (50001, "the registry's store failed"),
    (50002, "the registry's store did not answer in time"),
    (50003, "the registry could not forward the request to its leader"),
    (50004, "the registry has no leader"),
];

/// The meaning of an HTTP status, used if there is no code.
fn of_status(status: u16) -> &'static str {
    match status {
        300..=399 => "the registry has moved",
        401 => "it requires credentials",
        403 => "this user has no permission",
        404 => "there is no registry at this path",
        405 | 406 | 415 => "the server does not support such requests",
        409 => "the schema is not compatible with its subject",
        422 => "the request is not valid",
        429 => "the registry receives too many requests",
        500..=599 => "the registry failed",
        _ => "the registry refused the request",
    }
}

impl RegistryError {
    /// Whether the registry refuses a schema because it is not compatible with its subject.
    pub const fn is_incompatible(&self) -> bool {
        matches!(self.kind, Refused { status: 409, .. })
    }

    /// How to fix it.
    pub fn help(&self) -> Option<&'static str> {
        Some(match &self.kind {
            Unreachable { why } if why.contains("certificate") => {
                "the operating system does not trust the registry's certificate; set \
                 `SSL_CERT_FILE` to a file with the certificate of its authority"
            }
            Unreachable { .. } => "check that the registry runs, and the host and port of its URL",
            Timeout { .. } => "raise the timeout with `--timeout SECONDS`",
            Broken { .. } => {
                "check for a proxy between here and the registry; pushing again registers nothing \
                 twice"
            }
            NotARegistry { .. } => {
                "check that the URL is that of a schema registry, including its path"
            }
            Refused { status, code, .. } => match (*status, *code) {
                (300..=399, _) => "use the URL that it has moved to",
                (401, _) => {
                    "give the credentials, `NAME:PASSWORD`, in the environment variable \
                     `EVENTS_REGISTRY_USER_INFO`, or with `--user`"
                }
                (403, _) => {
                    "ask the administrators of the registry for the right to read and write these subjects"
                }
                (404, _) => "give the URL up to, but without, `/subjects`",
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
