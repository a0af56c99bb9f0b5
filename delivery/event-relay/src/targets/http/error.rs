//! Why an HTTP target cannot be made.

use std::fmt;
use std::path::PathBuf;

/// Why an HTTP target cannot be made. No message has the value of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpError {
    /// The source is no URI reference.
    Source {
        /// The source.
        source: String,
    },
    /// A header's name or value is not valid in HTTP.
    Header {
        /// The name.
        name: String,
    },
    /// A header is given twice, or the target writes it itself.
    ReservedHeader {
        /// The name.
        name: String,
    },
    /// The credentials cannot be written into a header.
    Authorization,
    /// The file of certificates is not used, cannot be read, or has no certificate.
    CaFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source { source } => write!(
                f,
                "the source {source:?} is not a URI reference\nhelp: write a path such as `/shop`, \
                 or a URL; other characters are percent-encoded"
            ),
            Self::Header { name } => {
                write!(f, "the header {name:?} has a name or a value that HTTP does not allow")
            }
            Self::ReservedHeader { name } => write!(
                f,
                "the header `{name}` is given twice, or the target writes it itself\nhelp: remove it"
            ),
            Self::Authorization => f.write_str(
                "the credentials of the target cannot be sent\nhelp: a token is not empty, a user \
                 has no colon, and neither has a line break",
            ),
            Self::CaFile { path, why } => {
                write!(f, "the file of certificates `{}` {why}", path.display())
            }
        }
    }
}

impl std::error::Error for HttpError {}
