//! What the endpoint answers.

/// The media type of the Prometheus text format.
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// A response.
pub(super) struct Response {
    status: &'static str,
    media_type: &'static str,
    /// More headers, each with its line break.
    headers: &'static str,
    body: String,
    has_body: bool,
}

impl Response {
    fn text(status: &'static str, body: impl Into<String>) -> Self {
        Self { status, media_type: TEXT, headers: "", body: body.into(), has_body: true }
    }

    pub(super) fn metrics(text: String) -> Self {
        Self { media_type: PROMETHEUS, ..Self::text("200 OK", text) }
    }

    pub(super) fn healthy() -> Self {
        Self::text("200 OK", "ok\n")
    }

    pub(super) fn unhealthy(lines: String) -> Self {
        Self::text("503 Service Unavailable", lines)
    }

    pub(super) fn bad_request() -> Self {
        Self::text("400 Bad Request", "not an HTTP/1.1 request\n")
    }

    pub(super) fn not_found() -> Self {
        Self::text("404 Not Found", "there are /metrics and /healthz\n")
    }

    pub(super) fn not_allowed() -> Self {
        let response = Self::text("405 Method Not Allowed", "only GET and HEAD\n");
        Self { headers: "Allow: GET, HEAD\r\n", ..response }
    }

    pub(super) fn timed_out() -> Self {
        Self::text("408 Request Timeout", "the request took more than 5 s\n")
    }

    pub(super) fn too_large() -> Self {
        let status = "431 Request Header Fields Too Large";
        Self::text(status, "more than 8 KiB, or more than 64 headers\n")
    }

    pub(super) fn too_many() -> Self {
        let response = Self::text("503 Service Unavailable", "too many connections\n");
        Self { headers: "Retry-After: 5\r\n", ..response }
    }

    /// The same without its body, as `HEAD` asks for (RFC 9110, section 9.3.2).
    pub(super) fn without_body(self) -> Self {
        Self { has_body: false, ..self }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let Self { status, media_type, headers, body, has_body } = self;
        let length = body.len();
        let body = if *has_body { body } else { "" };
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\
             {headers}Connection: close\r\n\r\n{body}"
        )
        .into_bytes()
    }
}
