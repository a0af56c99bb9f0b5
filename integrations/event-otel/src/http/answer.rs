//! What an answer says of the records (OTLP 1.7, OTLP/HTTP Response).

use serde_json::Value;
use std::time::{Duration, SystemTime};
use ureq::Body;
use ureq::http::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use ureq::http::{Response, StatusCode};

/// How much of an answer is read, in bytes. One that is larger says nothing.
const LARGEST: u64 = 64 << 10;

/// The longest pause that a receiver may ask for.
const LONGEST: Duration = Duration::from_secs(3_600);

/// What became of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The records are delivered, all but these.
    Accepted(Partial),
    /// It may be sent again.
    Again {
        /// What the receiver did: a part of a sentence.
        why: String,
        /// How long the receiver asks to wait.
        retry_after: Option<Duration>,
    },
    /// It is not to be sent again.
    Refused {
        /// What the receiver did: a part of a sentence.
        why: String,
    },
}

/// The partial success of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Partial {
    /// How many records are rejected.
    pub(super) rejected: u64,
    /// Whether there is a message. It may repeat an event, so it is not kept.
    pub(super) has_message: bool,
    /// Whether the answer could not be read. The records are delivered, because of the status.
    pub(super) is_unreadable: bool,
}

/// What an answer says.
pub(super) fn of(response: Response<Body>) -> Answer {
    let (head, mut body) = response.into_parts();
    let read = body.with_config().limit(LARGEST).read_to_vec();
    let why = || {
        let name = head.status.canonical_reason().unwrap_or("(a status without a name)");
        format!("answers {} {name}{}", head.status.as_u16(), help(head.status))
    };
    match head.status.as_u16() {
        200..=299 => {
            let partial = read.ok().and_then(|body| {
                if is_json(&head.headers) { of_json(&body) } else { of_protobuf(&body) }
            });
            Answer::Accepted(
                partial.unwrap_or(Partial { is_unreadable: true, ..Partial::default() }),
            )
        }
        429 | 502 | 503 | 504 => {
            let wish = head.headers.get(RETRY_AFTER).and_then(|wish| wish.to_str().ok());
            let retry_after = wish.and_then(|wish| pause(wish, SystemTime::now()));
            Answer::Again { why: why(), retry_after }
        }
        _ => Answer::Refused { why: why() },
    }
}

fn help(status: StatusCode) -> &'static str {
    match status.as_u16() {
        300..=399 => "\nhelp: redirects are not followed; write the URL to which it redirects",
        401 | 403 => "\nhelp: check the headers with the credentials",
        404 | 405 => "\nhelp: check the URL; the path of logs is often `/v1/logs`",
        413 => "\nhelp: lower `OtlpHttp::request_limits`, or raise the limit of the receiver",
        415 => "\nhelp: check the protocol and the compression",
        _ => "",
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|media| media.as_bytes().starts_with(b"application/json"))
}

/// The pause of `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. None if it is neither.
fn pause(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let pause = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.parse().map_or(LONGEST, Duration::from_secs)
    } else {
        // A date that has passed asks for no pause.
        httpdate::parse_http_date(value).ok()?.duration_since(now).unwrap_or_default()
    };
    Some(pause.min(LONGEST))
}

fn of_json(body: &[u8]) -> Option<Partial> {
    // Some receivers answer 200 with nothing, or with a text of their own.
    if body.is_empty() {
        return Some(Partial::default());
    }
    let answer: Value = serde_json::from_slice(body).ok()?;
    let partial = &answer["partialSuccess"];
    // An `int64` is a text in OTLP/JSON; readers take numbers too.
    let rejected = match &partial["rejectedLogRecords"] {
        Value::String(text) => text.parse::<i64>().ok()?,
        Value::Number(number) => number.as_i64()?,
        Value::Null => 0,
        _ => return None,
    };
    let message = partial["errorMessage"].as_str().unwrap_or_default();
    Some(partial_of(rejected, message.is_empty()))
}

