//! The servers to which the relay connects.

use async_nats::ServerAddr;
use std::fmt;

/// The URLs of servers: `nats://HOST:PORT` or `tls://HOST:PORT`, with commas between. Without a
/// port, it is 4222.
///
/// ```
/// use event_relay::targets::nats::{InvalidServers, Servers};
///
/// let servers = Servers::parse("nats://one.internal, tls://two.internal:4443")?;
/// assert_eq!(servers.to_string(), "nats://one.internal, tls://two.internal:4443");
/// let invalid = Servers::parse("nats://ada:s3cr3t@one.internal").unwrap_err();
/// assert_eq!(invalid, InvalidServers::User);
/// # Ok::<(), InvalidServers>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Servers(Vec<String>);

/// Why URLs of servers are not valid. The error never contains them, because there may be a
/// password in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidServers {
    /// One is not a URL with a host only, or there is none.
    Url,
    /// The scheme of one is neither `nats` nor `tls`.
    Scheme,
    /// One has a user, or an `@` that may be the end of one.
    User,
}

impl Servers {
    /// Parses URLs.
    ///
    /// # Errors
    ///
    /// See [`InvalidServers`].
    pub fn parse(urls: &str) -> Result<Self, InvalidServers> {
        let urls = urls.split(',').map(|url| Self::one(url.trim()));
        Ok(Self(urls.collect::<Result<_, _>>()?))
    }

    fn one(url: &str) -> Result<String, InvalidServers> {
        if url.contains('@') {
            return Err(InvalidServers::User);
        }
        let Some((scheme, host)) = url.split_once("://") else { return Err(InvalidServers::Url) };
        if !matches!(scheme, "nats" | "tls") {
            return Err(InvalidServers::Scheme);
        }
        let is_of_a_host = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']')
        };
        let address = url.parse::<ServerAddr>().map_err(|_| InvalidServers::Url)?;
        if address.host().is_empty() || !host.bytes().all(is_of_a_host) {
            return Err(InvalidServers::Url);
        }
        Ok(url.to_owned())
    }

    /// The URLs.
    pub fn urls(&self) -> &[String] {
        &self.0
    }

    /// Whether one of the URLs does not ask for TLS.
    pub(super) fn has_plain(&self) -> bool {
        self.0.iter().any(|url| url.starts_with("nats:"))
    }
}

impl fmt::Display for Servers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl fmt::Display for InvalidServers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => {
                "the URL of the target is not a URL with a host\nhelp: write `nats://HOST:4222`; \
                 several are written with commas between"
            }
            Self::Scheme => "the URL of the target is neither nats nor tls",
            Self::User => {
                "the URL of the target has a user\nhelp: configure the user and the password as \
                 the target's credentials"
            }
        })
    }
}

impl std::error::Error for InvalidServers {}
