//! What a client asks for.

use super::response::Response;
use super::{BacklogLimits, Metrics};
use event_core::Timestamp;

/// The most headers of a request. A scraper sends about ten.
const MOST_HEADERS: usize = 64;

/// A request that is answered.
pub(super) struct Request {
    method: Method,
    path: Path,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Get,
    Head,
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Path {
    Metrics,
    Health,
    Other,
}

/// What the bytes so far are.
pub(super) enum Parsed {
    /// The beginning of a request.
    Partial,
    /// A request.
    Whole(Request),
    /// A request with too many headers.
    TooManyHeaders,
    /// No request.
    Invalid,
}

/// Reads the head of a request. Its body is ignored.
pub(super) fn parse(head: &[u8]) -> Parsed {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Partial) => Parsed::Partial,
        Ok(httparse::Status::Complete(_)) => Parsed::Whole(Request {
            method: match request.method {
                Some("GET") => Method::Get,
                Some("HEAD") => Method::Head,
                _ => Method::Other,
            },
            path: path(request.path.unwrap_or_default()),
        }),
        Err(httparse::Error::TooManyHeaders) => Parsed::TooManyHeaders,
        Err(_) => Parsed::Invalid,
    }
}

/// The path of a target in origin form or absolute form (RFC 9112, section 3.2), without its query.
fn path(target: &str) -> Path {
    let path = match target.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => {
            rest.find('/').map_or("/", |start| &rest[start..])
        }
        _ => target,
    };
    match path.split('?').next() {
        Some("/metrics") => Path::Metrics,
        Some("/healthz") => Path::Health,
        _ => Path::Other,
    }
}

impl Request {
    pub(super) fn answer(&self, metrics: &Metrics, limits: BacklogLimits) -> Response {
        let response = match (self.path, self.method) {
            (Path::Other, _) => Response::not_found(),
            (_, Method::Other) => Response::not_allowed(),
            (Path::Metrics, _) => Response::metrics(metrics.render()),
            (Path::Health, _) => match metrics.health(limits, Timestamp::now()) {
                Ok(()) => Response::healthy(),
                Err(lines) => Response::unhealthy(lines),
            },
        };
        if self.method == Method::Head { response.without_body() } else { response }
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, path};

    #[test]
    fn paths() {
        for metrics in ["/metrics", "/metrics?name=a", "http://127.0.0.1:9464/metrics"] {
            assert!(path(metrics) == Path::Metrics, "{metrics}");
        }
        for other in [
            "/",
            "*",
            "",
            "/metrics/",
            "/Metrics",
            "//metrics",
            "/x?/metrics",
            "http://h",
            "/a://b/metrics",
        ] {
            assert!(path(other) == Path::Other, "{other}");
        }
    }
}
