//! Seed A6: the calls by which the system that this is taken after leaks a secret, and where it
//! comes out here.
//!
//! It leaks a top-level `password`, a top-level list of objects, and masks what stands in an object
//! or as `password=..` in a text by searching for it. Here a field is declared: one whose name
//! looks like a secret's has a mask or does not build (`ui/sensitive/suspicious_name`,
//! `suspicious_key`), and a [`Secret`] is written under a mask only (`secret_without_a_mask`,
//! `secret_in_prose`).
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::mask::{Mask, MaskWriter};
use event_core::read::Input;
use event_core::sink::JsonLines;
use event_core::{Emitter, Event, Secret, Str, events};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

const SECRET: &str = "hunter2-planted-0123456789";

events!(
    #[domain]
    pub enum Auth {
        Login,
        Refresh,
    }

    #[event(info, context(Caller))]
    pub struct AuthLoginSuccess<'a> {
        /// Top-level.
        #[sensitive(redact)]
        pub password: Str<'a>,
        #[sensitive(hash)]
        pub api_key: Secret<Str<'a>>,
        #[sensitive(card)]
        pub card_number: Option<String>,
        #[sensitive(custom = Iban)]
        pub iban: Str<'a>,
        #[sensitive(drop)]
        pub pin: Option<Secret<String>>,
        /// A key in a dict.
        #[sensitive(redact)]
        pub cookies: BTreeMap<String, Str<'a>>,
        pub account: Account,
        /// A list of dicts.
        pub tried: Vec<Credential>,
        #[sensitive(last4)]
        pub former_tokens: Vec<Option<String>>,
        #[group]
        pub device: Device<'a>,
        /// Prose.
        pub message: Str<'a>,
    }

    #[event(info)]
    pub struct AuthRefreshFailed {
        pub proof: Credential,
    }

    #[group]
    pub struct Device<'a> {
        pub model: Str<'a>,
        #[sensitive(hash)]
        pub device_token: Str<'a>,
    }

    #[group(context)]
    pub struct Caller<'a> {
        #[sensitive(email)]
        pub caller_email: Str<'a>,
        #[sensitive(ip)]
        pub caller_ip: Str<'a>,
    }

    #[value]
    pub struct Account {
        pub number: u32,
        #[sensitive(redact)]
        pub password: Secret<String>,
    }

    #[value(rename_all = "snake_case")]
    pub enum Credential {
        Password {
            #[sensitive(redact)]
            password: String,
        },
        Key {
            #[sensitive(custom = Iban)]
            private_key: Secret<String>,
        },
    }
);

/// A mask that is declared here.
pub enum Iban {}

impl Mask for Iban {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        out.show(text.get(..2).unwrap_or_default());
        out.show("**");
    }
}

/// The secret in every field that holds one.
fn login(message: &str) -> AuthLoginSuccess<'_> {
    AuthLoginSuccess {
        password: SECRET.into(),
        api_key: Secret::new(SECRET.into()),
        card_number: Some(SECRET.into()),
        iban: SECRET.into(),
        pin: Some(Secret::new(SECRET.into())),
        cookies: BTreeMap::from([("session".into(), SECRET.into())]),
        account: Account { number: 7, password: Secret::new(SECRET.into()) },
        tried: vec![
            Credential::Password { password: SECRET.into() },
            Credential::Key { private_key: Secret::new(SECRET.into()) },
        ],
        former_tokens: vec![None, Some(SECRET.into())],
        device: Device { model: "x1".into(), device_token: SECRET.into() },
        message: message.into(),
    }
}

/// Five bytes of it in a row are too many.
fn assert_hidden(output: &str) {
    let leaked = SECRET
        .as_bytes()
        .windows(5)
        .find(|part| output.as_bytes().windows(5).any(|seen| seen == *part));
    assert!(
        leaked.is_none(),
        "{:?} of the secret in {output}",
        leaked.map(String::from_utf8_lossy)
    );
}

