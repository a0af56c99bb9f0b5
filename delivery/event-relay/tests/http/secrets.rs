//! Planted secrets: in no reason, no error, no `Debug`.

use crate::messages::{self, PAYLOAD, message, publish};
use crate::{MODES, target};
use event_core::Secret;
use event_relay::targets::BlockingTarget;
use event_relay::targets::http::{Authorization, Endpoint, HttpTarget, HttpTargetOptions};
use receiver::{Answer, Receiver};
use std::sync::Arc;

const TOKEN: &str = "t0ken-s3cr3t";
const PASSWORD: &str = "passw0rd-s3cr3t";
const KEY: &str = "k3y-s3cr3t";
const CODE: &str = "c0de-s3cr3t";
const ENTITY: &str = "ord_9f2c8a";

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn authorizations() -> [Authorization; 2] {
    [
        Authorization::Bearer(secret(TOKEN)),
        Authorization::Basic { user: "ada".to_owned(), password: secret(PASSWORD) },
    ]
}

fn options(url: &str, authorization: Authorization) -> HttpTargetOptions {
    HttpTargetOptions {
        authorization: Some(authorization),
        headers: vec![("X-Api-Key".to_owned(), secret(KEY))],
        ..HttpTargetOptions::new(Endpoint::parse(url).unwrap())
    }
}

/// Fails if a text has a secret, in plain or as Base64.
fn no_secret(text: &str) {
    for secret in [TOKEN, PASSWORD, KEY, CODE, PAYLOAD, ENTITY, "YWRhOnBhc3N3MHJkLXMzY3IzdA=="] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn credentials_are_sent_to_the_receiver() {
    let receiver = Receiver::start();
    let url = receiver.url(&format!("/events?code={CODE}"));
    for (authorization, expected) in authorizations()
        .into_iter()
        .zip([format!("Bearer {TOKEN}"), "Basic YWRhOnBhc3N3MHJkLXMzY3IzdA==".to_owned()])
    {
        publish(&target(options(&url, authorization)), [1]);
        let request = receiver.requests().remove(0);
        assert_eq!(request.header("authorization"), Some(&*expected));
        assert_eq!(request.header("x-api-key"), Some(KEY));
        assert_eq!(request.target, format!("/events?code={CODE}"));
    }
}

#[test]
fn no_output_has_a_secret() {
    for mode in MODES {
        for authorization in authorizations() {
            let receiver = Receiver::start();
            let url = receiver.url(&format!("/events?code={CODE}"));
            let options = HttpTargetOptions {
                mode,
                max_event_bytes: Some(2_000),
                timeout: std::time::Duration::from_millis(200),
                ..options(&url, authorization)
            };
            no_secret(&format!("{options:?}"));
            let target = target(options);
            no_secret(&format!("{target:?} {target:#?}"));
            // A receiver that repeats everything.
            let all = [TOKEN, PASSWORD, KEY, CODE, PAYLOAD, ENTITY].join(" ");
            let answer = |status| Answer::Status {
                status,
                headers: vec![("retry-after", all.clone()), ("location", format!("/{CODE}"))],
                body: all.clone(),
            };
            let late = Answer::Late(std::time::Duration::from_secs(1));
            receiver.script([302, 400, 401, 413, 429, 503].map(answer));
            receiver.script([Answer::Cut, Answer::Noise, late]);
            for _ in 0..9 {
                let outcome = publish(&target, [1]);
                assert_ne!(outcome, messages::delivered(0));
                no_secret(&format!("{outcome:?}"));
            }
            drop(receiver);
            no_secret(&format!("{:?}", publish(&target, [1])));
            let mut large = message(1);
            large.envelope = large.envelope.replace(PAYLOAD, &PAYLOAD.repeat(400));
            no_secret(&format!("{:?}", target.publish(&[Arc::new(large)])));
        }
    }
}

#[test]
fn no_error_has_a_secret() {
    for url in [
        format!("http://ada:{PASSWORD}@localhost"),
        format!("http://ada:{PASSWORD}/x@localhost"),
        format!("ftp://localhost/{CODE}"),
        format!("http://local host/{CODE}"),
        format!("http://localhost/#{CODE}"),
        CODE.to_owned(),
    ] {
        let error = Endpoint::parse(&url).unwrap_err();
        no_secret(&format!("{error} {error:?}"));
    }
    let bad = |text: &str| secret(&format!("{text}\r\nx: y"));
    for options in [
        options("http://localhost", Authorization::Bearer(bad(TOKEN))),
        HttpTargetOptions {
            headers: vec![("x-key".to_owned(), bad(KEY))],
            ..options("http://localhost", Authorization::Bearer(secret(TOKEN)))
        },
    ] {
        let error = HttpTarget::new(options).unwrap_err();
        no_secret(&format!("{error} {error:?}"));
    }
}
