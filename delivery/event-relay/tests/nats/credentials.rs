//! How the relay authenticates itself, and what a server that refuses it makes of the events.

use crate::broker::{Broker, publish, send, target};
use crate::messages::{PAYLOAD, delivered, message, unavailable};
use async_nats::ConnectOptions;
use async_nats::jetstream::stream::Config;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use event_core::Secret;
use event_relay::targets::nats::{Credentials, NatsTargetOptions};
use nkeys::KeyPair;
use serde_json::{Value, json};
use std::time::Duration;
use test_servers::Nats;

const PASSWORD: &str = "passw0rd-s3cr3t";
const WRONG: &str = "wr0ng-s3cr3t";

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn password(user: &str, password: &str) -> Credentials {
    Credentials::Password { user: user.to_owned(), password: secret(password) }
}

/// Delivers with the right credentials, and is away with the wrong ones and with none.
fn check(broker: &Broker, right: Credentials, wrong: &Credentials, seeds: &[&str]) {
    broker.stream(Config::default());
    let with = |credentials: Option<Credentials>| NatsTargetOptions {
        credentials,
        timeout: Duration::from_millis(700),
        ..broker.options()
    };
    let of_the_right = with(Some(right));
    assert_eq!(publish(&mut target(of_the_right.clone()), 1), delivered(0));
    for credentials in [Some(wrong.clone()), None] {
        let (reason, _) = unavailable(publish(&mut target(with(credentials)), 2));
        assert!(reason.starts_with("cannot connect to `nats://127.0.0.1:"), "{reason}");
        assert!(reason.contains("authorization violation"), "{reason}");
        assert!(
            reason.ends_with(
                "\nhelp: the server refuses the credentials; check `auth` of the target"
            ),
            "{reason}"
        );
        for secret in [PASSWORD, WRONG, PAYLOAD].iter().chain(seeds) {
            assert!(!reason.contains(secret), "{reason}");
        }
    }
    assert_eq!(broker.count(), 1);
}

#[test]
fn user_and_password() {
    let setup =
        Nats::setup().config(&format!("authorization {{ user: relay, password: \"{PASSWORD}\" }}"));
    let options = ConnectOptions::with_user_and_password("relay".into(), PASSWORD.into());
    let Some(broker) = Broker::of(setup, options) else { return };
    check(&broker, password("relay", PASSWORD), &password("relay", WRONG), &[]);
}

#[test]
fn token() {
    let setup = Nats::setup().config(&format!("authorization {{ token: \"{PASSWORD}\" }}"));
    let options = ConnectOptions::with_token(PASSWORD.into());
    let Some(broker) = Broker::of(setup, options) else { return };
    let [right, wrong] = [PASSWORD, WRONG].map(|token| Credentials::Token(secret(token)));
    check(&broker, right, &wrong, &[]);
}

#[test]
fn nkey() {
    let [user, other] = [KeyPair::new_user(), KeyPair::new_user()];
    let [seed, wrong] = [&user, &other].map(|pair| pair.seed().unwrap());
    let users = format!("authorization {{ users: [{{ nkey: {} }}] }}", user.public_key());
    let options = ConnectOptions::with_nkey(seed.clone());
    let Some(broker) = Broker::of(Nats::setup().config(&users), options) else { return };
    let [right, other] = [&seed, &wrong].map(|seed| Credentials::Nkey(secret(seed)));
    check(&broker, right, &other, &[&seed, &wrong]);
}

/// A JWT of NATS (version 2) about `subject`.
fn jwt(issuer: &KeyPair, subject: &KeyPair, nats: &Value) -> String {
    let claims = json!({ "jti": "1", "iat": 1, "iss": issuer.public_key(),
        "sub": subject.public_key(), "name": "test", "nats": nats });
    let header = json!({ "typ": "JWT", "alg": "ed25519-nkey" });
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let [header, claims] = [header, claims].map(|part| encode(part.to_string().as_bytes()));
    let signed = format!("{header}.{claims}");
    let signature = encode(&issuer.sign(signed.as_bytes()).unwrap());
    format!("{signed}.{signature}")
}