/// What a sink writes.
fn written(emit: impl FnOnce(&Emitter)) -> String {
    #[derive(Clone, Default)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);
    impl Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let buffer = Buffer::default();
    let emitter = Emitter::builder().sink(JsonLines::new(buffer.clone())).build();
    emit(&emitter);
    emitter.flush().unwrap();
    let bytes = buffer.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

fn payload(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap()
}

#[test]
fn a6_a_top_level_password_is_masked() {
    let line = written(|emitter| emitter.emit(&login("hello")));
    assert_hidden(&line);
    let payload = payload(&line);
    assert_eq!((&payload["password"], &payload["iban"]), (&"[redacted]".into(), &"hu**".into()));
    assert_eq!(payload["card_number"], "****");
    let pseudonym = payload["api_key"].as_str().unwrap();
    assert_eq!(
        (pseudonym, pseudonym.len()),
        (payload["device_token"].as_str().unwrap(), "h:process:".len() + 32)
    );
    assert_eq!(payload.get("pin"), None);
}

#[test]
fn a6_a_key_in_a_dict_is_masked() {
    let line = written(|emitter| emitter.emit(&login("hello")));
    assert_hidden(&line);
    let payload = payload(&line);
    assert_eq!(payload["cookies"], serde_json::json!({"session": "[redacted]"}));
    assert_eq!(payload["account"], serde_json::json!({"number": 7, "password": "[redacted]"}));
}

#[test]
fn a6_a_list_of_dicts_is_masked() {
    let line = written(|emitter| emitter.emit(&login("hello")));
    assert_hidden(&line);
    let payload = payload(&line);
    let tried = serde_json::json!([{"password": {"password": "[redacted]"}}, {"key": {"private_key": "hu**"}}]);
    assert_eq!(payload["tried"], tried);
    assert_eq!(payload["former_tokens"], serde_json::json!([null, "****6789"]));
}

/// Typed fields do not search prose. A secret does not get into it: it has no `Display`, and its
/// `Debug` shows nothing.
#[test]
fn a6_prose_is_written_as_it_is_and_a_secret_does_not_get_into_it() {
    let password: Secret<&str> = SECRET.into();
    let prose = format!("login with password={password:?}, {:#?}", vec![Some(&password)]);
    let line = written(|emitter| emitter.emit(&login(&prose)));
    assert_hidden(&line);
    assert!(
        payload(&line)["message"].as_str().unwrap().starts_with("login with password=[secret], "),
        "{line}"
    );

    let careless = format!("password={}", password.expose());
    let line = written(|emitter| emitter.emit(&login(&careless)));
    assert_eq!(payload(&line)["message"], careless.as_str(), "whoever says `expose` has it");
}

#[test]
fn a6_context_is_masked() {
    let line = written(|emitter| {
        let _bound =
            Caller { caller_email: format!("a@{SECRET}!").into(), caller_ip: SECRET.into() }
                .enter();
        emitter.emit(&login("hello"));
    });
    assert_hidden(&line);
    assert_eq!(
        (&payload(&line)["caller_email"], &payload(&line)["caller_ip"]),
        (&"***".into(), &"[redacted]".into())
    );
}

#[test]
fn a6_debug_is_masked() {
    let event = login("hello");
    assert_hidden(&format!("{event:?} {event:#?}"));
    assert_hidden(&format!(
        "{:?} {:?} {:?} {:?}",
        event.device, event.account, event.tried, event.api_key
    ));
    let whole = AuthEvent::LoginSuccess(event);
    assert_hidden(&format!("{whole:?} {whole:#?} {:?}", Some(&whole)));
    let caller = Caller { caller_email: SECRET.into(), caller_ip: SECRET.into() };
    assert_hidden(&format!("{caller:?} {:?}", caller.enter()));
    let failed = AuthRefreshFailed { proof: Credential::Password { password: SECRET.into() } };
    assert_eq!(
        format!("{failed:?}"),
        r#"AuthRefreshFailed {"proof":{"password":{"password":"[redacted]"}}}"#
    );
}

#[test]
fn a6_a_panic_message_is_masked() {
    let event = login("hello");
    let caught = std::panic::catch_unwind(|| panic!("cannot go on with {event:?}")).unwrap_err();
    let message = caught.downcast_ref::<String>().unwrap();
    assert!(
        message.starts_with("cannot go on with AuthLoginSuccess {\"password\":\"[redacted]\""),
        "{message}"
    );
    assert_hidden(message);
    let secret = Secret::new(SECRET);
    let caught = std::panic::catch_unwind(|| assert_eq!(secret, Secret::new("other"))).unwrap_err();
    assert_hidden(caught.downcast_ref::<String>().unwrap());
}

#[test]
fn a6_an_error_of_reading_shows_no_value() {
    let line = written(|emitter| emitter.emit(&login("hello")));
    let line = payload(&line);
    let wrong = [
        serde_json::json!([[SECRET]]),
        serde_json::json!({ "deep": { "deep": SECRET } }),
        serde_json::json!([{ "password": { "password": [SECRET] } }]),
        serde_json::json!(SECRET),
    ];
    let mut refused = 0;
    for key in
        AuthLoginSuccess::META.fields().iter().map(|field| field.name).filter(|key| *key != "pin")
    {
        for value in &wrong {
            let mut line = line.clone();
            line[key] = value.clone();
            let json = line.to_string();
            let mut object = Input::parse(&json).unwrap().object().unwrap();
            if let Err(error) = AuthLoginSuccess::read(&mut object) {
                assert_hidden(&format!("{error} {error:?}"));
                refused += 1;
            }
        }
    }
    assert!(refused >= 30, "{refused}");
    for broken in [
        format!("{{\"password\":\"{SECRET}"),
        format!("{{\"password\":{SECRET}}}"),
        SECRET.to_owned(),
    ] {
        let error = Input::parse(&broken).unwrap_err();
        assert_hidden(&format!("{error} {error:?}"));
    }
}

/// The test above this one can fail: a field without a mask is found.
#[test]
#[should_panic(expected = "of the secret in")]
fn a6_what_is_not_hidden_is_found() {
    assert_hidden(&written(|emitter| emitter.emit(&login(&SECRET[3..9]))));
}
