//! The address of a registry, and the credentials for it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use event_core::Secret;
use percent_encoding::percent_decode_str;
use std::fmt;
use ureq::http::Uri;

/// The address of a registry. Its `Display` and `Debug` output leave out the user.
///
/// ```
/// use event_cli::registry::Address;
///
/// let address = Address::parse("http://ada:s3cr3t@localhost:8081/registry/")?;
/// assert_eq!(address.to_string(), "http://localhost:8081/registry");
/// assert!(!format!("{address:?}").contains("s3cr3t"));
/// # Ok::<(), event_cli::registry::InvalidAddress>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    base: String,
    user: Option<User>,
}

/// The user of a URL: the part before its `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct User {
    password: Secret<String>,
    /// The value of the header `Authorization`.
    header: Secret<String>,
}

/// Why an address is not valid. The error never contains the address, because there may be a
/// password in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidAddress {
    /// It is not a URL, or it has parts besides a scheme, a host, a port and a path.
    Url,
    /// Its scheme is neither `http` nor `https`.
    Scheme,
    /// Its scheme is `https`, and this command was built without the feature `registry-https`.
    Https,
    /// The user is not `NAME:PASSWORD`.
    User,
}

impl Address {
    /// Parses a URL: `http` or `https`, an optional user, a host, an optional port and path.
    /// Characters with another meaning in a URL are percent-encoded in a user's name and password.
    ///
    /// # Errors
    ///
    /// See [`InvalidAddress`].
    pub fn parse(url: &str) -> Result<Self, InvalidAddress> {
        // `Uri` drops a fragment silently.
        let uri: Uri = url.trim().parse().map_err(|_| InvalidAddress::Url)?;
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") if cfg!(feature = "registry-https") => {}
            Some("https") => return Err(InvalidAddress::Https),
            Some(_) => return Err(InvalidAddress::Scheme),
            None => return Err(InvalidAddress::Url),
        }
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(InvalidAddress::Url);
        };
        // A password that is not percent-encoded may end the host too early: `http://ada:a/b@host`.
        if uri.query().is_some() || url.contains('#') || uri.path().contains('@') {
            return Err(InvalidAddress::Url);
        }
        let (user, host) = match authority.as_str().rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority.as_str()),
        };
        let port = host
            .rsplit_once(']')
            .map_or(host, |(_, port)| port)
            .split_once(':')
            .map(|(_, port)| port);
        if authority.host().is_empty() || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(InvalidAddress::Url);
        }
        let base = format!("{scheme}://{host}{}", uri.path().trim_end_matches('/'));
        let address = Self { base, user: None };
        match user {
            None => Ok(address),
            Some(user) => {
                let user =
                    percent_decode_str(user).decode_utf8().map_err(|_| InvalidAddress::User)?;
                address.with_user(&user)
            }
        }
    }

    /// The same address, with the credentials `NAME:PASSWORD`.
    ///
    /// # Errors
    ///
    /// [`InvalidAddress::User`] if there is no colon.
    pub fn with_user(self, user: &str) -> Result<Self, InvalidAddress> {
        let (_, password) = user.split_once(':').ok_or(InvalidAddress::User)?;
        let header = format!("Basic {}", BASE64_STANDARD.encode(user));
        let user = User { password: Secret::new(password.to_owned()), header: Secret::new(header) };
        Ok(Self { user: Some(user), ..self })
    }

    /// Whether the address has credentials.
    pub const fn has_user(&self) -> bool {
        self.user.is_some()
    }

    /// The header `Authorization`.
    pub(super) fn authorization(&self) -> Option<&str> {
        self.user.as_ref().map(|user| user.header.expose().as_str())
    }

    /// A message of the registry, without the credentials if it repeats them.
    pub(super) fn without_secrets(&self, words: &str) -> String {
        let mut words = words.to_owned();
        if let Some(user) = &self.user {
            let header = user.header.expose();
            let encoded = header.strip_prefix("Basic ").unwrap_or(header);
            for secret in [encoded, user.password.expose()] {
                if !secret.is_empty() {
                    words = words.replace(secret, "[secret]");
                }
            }
        }
        words
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

impl InvalidAddress {
    /// How to correct the address.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Url | Self::Scheme => {
                "the URL of a registry is `http://HOST:PORT`, optionally with a path; in a user's \
                 name and password `@`, `:`, `/`, `?` and `#` are percent-encoded"
            }
            Self::Https => "enable the feature `registry-https` of event-cli",
            Self::User => {
                "a user is `NAME:PASSWORD`, in the URL, in `--user` or in the environment variable \
                 `EVENTS_REGISTRY_USER_INFO`"
            }
        }
    }
}

impl fmt::Display for InvalidAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => "the registry's URL is not a URL",
            Self::Scheme => "the registry's URL is neither http nor https",
            Self::Https => "this command was built without https",
            Self::User => "the registry's user has no password",
        })
    }
}

impl std::error::Error for InvalidAddress {}
