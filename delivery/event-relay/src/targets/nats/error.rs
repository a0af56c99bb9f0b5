//! Why a NATS target cannot be made.

use std::path::PathBuf;
use std::{fmt, io};

/// Why a NATS target cannot be made. No message has a secret.
#[derive(Debug)]
#[non_exhaustive]
pub enum NatsError {
    /// The source is no URI reference.
    Source {
        /// The source.
        source: String,
    },
    /// The stream has a name that no stream can have.
    Stream {
        /// The name.
        stream: String,
    },
    /// The prefix of inboxes is no subject.
    InboxPrefix {
        /// The prefix.
        prefix: String,
    },
    /// The seed of the NKEY is not one.
    Nkey,
    /// The credentials file has not a JWT and a seed.
    CredentialsFile,
    /// A file of certificates or keys cannot be used.
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A thread cannot be spawned.
    Thread(io::Error),
}

impl fmt::Display for NatsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source { source } => write!(
                f,
                "the source {source:?} is not a URI reference\nhelp: write a path such as `/shop`, \
                 or a URL; other characters are percent-encoded"
            ),
            Self::Stream { stream } => write!(
                f,
                "no stream can have the name {stream:?}\nhelp: a name has no dots, spaces, slashes \
                 and wildcards"
            ),
            Self::InboxPrefix { prefix } => write!(
                f,
                "the prefix of inboxes {prefix:?} is not a subject\nhelp: write one such as \
                 `_INBOX_relay`, without wildcards"
            ),
            Self::Nkey => f.write_str(
                "the NKEY of the target is not the seed of a user\nhelp: it has 58 characters and \
                 begins with `SU`; `nk -gen user` makes one",
            ),
            Self::CredentialsFile => f.write_str(
                "the credentials file of the target has not a JWT and a seed\nhelp: \
                 `nsc generate creds` makes one",
            ),
            Self::File { path, why } => write!(f, "the file `{}` {why}", path.display()),
            Self::Thread(error) => write!(f, "cannot spawn a thread: {error}"),
        }
    }
}

impl std::error::Error for NatsError {}
