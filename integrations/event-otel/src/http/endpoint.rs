//! The URL to which requests are sent.

use std::fmt;
use ureq::http::Uri;

/// A URL. `Display` and `Debug` leave out its query, because there may be a secret in it.
#[derive(Clone)]
pub(super) struct Endpoint {
    url: String,
    shown: String,
    is_tls: bool,
}

impl Endpoint {
    /// Parses a URL. The error says what is wrong, without the URL: there may be a password in it.
    pub(super) fn parse(url: &str) -> Result<Self, &'static str> {
        const NO_URL: &str = "is not a URL\nhelp: write `http://HOST:4318/v1/logs`, without `#`";
        // A password with a `/` would be read as a path.
        if url.split(['?', '#']).next().is_some_and(|before| before.contains('@')) {
            return Err("has a user\nhelp: write the credentials as the header `authorization`");
        }
        // `Uri` drops a fragment silently.
        let uri: Uri = url.parse().map_err(|_| NO_URL)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(NO_URL);
        };
        let is_tls = match scheme {
            "http" => false,
            "https" if cfg!(feature = "tls") => true,
            "https" => {
                return Err(
                    "is https, which needs the feature `tls` of event-otel\nhelp: turn it on",
                );
            }
            _ => return Err("is neither http nor https"),
        };
        let host = authority.as_str();
        let port = host.rsplit_once(']').map_or(host, |(_, port)| port).split_once(':');
        let has_port = port.is_none_or(|(_, port)| port.parse::<u16>().is_ok());
        if url.contains('#') || authority.host().is_empty() || !has_port {
            return Err(NO_URL);
        }
        let shown = format!("{scheme}://{authority}{}", uri.path());
        Ok(Self { url: url.to_owned(), shown, is_tls })
    }

    /// Parses the URL of a receiver of all signals, and adds the path of logs.
    pub(super) fn parse_base(url: &str) -> Result<Self, &'static str> {
        let (base, query) = url.find('?').map_or((url, ""), |at| url.split_at(at));
        Self::parse(&format!("{}/v1/logs{query}", base.strip_suffix('/').unwrap_or(base)))
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