fn credentials_file(account: &KeyPair, user: &KeyPair) -> String {
    let nats = json!({ "type": "user", "version": 2, "pub": {}, "sub": {}, "subs": -1,
        "data": -1, "payload": -1 });
    let (jwt, seed) = (jwt(account, user, &nats), user.seed().unwrap());
    format!(
        "-----BEGIN NATS USER JWT-----\n{jwt}\n------END NATS USER JWT------\n\n\
         -----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
    )
}

#[test]
fn file() {
    let (operator, account) = (KeyPair::new_operator(), KeyPair::new_account());
    let system = KeyPair::new_account();
    // No streams: the account of the system has none.
    let mut limits = json!({ "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1,
        "wildcards": true, "conn": -1, "leaf": -1 });
    let of_the_system = json!({ "type": "account", "version": 2, "limits": limits });
    for limit in ["mem_storage", "disk_storage", "streams", "consumer"] {
        limits[limit] = json!(-1);
    }
    let nats = json!({ "type": "account", "version": 2, "limits": limits });
    let config = format!(
        "operator: {}\nsystem_account: {system}\nresolver: MEMORY\n\
         resolver_preload: {{ {system}: {}, {}: {} }}",
        jwt(&operator, &operator, &json!({ "type": "operator", "version": 2 })),
        jwt(&operator, &system, &of_the_system),
        account.public_key(),
        jwt(&operator, &account, &nats),
        system = system.public_key(),
    );
    let (user, other) = (KeyPair::new_user(), KeyPair::new_account());
    let [right, wrong] = [&account, &other].map(|account| credentials_file(account, &user));
    let options = ConnectOptions::with_credentials(&right).unwrap();
    let Some(broker) = Broker::of(Nats::setup().config(&config), options) else { return };
    let [right, wrong] = [right, wrong].map(|text| Credentials::File(secret(&text)));
    check(&broker, right, &wrong, &[&user.seed().unwrap()]);
}

/// The server says what a connection may not do, and never names the message.
#[test]
fn permissions() {
    let config = format!(
        "authorization {{ users: [
            {{ user: admin, password: \"{PASSWORD}\" }}
            {{ user: mute, password: \"{PASSWORD}\", permissions: {{ publish: \"other.>\" }} }}
            {{ user: deaf, password: \"{PASSWORD}\", permissions: {{ subscribe: \"_INBOX_a.>\" }} }}
        ] }}"
    );
    let options = ConnectOptions::with_user_and_password("admin".into(), PASSWORD.into());
    let Some(broker) = Broker::of(Nats::setup().config(&config), options) else { return };
    broker.stream(Config::default());
    let with = |user: &str| NatsTargetOptions {
        credentials: Some(password(user, PASSWORD)),
        timeout: Duration::from_millis(700),
        ..broker.options()
    };
    let mut mute = target(with("mute"));
    for (_, outcome) in send(&mut mute, (1..=50).map(message)) {
        assert_eq!(
            unavailable(outcome).0,
            "the relay may not publish to `events.order.payment.submitted`\nhelp: allow it to the \
             user of the target"
        );
    }
    let mut deaf = target(with("deaf"));
    let (reason, _) = unavailable(publish(&mut deaf, 1));
    let start = "the relay may not subscribe to `_INBOX.>`, so that no acknowledgement arrives\n";
    assert!(reason.starts_with(start), "{reason}");
    let inbox_prefix = "_INBOX_a".to_owned();
    let mut hearing = target(NatsTargetOptions { inbox_prefix, ..with("deaf") });
    assert_eq!(publish(&mut hearing, 2), delivered(0));
    assert_eq!(broker.count(), 2, "the first one is there, and was not acknowledged");
}
