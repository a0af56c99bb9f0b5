//! An originator as a header: JSON `{v:1,id,t,ts,pid?,d?}` in base64url without padding, as wevt
//! 0.0.2 writes it.

use super::Originator;
use super::kind::{CronRun, HttpRequest, MessageReceived, OriginatorKind};
use crate::trace::external_id::{ExternalId, InvalidId};
use crate::trace::headers::WEVT_ORIGINATOR;
use crate::trace::invalid::{Extracted, HeaderRule, InvalidHeader};
use crate::value::encode::Encoder;
use crate::value::read::{Input, Object, ReadError, ReadErrorKind};
use crate::value::time::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::net::IpAddr;

/// The most that is written and read. Servers refuse a request whose headers are longer than 8 KiB
/// together.
const MOST_BYTES: usize = 4096;
const VERSION: u64 = 1;

const fn invalid(rule: HeaderRule) -> InvalidHeader {
    InvalidHeader::new(WEVT_ORIGINATOR, rule)
}

pub(super) const fn invalid_id(error: InvalidId) -> InvalidHeader {
    invalid(HeaderRule::Id(error))
}

pub(super) fn write(originator: &Originator) -> String {
    let header = |kind: &OriginatorKind| URL_SAFE_NO_PAD.encode(json(originator, kind).bytes());
    let fits = |header: &String| header.len() <= MOST_BYTES;
    // Without details it fits: three ids of at most 128 bytes.
    Some(header(&originator.kind))
        .filter(fits)
        .or_else(|| Some(header(&originator.kind.without_headers())).filter(fits))
        .unwrap_or_else(|| header(&originator.kind.without_details()))
}