fn partial_of(rejected: i64, is_silent: bool) -> Partial {
    let rejected = u64::try_from(rejected).unwrap_or_default();
    Partial { rejected, has_message: !is_silent, is_unreadable: false }
}

/// Reads an `ExportLogsServiceResponse`: the field 1 is the partial success, in which 1 is the
/// number and 2 the message.
fn of_protobuf(body: &[u8]) -> Option<Partial> {
    let (mut rejected, mut is_silent) = (0, true);
    for field in Fields(body) {
        let (1, Content::Block(partial)) = field? else { continue };
        for field in Fields(partial) {
            match field? {
                (1, Content::Number(number)) => rejected = number.cast_signed(),
                (2, Content::Block(message)) => is_silent = message.is_empty(),
                _ => {}
            }
        }
    }
    Some(partial_of(rejected, is_silent))
}

/// The fields of a protobuf message. `None`: the message is broken.
struct Fields<'a>(&'a [u8]);

enum Content<'a> {
    Number(u64),
    Block(&'a [u8]),
    Fixed,
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u64, Content<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.0.is_empty()).then(|| {
            let field = self.field();
            if field.is_none() {
                self.0 = &[];
            }
            field
        })
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Content<'a>)> {
        let key = self.varint()?;
        let content = match key & 7 {
            0 => Content::Number(self.varint()?),
            1 => self.block(8).map(|_| Content::Fixed)?,
            2 => {
                let len = usize::try_from(self.varint()?).ok()?;
                Content::Block(self.block(len)?)
            }
            5 => self.block(4).map(|_| Content::Fixed)?,
            _ => return None,
        };
        Some((key >> 3, content))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.0.split_off_first()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn block(&mut self, len: usize) -> Option<&'a [u8]> {
        self.0.split_off(..len)
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Partial, of_json, of_protobuf, partial_of, pause};
    use std::time::{Duration, SystemTime};

    #[test]
    fn partial_successes_in_both_writings() {
        let message = [0x0a, 6, 0x08, 5, 0x12, 2, b'n', b'o'];
        assert_eq!(of_protobuf(&message), Some(partial_of(5, false)));
        assert_eq!(of_protobuf(b""), Some(Partial::default()));
        // A field that is not known is skipped; a negative number is none.
        let negative = [&[0x19][..], &[7; 8], &[0x0a, 11, 0x08], &[0xff; 9], &[1]].concat();
        assert_eq!(of_protobuf(&negative), Some(Partial::default()));
        for broken in [&message[..7], &[0x0a, 0xff, 0xff], &[0xff; 11], &[0x0b], b"half of"] {
            assert_eq!(of_protobuf(broken), None, "{broken:?}");
        }
        let json = br#"{"partialSuccess":{"rejectedLogRecords":"5","errorMessage":"no"}}"#;
        assert_eq!(of_json(json), Some(partial_of(5, false)));
        let number = br#"{"partialSuccess":{"rejectedLogRecords":5}}"#;
        assert_eq!(of_json(number), Some(partial_of(5, true)));
        assert_eq!((of_json(b""), of_json(b"{}")), (Some(Partial::default()), of_json(b"[]")));
        assert_eq!(of_json(br#"{"partialSuccess":{"rejectedLogRecords":{}}}"#), None);
        assert_eq!(of_json(b"half of"), None);
    }

    #[test]
    fn pauses_are_seconds_or_dates() {
        // Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110, 5.6.7.
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let now = date - Duration::from_secs(90);
        for (value, expected) in [
            (" 120 ", Some(120)),
            ("99999999999999999999999", Some(LONGEST.as_secs())),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(90)),
            ("Sun, 06 Nov 1994 07:00:00 GMT", Some(0)),
            ("", None),
            ("-1", None),
            ("soon", None),
        ] {
            assert_eq!(pause(value, now), expected.map(Duration::from_secs), "{value:?}");
        }
    }
}
