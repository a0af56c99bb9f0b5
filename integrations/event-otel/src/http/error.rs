//! Why events cannot be sent over HTTP at all.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why an [`OtlpHttp`](crate::OtlpHttp) cannot be made or started. No message has the value of a
/// header or the URL.
#[derive(Debug)]
#[non_exhaustive]
pub enum OtlpHttpError {
    /// The URL is not valid.
    Url {
        /// What is wrong.
        why: &'static str,
    },
    /// A header's name or value is not valid in HTTP.
    Header {
        /// The name.
        name: String,
    },
    /// A header is given twice, or belongs to the request.
    ReservedHeader {
        /// The name.
        name: String,
    },
    /// The file of certificates is not used, cannot be read, or has no certificate.
    CaFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The thread cannot be spawned.
    Thread {
        /// The error of the operating system.
        why: io::Error,
    },
}

impl fmt::Display for OtlpHttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { why } => write!(f, "the URL of the OTLP receiver {why}"),
            Self::Header { name } => {
                write!(f, "the header {name:?} has a name or a value that HTTP does not allow")
            }
            Self::ReservedHeader { name } => write!(
                f,
                "the header `{name}` is given twice, or the exporter writes it itself\nhelp: \
                 remove it"
            ),
            Self::CaFile { path, why } => {
                write!(f, "the file of certificates `{}` {why}", path.display())
            }
            Self::Thread { why } => write!(f, "the thread that sends cannot be started: {why}"),
        }
    }
}

impl std::error::Error for OtlpHttpError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Thread { why } => Some(why),
            _ => None,
        }
    }
}
