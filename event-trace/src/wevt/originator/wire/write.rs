//! Writing an originator as a header.

use super::{MOST_BYTES, VERSION, millis};
use crate::wevt::originator::{CronRun, HttpRequest, MessageReceived, Originator, OriginatorKind};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use event_core::value::Encoder;

pub(in crate::wevt::originator) fn write(originator: &Originator) -> String {
    let header = |kind: &OriginatorKind| URL_SAFE_NO_PAD.encode(json(originator, kind).bytes());
    let fits = |header: &String| header.len() <= MOST_BYTES;
    // Always fits without details: three ids of at most 128 bytes.
    Some(header(&originator.kind))
        .filter(fits)
        .or_else(|| Some(header(&originator.kind.without_headers())).filter(fits))
        .unwrap_or_else(|| header(&originator.kind.without_details()))
}

fn json(originator: &Originator, kind: &OriginatorKind) -> Encoder {
    let mut out = Encoder::new();
    out.object_with(|out| {
        out.key(",\"v\":");
        out.integer(VERSION);
        text(out, ",\"id\":", originator.id.as_str());
        text(out, ",\"t\":", kind.name());
        out.key(",\"ts\":");
        out.integer(millis(originator.timestamp));
        if let Some(parent) = &originator.parent_id {
            text(out, ",\"pid\":", parent.as_str());
        }
        match kind {
            OriginatorKind::Http(Some(request)) => {
                write_details(out, |out| write_request(out, request));
            }
            OriginatorKind::Message(Some(message)) => {
                write_details(out, |out| write_message(out, message));
            }
            OriginatorKind::Cron(Some(run)) => write_details(out, |out| write_run(out, run)),
            _ => {}
        }
    });
    out
}

fn write_details(out: &mut Encoder, members: impl FnOnce(&mut Encoder)) {
    out.json(",\"d\":");
    out.object_with(members);
}

fn write_request(out: &mut Encoder, request: &HttpRequest) {
    text(out, ",\"method\":", &request.method);
    text(out, ",\"path\":", &request.path);
    write_optional(out, ",\"query\":", request.query.as_deref());
    if !request.headers.is_empty() {
        out.json(",\"headers\":");
        out.map(request.headers.iter().map(|(name, value)| (name.as_str(), value)));
    }
    write_optional(out, ",\"user_agent\":", request.user_agent.as_deref());
    if let Some(address) = request.client_ip {
        out.json(",\"client_ip\":");
        out.display(&address);
    }
}

fn write_message(out: &mut Encoder, message: &MessageReceived) {
    text(out, ",\"source\":", &message.source);
    text(out, ",\"message_type\":", &message.message_type);
    if let Some(bytes) = message.message_size {
        out.key(",\"message_size\":");
        out.integer(bytes);
    }
}

fn write_run(out: &mut Encoder, run: &CronRun) {
    text(out, ",\"cron\":", &run.cron);
    write_optional(out, ",\"job_name\":", run.job_name.as_deref());
    out.key(",\"scheduled_time\":");
    out.integer(millis(run.scheduled_time));
}

fn write_optional(out: &mut Encoder, key: &'static str, text: Option<&str>) {
    if let Some(text) = text {
        self::text(out, key, text);
    }
}

fn text(out: &mut Encoder, key: &'static str, text: &str) {
    out.key(key);
    out.text(text);
}
