//! The headers of the requests.

use super::error::OtlpHttpError;
use super::options::OtlpHttp;
use ureq::http::header::{
    CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};

/// The headers that the exporter or its connection writes.
const RESERVED: &[&str] = &[
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Every header that does not follow from the body.
pub(super) fn of(options: &OtlpHttp) -> Result<HeaderMap, OtlpHttpError> {
    let mut map = HeaderMap::new();
    for (name, value) in &options.headers {
        let invalid = || OtlpHttpError::Header { name: name.clone() };
        let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
        if RESERVED.contains(&parsed.as_str()) || map.contains_key(&parsed) {
            return Err(OtlpHttpError::ReservedHeader { name: name.clone() });
        }
        let mut value = HeaderValue::from_str(value.expose()).map_err(|_| invalid())?;
        // `Debug` does not show it.
        value.set_sensitive(true);
        map.insert(parsed, value);
    }
    let media = HeaderValue::from_static(options.protocol.media_type());
    map.insert(CONTENT_TYPE, media);
    if options.is_gzip {
        map.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let own = HeaderValue::from_static(concat!("event-otel/", env!("CARGO_PKG_VERSION")));
    map.entry(USER_AGENT).or_insert(own);
    Ok(map)
}
