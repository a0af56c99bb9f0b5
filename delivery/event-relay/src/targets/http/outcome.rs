//! What an answer says of the events.

use super::super::Outcome;
use super::{Endpoint, HttpTargetOptions, retry_after};
use std::io::{ErrorKind, Read};
use std::time::SystemTime;
use ureq::http::header::RETRY_AFTER;
use ureq::http::{Response, StatusCode};
use ureq::{Body, Error};

/// How much of an answer's body is read, so that the connection can be used again. It is not looked
/// at: a receiver may repeat the event in it.
const BODY: u64 = 1024;

/// The outcome of an answer.
pub(super) fn of_answer(endpoint: &Endpoint, response: Response<Body>) -> Outcome {
    let (head, body) = response.into_parts();
    // Whether it comes whole changes nothing.
    let _ = body.into_reader().take(BODY).read_to_end(&mut Vec::new());
    let reason = || {
        let name = head.status.canonical_reason().unwrap_or("(a status without a name)");
        let code = head.status.as_u16();
        format!("`{endpoint}` answers {code} {name}{}", help(head.status))
    };
    match head.status.as_u16() {
        200..=299 => Outcome::Delivered { duplicates: 0 },
        // The event itself is not what these complain of.
        100..=199
        | 300..=399
        | 500..=u16::MAX
        | 401
        | 403
        | 404
        | 405
        | 407
        | 408
        | 410
        | 415
        | 421
        | 425
        | 426
        | 429 => {
            let wish = head.headers.get(RETRY_AFTER).and_then(|wish| wish.to_str().ok());
            let retry_after = wish.and_then(|wish| retry_after::parse(wish, SystemTime::now()));
            Outcome::Unavailable { reason: reason(), retry_after }
        }
        _ => Outcome::Rejected { reason: reason() },
    }
}

/// What to do about a status.
fn help(status: StatusCode) -> &'static str {
    match status.as_u16() {
        300..=399 => "\nhelp: redirects are not followed; configure the URL to which it leads",
        401 | 403 => "\nhelp: check the authorization of the target",
        404 | 405 | 410 | 421 => "\nhelp: check the URL of the target",
        413 => {
            "\nhelp: raise the size of a body that the receiver takes; or give the event up by \
             `event-relay dead skip`"
        }
        407 => "\nhelp: check the user of the proxy in the environment",
        415 => "\nhelp: choose another mode of the target: structured, binary or batch",
        426 => "\nhelp: configure the URL with https",
        _ => "",
    }
}

/// The outcome of a request without an answer. The client's words are used only where they cannot
/// contain an address.
pub(super) fn of_error(options: &HttpTargetOptions, error: &Error) -> Outcome {
    let why = match error {
        Error::Timeout(_) => late(options),
        Error::Io(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => {
            late(options)
        }
        Error::Io(error) if is_broken_off(error.kind()) => "breaks the connection".to_owned(),
        Error::Io(error) => format!("cannot be reached: {error}"),
        Error::HostNotFound => "cannot be reached: the host is not known".to_owned(),
        Error::ConnectionFailed => "cannot be reached: there is no connection".to_owned(),
        Error::InvalidProxyUrl => {
            "cannot be reached: the proxy of the environment is not a URL".to_owned()
        }
        Error::ConnectProxyFailed(_) => {
            "cannot be reached: the proxy of the environment refuses the connection".to_owned()
        }
        Error::Protocol(_) | Error::LargeResponseHeader(..) => {
            "answers something that is not HTTP".to_owned()
        }
        Error::Tls(why) => format!("cannot be reached over TLS: {why}"),
        #[cfg(feature = "https")]
        Error::Rustls(error) => format!("cannot be reached over TLS: {error}"),
        _ => "cannot be reached".to_owned(),
    };
    let reason = format!("`{}` {why}", options.endpoint);
    Outcome::Unavailable { reason, retry_after: None }
}

fn late(options: &HttpTargetOptions) -> String {
    format!("does not answer within {:?}", options.timeout)
}

const fn is_broken_off(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
    )
}
