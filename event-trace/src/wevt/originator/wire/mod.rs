//! An originator as a header: JSON `{v:1,id,t,ts,pid?,d?}` in base64url without padding, as wevt
//! 0.0.2 writes it.

mod read;
mod write;

pub(super) use read::{invalid_id, read};
pub(super) use write::write;

use event_core::Timestamp;

/// The maximum length of a header, in bytes. Servers refuse a request whose headers are longer than
/// 8 KiB in total.
const MOST_BYTES: usize = 4096;
const VERSION: u64 = 1;

fn millis(time: Timestamp) -> i64 {
    time.as_micros().div_euclid(1_000)
}

#[cfg(test)]
mod tests {
    use super::read::invalid;
    use super::*;
    use crate::wevt::WevtRule;
    use crate::wevt::originator::{
        CronRun, HttpRequest, MessageReceived, Originator, OriginatorKind,
    };
    use crate::{HeaderRule, InvalidHeader};
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use event_core::context::trace::{ExternalId, Extracted, InvalidId};
    use proptest::prelude::*;
    use std::net::IpAddr;

    fn header(json: &str) -> String {
        URL_SAFE_NO_PAD.encode(json)
    }

    fn json_of(header: &str) -> String {
        String::from_utf8(URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap()
    }

    fn read_json(json: &str) -> Result<Extracted<Originator, InvalidHeader>, HeaderRule> {
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
        assert_eq!(
            read("zzz").map_err(|error| error.rule()),
            Err(HeaderRule::Wevt(WevtRule::Originator))
        );
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
        let id = WevtRule::Id;
        let cases = [
            (r"[]", WevtRule::Originator),
            (r"{", WevtRule::Originator),
            (r#"{"v":1,"v":1}"#, WevtRule::Originator),
            (r#"{"v":1,"id":7,"t":"http","ts":1}"#, WevtRule::Originator),
            (r#"{"id":"a","t":"http","ts":1}"#, WevtRule::Version),
            (r#"{"v":2,"id":"a","t":"http","ts":1}"#, WevtRule::Version),
            (r#"{"v":"1","id":"a","t":"http","ts":1}"#, WevtRule::Version),
            (r#"{"v":1,"t":"http","ts":1}"#, id(InvalidId::Empty)),
            (r#"{"v":1,"id":"a","ts":1}"#, id(InvalidId::Empty)),
            (r#"{"v":1,"id":"a\n","t":"http","ts":1}"#, id(InvalidId::Character { at: 1 })),
            (r#"{"v":1,"id":"a","t":"h ttp","ts":1}"#, id(InvalidId::Character { at: 1 })),
            (r#"{"v":1,"id":"a","t":"http","ts":1,"pid":"<"}"#, id(InvalidId::Character { at: 0 })),
            (r#"{"v":1,"id":"a","t":"http"}"#, WevtRule::Time),
            (r#"{"v":1,"id":"a","t":"http","ts":"1"}"#, WevtRule::Time),
            (r#"{"v":1,"id":"a","t":"http","ts":9223372036854775807}"#, WevtRule::Time),
            (r#"{"v":1,"id":"a","t":"http","ts":253402300800000}"#, WevtRule::Time),
        ];
        for (json, rule) in cases {
            assert_eq!(read_json(json), Err(HeaderRule::Wevt(rule)), "{json}");
        }
        let long =
            header(&format!(r#"{{"v":1,"id":"a","t":"http","ts":1,"d":"{}"}}"#, " ".repeat(3_072)));
        assert_eq!(read(&long).unwrap_err().rule(), HeaderRule::TooLong { most: 4096 });
        for text in ["", "e30=", "e 30", "\u{e9}", "//8"] {
            assert_eq!(
                read(text).unwrap_err().rule(),
                HeaderRule::Wevt(WevtRule::Originator),
                "{text}"
            );
        }
    }

    #[test]
    fn an_originator_that_is_nested_without_end_is_refused() {
        let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
        let json = format!(r#"{{"v":1,"id":"a","t":"http","ts":1,"d":{{"method":{deep}}}}}"#);
        assert_eq!(read_json(&json).unwrap_err(), HeaderRule::Wevt(WevtRule::Originator));
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
            assert_eq!(read.discarded, [invalid(WevtRule::Details)], "{json}");
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
        // Text that is not an address has no network to show.
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
