//! Reading an originator from a header.

use super::{MOST_BYTES, VERSION, millis};
use crate::invalid::{HeaderRule, InvalidHeader};
use crate::wevt::originator::{CronRun, HttpRequest, MessageReceived, Originator, OriginatorKind};
use crate::wevt::{ORIGINATOR, WevtRule};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use event_core::Timestamp;
use event_core::context::trace::{ExternalId, Extracted, InvalidId};
use event_core::read::{Input, Object, ReadError, ReadErrorKind};
use std::net::IpAddr;

pub(super) const fn invalid(rule: WevtRule) -> InvalidHeader {
    InvalidHeader::new(ORIGINATOR, HeaderRule::Wevt(rule))
}

pub(in crate::wevt::originator) const fn invalid_id(error: InvalidId) -> InvalidHeader {
    invalid(WevtRule::Id(error))
}

pub(in crate::wevt::originator) fn read(
    header: &str,
) -> Result<Extracted<Originator, InvalidHeader>, InvalidHeader> {
    if header.len() > MOST_BYTES {
        return Err(InvalidHeader::new(ORIGINATOR, HeaderRule::TooLong { most: MOST_BYTES }));
    }
    let malformed = invalid(WevtRule::Originator);
    let json = URL_SAFE_NO_PAD
        .decode(header)
        .ok()
        .and_then(|json| String::from_utf8(json).ok())
        .ok_or(malformed)?;
    let mut object = Input::parse(&json).and_then(|input| input.object()).map_err(|_| malformed)?;
    if object.read::<u64>("v").ok() != Some(VERSION) {
        return Err(invalid(WevtRule::Version));
    }
    let id = |text: String| ExternalId::parse(&text).map_err(invalid_id);
    let mut text = |name: &str| object.read::<Option<String>>(name).map_err(|_| malformed);
    let (own_id, kind, parent_id) = (text("id")?, text("t")?, text("pid")?);
    let own_id = id(own_id.unwrap_or_default())?;
    let kind = id(kind.unwrap_or_default())?;
    let parent_id = parent_id.map(id).transpose()?;
    let timestamp = read_millis(&mut object, "ts").map_err(|_| invalid(WevtRule::Time))?;
    let (kind, discarded) = read_kind(kind, object);
    let value = Originator { id: own_id, kind, timestamp, parent_id };
    Ok(Extracted { value, discarded: Vec::from_iter(discarded) })
}

/// The kind with its details, or without them and the reason.
fn read_kind(name: ExternalId, mut object: Object<'_>) -> (OriginatorKind, Option<InvalidHeader>) {
    let kind = match name.as_str() {
        "http" => OriginatorKind::Http(None),
        // In wevt's terms, a message over a socket.
        "message" | "websocket" => OriginatorKind::Message(None),
        "cron" => OriginatorKind::Cron(None),
        _ => OriginatorKind::Custom(name),
    };
    let Ok(Some(details)) = object.take("d", &[]) else { return (kind, None) };
    let read = details.object().and_then(|mut details| match &kind {
        OriginatorKind::Http(_) => {
            read_request(&mut details).map(|request| OriginatorKind::Http(Some(request)))
        }
        OriginatorKind::Message(_) => {
            read_message(&mut details).map(|message| OriginatorKind::Message(Some(message)))
        }
        OriginatorKind::Cron(_) => {
            read_run(&mut details).map(|run| OriginatorKind::Cron(Some(run)))
        }
        // It is unknown what to mask in the details of an unknown kind.
        OriginatorKind::Custom(_) => Err(ReadError::new(ReadErrorKind::Unknown)),
    });
    read.map_or_else(|_| (kind, Some(invalid(WevtRule::Details))), |kind| (kind, None))
}

/// Uses the same methods as a request of this service, which mask sensitive parts.
fn read_request(details: &mut Object<'_>) -> Result<HttpRequest, ReadError> {
    let (method, path): (String, String) = (details.read("method")?, details.read("path")?);
    let mut request = HttpRequest::new(&method, &path);
    if let Some(query) = details.read::<Option<String>>("query")? {
        request = request.with_query(&query);
    }
    if let Some(headers) = details.take("headers", &[])? {
        for (name, value) in headers.object()?.into_members() {
            request = request.with_header(&name, &value.text()?);
        }
    }
    if let Some(user_agent) = details.read::<Option<String>>("user_agent")? {
        request = request.with_user_agent(&user_agent);
    }
    // The mask can show no part of text that is not an address.
    let client_ip = details.read::<Option<String>>("client_ip")?;
    if let Some(address) = client_ip.and_then(|text| text.trim().parse::<IpAddr>().ok()) {
        request = request.with_client_ip(address);
    }
    Ok(request)
}

fn read_message(details: &mut Object<'_>) -> Result<MessageReceived, ReadError> {
    let (source, message_type): (String, String) =
        (details.read("source")?, details.read("message_type")?);
    let message = MessageReceived::new(&source, &message_type);
    Ok(match details.read("message_size")? {
        Some(bytes) => message.with_size(bytes),
        None => message,
    })
}

fn read_run(details: &mut Object<'_>) -> Result<CronRun, ReadError> {
    let cron: String = details.read("cron")?;
    let job_name: Option<String> = details.read("job_name")?;
    Ok(CronRun { job_name, ..CronRun::new(&cron, read_millis(details, "scheduled_time")?) })
}

fn read_millis(object: &mut Object<'_>, name: &str) -> Result<Timestamp, ReadError> {
    let millis: i64 = object.read(name)?;
    let time = Timestamp::from_micros(millis.saturating_mul(1_000));
    // A time outside the years 1 to 9999 was changed by `from_micros`, and so differs from the
    // written time.
    let out_of_range =
        ReadError::new(ReadErrorKind::OutOfRange { expected: "a time in milliseconds" });
    if millis == self::millis(time) { Ok(time) } else { Err(out_of_range) }
}