fn json(originator: &Originator, kind: &OriginatorKind) -> Encoder {
    let mut out = Encoder::new();
    out.object_with(|out| {
        out.integer_member(",\"v\":", VERSION);
        out.text_member(",\"id\":", originator.id.as_str());
        out.text_member(",\"t\":", kind.name());
        out.integer_member(",\"ts\":", millis(originator.timestamp));
        if let Some(parent) = &originator.parent_id {
            out.text_member(",\"pid\":", parent.as_str());
        }
        match kind {
            OriginatorKind::Http(Some(request)) => {
                write_details(out, |out| write_request(out, request))
            }
            OriginatorKind::Message(Some(message)) => {
                write_details(out, |out| write_message(out, message))
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
    out.text_member(",\"method\":", &request.method);
    out.text_member(",\"path\":", &request.path);
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
    out.text_member(",\"source\":", &message.source);
    out.text_member(",\"message_type\":", &message.message_type);
    if let Some(bytes) = message.message_size {
        out.integer_member(",\"message_size\":", bytes);
    }
}

fn write_run(out: &mut Encoder, run: &CronRun) {
    out.text_member(",\"cron\":", &run.cron);
    write_optional(out, ",\"job_name\":", run.job_name.as_deref());
    out.integer_member(",\"scheduled_time\":", millis(run.scheduled_time));
}

fn write_optional(out: &mut Encoder, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        out.text_member(key, text);
    }
}

fn millis(time: Timestamp) -> i64 {
    time.as_micros().div_euclid(1_000)
}

pub(super) fn read(header: &str) -> Result<Extracted<Originator>, InvalidHeader> {
    if header.len() > MOST_BYTES {
        return Err(invalid(HeaderRule::TooLong { most: MOST_BYTES }));
    }
    let malformed = invalid(HeaderRule::Originator);
    let json = URL_SAFE_NO_PAD
        .decode(header)
        .ok()
        .and_then(|json| String::from_utf8(json).ok())
        .ok_or(malformed)?;
    let mut object = Input::parse(&json).and_then(|input| input.object()).map_err(|_| malformed)?;
    if object.read::<u64>("v").ok() != Some(VERSION) {
        return Err(invalid(HeaderRule::OriginatorVersion));
    }
    let id = |text: String| ExternalId::parse(&text).map_err(invalid_id);
    let mut text = |name: &str| object.read::<Option<String>>(name).map_err(|_| malformed);
    let (own_id, kind, parent_id) = (text("id")?, text("t")?, text("pid")?);
    let own_id = id(own_id.unwrap_or_default())?;
    let kind = id(kind.unwrap_or_default())?;
    let parent_id = parent_id.map(id).transpose()?;
    let timestamp =
        read_millis(&mut object, "ts").map_err(|_| invalid(HeaderRule::OriginatorTime))?;
    let (kind, discarded) = read_kind(kind, object);
    let value = Originator { id: own_id, kind, timestamp, parent_id };
    Ok(Extracted { value, discarded: Vec::from_iter(discarded) })
}

/// The kind with its details, or without them and why.
fn read_kind(name: ExternalId, mut object: Object<'_>) -> (OriginatorKind, Option<InvalidHeader>) {
    let kind = match name.as_str() {
        "http" => OriginatorKind::Http(None),
        // A message over a socket, in wevt's terms.
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
        // Of a kind that is not known nobody can say what to mask.
        OriginatorKind::Custom(_) => Err(ReadError::new(ReadErrorKind::Unknown)),
    });
    read.map_or_else(|_| (kind, Some(invalid(HeaderRule::OriginatorDetails))), |kind| (kind, None))
}

/// Through the same doors as a request of this service, where sensitive parts are masked.
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
    // What is not an address is nothing that the mask could show a part of.
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
    // A time that had to be moved into the years 1 to 9999 is not the one that was written.
    let out_of_range =
        ReadError::new(ReadErrorKind::OutOfRange { expected: "a time in milliseconds" });
    if millis == self::millis(time) { Ok(time) } else { Err(out_of_range) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(json: &str) -> String {
        URL_SAFE_NO_PAD.encode(json)
    }

    fn json_of(header: &str) -> String {
        String::from_utf8(URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap()
    }

    fn read_json(json: &str) -> Result<Extracted<Originator>, HeaderRule> {
        read(&header(json)).map_err(|error| error.rule())
    }

    #[test]
    fn e4_vector() {
        let json = r#"{"v":1,"id":"orig_1","t":"http","ts":1,"d":{"method":"GET","path":"/é"}}"#;
        let originator = read_json(json).unwrap();
        assert_eq!(originator.discarded, []);
        assert_eq!(json_of(&write(&originator.value)), json);
        // As wevt writes it: with spaces, in ASCII.
        let theirs = r#"{"v": 1, "id": "orig_1", "t": "http", "ts": 1, "d": {"method": "GET", "path": "/\u00e9"}}"#;
        assert_eq!(read_json(theirs).unwrap(), originator);
        assert_eq!(read("zzz").map_err(|error| error.rule()), Err(HeaderRule::Originator));
    }

    #[test]
    fn each_kind_has_its_details() {
        for json in [
            r#"{"v":1,"id":"a","t":"http","ts":1,"pid":"b","d":{"method":"GET","path":"/","query":"a=1","headers":{"accept":"*/*"},"user_agent":"curl","client_ip":"203.0.113.0"}}"#,
            r#"{"v":1,"id":"a","t":"message","ts":-1,"d":{"source":"orders","message_type":"binary","message_size":12}}"#,
            r#"{"v":1,"id":"a","t":"cron","ts":1,"d":{"cron":"* * * * *","job_name":"sweep","scheduled_time":60000}}"#,
            r#"{"v":1,"id":"a","t":"import","ts":1}"#,
            r#"{"v":1,"id":"a","t":"http","ts":1}"#,
        ] {
            let read = read_json(json).unwrap();
            assert_eq!((read.discarded.len(), json_of(&write(&read.value))), (0, json.to_owned()));
        }
        let socket = r#"{"v":1,"id":"a","t":"websocket","ts":1,"d":{"session_id":"s","source":"chat","message_type":"text"}}"#;
        let kind = read_json(socket).unwrap().value.kind;
        assert_eq!(kind, OriginatorKind::Message(Some(MessageReceived::new("chat", "text"))));
    }

    #[test]
    fn what_is_not_an_originator_is_refused() {
        let id = HeaderRule::Id;
        let cases = [
            (r"[]", HeaderRule::Originator),
            (r"{", HeaderRule::Originator),
            (r#"{"v":1,"v":1}"#, HeaderRule::Originator),
            (r#"{"v":1,"id":7,"t":"http","ts":1}"#, HeaderRule::Originator),
            (r#"{"id":"a","t":"http","ts":1}"#, HeaderRule::OriginatorVersion),
            (r#"{"v":2,"id":"a","t":"http","ts":1}"#, HeaderRule::OriginatorVersion),
            (r#"{"v":"1","id":"a","t":"http","ts":1}"#, HeaderRule::OriginatorVersion),
            (r#"{"v":1,"t":"http","ts":1}"#, id(InvalidId::Empty)),
            (r#"{"v":1,"id":"a","ts":1}"#, id(InvalidId::Empty)),
            (r#"{"v":1,"id":"a\n","t":"http","ts":1}"#, id(InvalidId::Character { at: 1 })),
            (r#"{"v":1,"id":"a","t":"h ttp","ts":1}"#, id(InvalidId::Character { at: 1 })),
            (r#"{"v":1,"id":"a","t":"http","ts":1,"pid":"<"}"#, id(InvalidId::Character { at: 0 })),
            (r#"{"v":1,"id":"a","t":"http"}"#, HeaderRule::OriginatorTime),
            (r#"{"v":1,"id":"a","t":"http","ts":"1"}"#, HeaderRule::OriginatorTime),
            (r#"{"v":1,"id":"a","t":"http","ts":9223372036854775807}"#, HeaderRule::OriginatorTime),
            (r#"{"v":1,"id":"a","t":"http","ts":253402300800000}"#, HeaderRule::OriginatorTime),
        ];
        for (json, rule) in cases {
            assert_eq!(read_json(json), Err(rule), "{json}");
        }
        let long =
            header(&format!(r#"{{"v":1,"id":"a","t":"http","ts":1,"d":"{}"}}"#, " ".repeat(3_072)));
        assert_eq!(read(&long).unwrap_err().rule(), HeaderRule::TooLong { most: 4096 });
        for text in ["", "e30=", "e 30", "\u{e9}", "//8"] {
            assert_eq!(read(text).unwrap_err().rule(), HeaderRule::Originator, "{text}");
        }
    }

    #[test]
    fn an_originator_that_is_nested_without_end_is_refused() {
        let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
        let json = format!(r#"{{"v":1,"id":"a","t":"http","ts":1,"d":{{"method":{deep}}}}}"#);
        assert_eq!(read_json(&json).unwrap_err(), HeaderRule::Originator);
    }

    #[test]
    fn details_of_another_kind_are_left_out() {
        for (kind, details) in [
            ("http", r#"{"method":"GET"}"#),
            ("http", r#"{"method":"GET","path":"/","headers":{"a":1}}"#),
            ("http", "7"),
            ("message", r#"{"method":"GET","path":"/"}"#),
            ("cron", r#"{"cron":"* * * * *","scheduled_time":9223372036854775807}"#),
            ("custom", r#"{"password":"s3cret"}"#),
            ("http", &format!(r#"{{"method":{}{}}}"#, "[".repeat(100), "]".repeat(100))),
        ] {
            let json = format!(r#"{{"v":1,"id":"a","t":"{kind}","ts":1,"d":{details}}}"#);
            let read = read_json(&json).unwrap();
            assert_eq!(read.discarded, [invalid(HeaderRule::OriginatorDetails)], "{json}");
            assert_eq!(
                json_of(&write(&read.value)),
                format!(r#"{{"v":1,"id":"a","t":"{kind}","ts":1}}"#)
            );
        }
    }

    #[test]
    fn e4_what_crossed_a_service_unmasked_does_not_stay_so() {
        let json = r#"{"v":1,"id":"a","t":"http","ts":1,"d":{"method":"GET","path":"/x;token=s3cret?key=s3cret","query":"token=s3cret","headers":{"Authorization":"Bearer s3cret","referer":"/?password=s3cret","X-Forwarded-For":"203.0.113.77"},"user_agent":"x?token=s3cret","client_ip":"203.0.113.77"}}"#;
        let read = read_json(json).unwrap();
        let written = json_of(&write(&read.value));
        for text in [format!("{read:?}"), written] {
            assert!(!text.contains("s3cret") && !text.contains("113.77"), "{text}");
            assert!(text.contains("203.0.113.0"), "{text}");
        }
        let json = r#"{"v":1,"id":"a","t":"message","ts":1,"d":{"source":"amqp://u:s3cret@h/q","message_type":"text"}}"#;
        assert!(!format!("{:?}", read_json(json)).contains("s3cret"));
        // Text that is no address has no network to show.
        let json = r#"{"v":1,"id":"a","t":"http","ts":1,"d":{"method":"GET","path":"/","client_ip":"s3cret"}}"#;
        let OriginatorKind::Http(Some(request)) = read_json(json).unwrap().value.kind else {
            panic!("a request")
        };
        assert_eq!(request.client_ip, None);
    }

    #[test]
    fn what_is_too_long_loses_headers_and_then_details() {
        let request = HttpRequest::new("GET", "/").with_header("accept", &"x".repeat(4_000));
        let originator = |request| Originator::new(OriginatorKind::Http(Some(request)));
        let read_back = |originator: &Originator| {
            let header = write(originator);
            assert!(header.len() <= MOST_BYTES);
            read(&header).unwrap().value.kind
        };
        let lighter = OriginatorKind::Http(Some(HttpRequest::new("GET", "/")));
        assert_eq!(read_back(&originator(request.clone())), lighter);
        assert_eq!(
            read_back(&originator(request.with_query(&"x".repeat(4_000)))),
            OriginatorKind::Http(None)
        );

        let longest = || ExternalId::parse(&"x".repeat(128)).unwrap();
        let custom = Originator::new(OriginatorKind::Custom(longest()))
            .with_id(longest())
            .with_parent_id(longest());
        assert_eq!(read(&write(&custom)).unwrap().value.parent_id, Some(longest()));
    }

    fn kind() -> impl Strategy<Value = OriginatorKind> {
        let request =
            (any::<[String; 6]>(), any::<Option<IpAddr>>()).prop_map(|(texts, address)| {
                let [method, target, query, name, value, user_agent] = &texts;
                let request =
                    HttpRequest::new(method, target).with_query(query).with_header(name, value);
                address
                    .into_iter()
                    .fold(request.with_user_agent(user_agent), HttpRequest::with_client_ip)
            });
        let message = (any::<[String; 2]>(), any::<u64>())
            .prop_map(|([source, ty], bytes)| MessageReceived::new(&source, &ty).with_size(bytes));
        let run = (any::<[String; 2]>(), any::<u32>()).prop_map(|([cron, job], seconds)| {
            CronRun::new(&cron, Timestamp::from_micros(i64::from(seconds) * 1_000_000))
                .with_job_name(&job)
        });
        prop_oneof![
            prop::option::of(request).prop_map(OriginatorKind::Http),
            prop::option::of(message).prop_map(OriginatorKind::Message),
            prop::option::of(run).prop_map(OriginatorKind::Cron),
            "[a-f]{1,9}".prop_map(|name| OriginatorKind::Custom(ExternalId::parse(&name).unwrap())),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(kind in kind(), millis in -62_135_596_800_000..253_402_300_800_000_i64, id in "[a-z0-9:_-]{1,128}") {
            let id = ExternalId::parse(&id).unwrap();
            let time = Timestamp::from_micros(millis * 1_000);
            let originator = Originator::new(kind).with_id(id.clone()).with_timestamp(time).with_parent_id(id);
            let header = write(&originator);
            prop_assert!(header.len() <= MOST_BYTES);
            let read = read(&header).unwrap();
            prop_assert_eq!(read.discarded, vec![]);
            prop_assert!(
                read.value == originator
                    || read.value.kind == originator.kind.without_headers()
                    || read.value.kind == originator.kind.without_details()
            );
            prop_assert_eq!(write(&read.value), header);
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>(), details in "[{}\\[\\]\":,a-c0-9]*") {
            let _ = read(&text);
            let _ = read_json(&text);
            let _ = read_json(&format!(r#"{{"v":1,"id":"a","t":"http","ts":1,"d":{details}}}"#));
        }
    }
}
