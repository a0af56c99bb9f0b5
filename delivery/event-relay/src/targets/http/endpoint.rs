//! The URL to which events are sent.

use crate::features::install_with;
use std::fmt;
use ureq::http::Uri;

/// A URL, `http` or `https`. `Display` and `Debug` leave out its query, because there may be a
/// secret in it.
///
/// ```
/// use event_relay::targets::http::{Endpoint, InvalidEndpoint};
///
/// let endpoint = Endpoint::parse("http://localhost:8080/events?code=s3cr3t")?;
/// assert_eq!(endpoint.to_string(), "http://localhost:8080/events");
/// assert_eq!(Endpoint::parse("http://ada:s3cr3t@localhost").unwrap_err(), InvalidEndpoint::User);
/// # Ok::<(), InvalidEndpoint>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: String,
    shown: String,
    is_tls: bool,
}

/// Why a URL is not valid. The error never contains the URL, because there may be a password in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidEndpoint {
    /// It is not a URL with a host.
    Url,
    /// Its scheme is neither `http` nor `https`.
    Scheme,
    /// Its scheme is `https`, and the relay was built without the feature `https`.
    Https,
    /// It has a user, or an `@` that may be the end of one.
    User,
}

impl Endpoint {
    /// Parses a URL: `http` or `https`, a host, an optional port, path and query.
    ///
    /// # Errors
    ///
    /// See [`InvalidEndpoint`].
    pub fn parse(url: &str) -> Result<Self, InvalidEndpoint> {
        // A password with a `/` would be read as a path. It is not shown in any case.
        if url.split(['?', '#']).next().is_some_and(|before| before.contains('@')) {
            return Err(InvalidEndpoint::User);
        }
        // `Uri` drops a fragment silently.
        let uri: Uri = url.parse().map_err(|_| InvalidEndpoint::Url)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(InvalidEndpoint::Url);
        };
        let is_tls = match scheme {
            "http" => false,
            "https" if cfg!(feature = "https") => true,
            "https" => return Err(InvalidEndpoint::Https),
            _ => return Err(InvalidEndpoint::Scheme),
        };
        let host = authority.as_str();
        let port = host.rsplit_once(']').map_or(host, |(_, port)| port).split_once(':');
        if url.contains('#')
            || authority.host().is_empty()
            || port.is_some_and(|(_, port)| port.parse::<u16>().is_err())
        {
            return Err(InvalidEndpoint::Url);
        }
        let shown = format!("{scheme}://{authority}{}", uri.path());
        Ok(Self { url: url.to_owned(), shown, is_tls })
    }

    /// The same URL, shown under another name: for a URL whose path is a secret.
    #[must_use]
    pub fn shown_as(self, name: impl Into<String>) -> Self {
        Self { shown: name.into(), ..self }
    }

    /// The whole URL.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) const fn is_tls(&self) -> bool {
        self.is_tls
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.shown)
    }
}

impl fmt::Display for InvalidEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Https => {
                let help = install_with("https");
                return write!(
                    f,
                    "the URL of the target is https, and this relay was built without it\nhelp: \
                     {help}"
                );
            }
            Self::Url => {
                "the URL of the target is not a URL\nhelp: write `https://HOST/PATH`, without `#`"
            }
            Self::Scheme => "the URL of the target is neither http nor https",
            Self::User => {
                "the URL of the target has a user\nhelp: configure the user and the password as \
                 the target's authorization; an `@` in a path is written as `%40`"
            }
        })
    }
}

impl std::error::Error for InvalidEndpoint {}
