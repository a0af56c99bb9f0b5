//! The client, question by question.

use crate::fake::Fake;
use event_cli::registry::{
    Address, Client, ClientOptions, InvalidAddress, Judgement, RegisteredVersion, Stored,
};
use event_core::record::frame::SchemaId;
use event_grammar::lock::Mode;
use serde_json::json;

const STRING: &str = r#"{"type":"string"}"#;
const NUMBER: &str = r#"{"type":"number"}"#;
const EITHER: &str = r#"{"type":["number","string"]}"#;

pub fn client(url: &str, options: ClientOptions) -> Client {
    Client::new(Address::parse(url).unwrap(), options)
}

#[test]
fn what_is_registered_is_found_in_every_way() {
    let fake = Fake::start();
    let client = client(&fake.url, ClientOptions::default());
    let id = client.register("orders-value", NUMBER).unwrap();
    assert_eq!(client.register("orders-value", NUMBER).unwrap(), id, "registering is idempotent");
    let next = client.register("orders-value", EITHER).unwrap();

    let stored = |version, id, schema: &str| {
        Some(Stored { subject: "orders-value".into(), version, id, schema: schema.into() })
    };
    assert_eq!(client.versions("orders-value").unwrap(), [1, 2]);
    assert_eq!(client.latest("orders-value").unwrap(), stored(2, next, EITHER));
    assert_eq!(
        client.version("orders-value", RegisteredVersion::Number(1)).unwrap(),
        stored(1, id, NUMBER)
    );
    assert_eq!(client.lookup("orders-value", NUMBER).unwrap(), stored(1, id, NUMBER));
    assert_eq!(client.schema(id).unwrap().as_deref(), Some(NUMBER));
}

#[test]
fn what_is_not_there_is_none() {
    let fake = Fake::start();
    let client = client(&fake.url, ClientOptions::default());
    assert_eq!(client.versions("none"), Ok(vec![]));
    assert_eq!(client.latest("none"), Ok(None));
    assert_eq!(client.lookup("none", STRING), Ok(None));
    assert_eq!(client.check("none", RegisteredVersion::Latest, STRING), Ok(None));
    assert_eq!(client.config("none"), Ok(None));
    assert_eq!(client.schema(SchemaId(7)), Ok(None));
    fake.put("some", &json!({"type": "string"}));
    assert_eq!(client.version("some", RegisteredVersion::Number(2)), Ok(None));
    assert_eq!(client.lookup("some", NUMBER), Ok(None));
}

#[test]
fn a_check_says_why() {
    let fake = Fake::start();
    let client = client(&fake.url, ClientOptions::default());
    client.register("orders-value", STRING).unwrap();
    let judgement =
        client.check("orders-value", RegisteredVersion::Latest, EITHER).unwrap().unwrap();
    assert_eq!(judgement, Judgement { compatible: true, messages: vec![] });
    let judgement =
        client.check("orders-value", RegisteredVersion::Number(1), NUMBER).unwrap().unwrap();
    assert_eq!(
        judgement,
        Judgement { compatible: false, messages: vec!["type-narrowed at /type".into()] }
    );
    let refused = client.register("orders-value", NUMBER).unwrap_err();
    assert!(refused.is_incompatible(), "{refused}");
    assert!(refused.to_string().contains("type-narrowed"), "{refused}");
    assert_eq!(client.versions("orders-value").unwrap(), [1]);
}

#[test]
fn levels_are_the_modes() {
    let fake = Fake::start();
    let client = client(&fake.url, ClientOptions::default());
    for mode in Mode::ALL {
        client.set_config("orders-value", mode).unwrap();
        assert_eq!(client.config("orders-value"), Ok(Some(mode)));
    }
    assert_eq!(fake.level("orders-value").as_deref(), Some("FULL_TRANSITIVE"));
}

#[test]
fn a_subject_is_one_part_of_a_path() {
    let fake = Fake::start();
    let client = client(&fake.url, ClientOptions::default());
    let subject = "a/b?c#d %é";
    client.register(subject, STRING).unwrap();
    assert_eq!(fake.subjects(), [subject]);
    assert_eq!(fake.requests(), ["POST /subjects/a%2Fb%3Fc%23d%20%25%C3%A9/versions"]);
}

#[test]
fn normal_forms_are_asked_for() {
    let fake = Fake::start();
    let client = client(&fake.url, ClientOptions { normalize: true, ..ClientOptions::default() });
    client.register("s", STRING).unwrap();
    client.lookup("s", STRING).unwrap();
    client.check("s", RegisteredVersion::Latest, STRING).unwrap();
    let requests = [
        "POST /subjects/s/versions?normalize=true",
        "POST /subjects/s?normalize=true",
        "POST /compatibility/subjects/s/versions/latest?verbose=true&normalize=true",
    ];
    assert_eq!(fake.requests(), requests);
}

#[test]
fn a_user_is_percent_decoded_and_sent() {
    let fake = Fake::start();
    // `ada:p@ss/word`
    fake.ask_for("Basic YWRhOnBAc3Mvd29yZA==");
    let url = fake.url.replace("http://", "http://ada:p%40ss%2Fword@");
    assert_eq!(client(&url, ClientOptions::default()).versions("s"), Ok(vec![]));
    let address = Address::parse(&fake.url).unwrap().with_user("ada:p@ss/word").unwrap();
    assert_eq!(Client::new(address, ClientOptions::default()).versions("s"), Ok(vec![]));
    assert!(client(&fake.url, ClientOptions::default()).versions("s").is_err());
}

#[test]
fn addresses() {
    let shown = |url: &str| Address::parse(url).map(|address| address.to_string());
    assert_eq!(shown("http://localhost:8081").as_deref(), Ok("http://localhost:8081"));
    assert_eq!(
        shown("http://a:b@[::1]:8081/apis/ccompat/v7/").as_deref(),
        Ok("http://[::1]:8081/apis/ccompat/v7")
    );
    for (url, error) in [
        ("", InvalidAddress::Url),
        ("localhost:8081", InvalidAddress::Url),
        ("/subjects", InvalidAddress::Url),
        ("http://", InvalidAddress::Url),
        ("http://:8081", InvalidAddress::Url),
        ("http://h/?a=b", InvalidAddress::Url),
        ("http://h/#a", InvalidAddress::Url),
        ("http://h:x", InvalidAddress::Url),
        ("http://h:99999", InvalidAddress::Url),
        ("http://ada:a/b@h", InvalidAddress::Url),
        ("ftp://h", InvalidAddress::Scheme),
        ("http://ada@h", InvalidAddress::User),
        ("http://%ff:%fe@h", InvalidAddress::User),
    ] {
        assert_eq!(shown(url), Err(error), "{url}");
    }
    let https = shown("https://h");
    assert_eq!(https.is_ok(), cfg!(feature = "registry-https"), "{https:?}");
}
