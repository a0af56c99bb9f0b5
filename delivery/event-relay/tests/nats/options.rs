//! Options that are refused at the start, in which words.

use crate::messages::Directory;
use event_core::Secret;
use event_relay::targets::nats::{
    ClientCertificate, Credentials, InvalidServers, NatsTarget, NatsTargetOptions, Servers,
};
use std::fs;

const SECRET: &str = "s3cr3t";

fn options() -> NatsTargetOptions {
    NatsTargetOptions::new(Servers::parse("nats://127.0.0.1").unwrap())
}

fn refused(options: NatsTargetOptions) -> String {
    NatsTarget::start("nats", options).unwrap_err().to_string()
}

#[test]
fn servers() {
    use InvalidServers::{Scheme, Url, User};
    for (text, why) in [
        ("", Url),
        ("nats://", Url),
        ("localhost:4222", Url),
        ("nats://localhost,", Url),
        ("nats://localhost/x", Url),
        ("nats://localhost:99999", Url),
        ("nats://a b", Url),
        ("http://localhost", Scheme),
        ("ws://localhost", Scheme),
        ("nats://ada:s3cr3t@localhost", User),
        ("nats://localhost, nats://s3cr3t@other", User),
    ] {
        let invalid = Servers::parse(text).unwrap_err();
        assert_eq!(invalid, why, "{text}");
        assert!(!invalid.to_string().contains(SECRET));
    }
    for text in ["nats://localhost", "tls://one:4443, nats://10.0.0.1:4222", "nats://[::1]:4222"] {
        assert_eq!(Servers::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn names() {
    let source = Some("a b".to_owned());
    let words = refused(NatsTargetOptions { source, ..options() });
    assert!(words.starts_with("the source \"a b\" is not a URI reference\nhelp: "), "{words}");
    let stream = Some("a.b".to_owned());
    let words = refused(NatsTargetOptions { stream, ..options() });
    assert!(words.starts_with("no stream can have the name \"a.b\"\nhelp: "), "{words}");
    let inbox_prefix = "_INBOX.>".to_owned();
    let words = refused(NatsTargetOptions { inbox_prefix, ..options() });
    assert!(words.starts_with("the prefix of inboxes \"_INBOX.>\" is not a subject\n"), "{words}");
}

#[test]
fn credentials() {
    let secret = |text: &str| Secret::new(text.to_owned());
    let account = nkeys::KeyPair::new_account().seed().unwrap();
    for seed in ["", SECRET, "SUAAAA", &account] {
        let credentials = Some(Credentials::Nkey(secret(seed)));
        let words = refused(NatsTargetOptions { credentials, ..options() });
        assert!(words.starts_with("the NKEY of the target is not the seed of a user\n"), "{words}");
        assert!(!words.contains(SECRET) && !words.contains(&account));
    }
    let credentials = Some(Credentials::File(secret(SECRET)));
    let words = refused(NatsTargetOptions { credentials, ..options() });
    assert!(words.starts_with("the credentials file of the target has not a JWT and a seed\n"));
    for credentials in [
        Credentials::Password { user: "ada".to_owned(), password: secret(SECRET) },
        Credentials::Token(secret(SECRET)),
        Credentials::Nkey(secret(SECRET)),
        Credentials::File(secret(SECRET)),
    ] {
        let options = NatsTargetOptions { credentials: Some(credentials), ..options() };
        assert!(!format!("{options:?}").contains(SECRET));
    }
}

#[test]
fn files() {
    let directory = Directory::new();
    let path = directory.join("x.pem");
    let ca = || NatsTargetOptions { ca_file: Some(path.clone()), ..options() };
    let start = format!("the file `{}` ", path.display());
    let words = |options| refused(options).strip_prefix(&start).unwrap().to_owned();
    assert!(words(ca()).starts_with("cannot be read: "));
    fs::write(&path, "hello").unwrap();
    assert_eq!(words(ca()), "has no certificate (`-----BEGIN CERTIFICATE-----`)");
    fs::write(&path, "-----BEGIN CERTIFICATE-----\n!s3cr3t\n-----END CERTIFICATE-----\n").unwrap();
    assert_eq!(words(ca()), "is not PEM");
    let certificates = receiver::Certificates::of("relay");
    let own = directory.join("own.pem");
    fs::write(&own, certificates.certificate()).unwrap();
    fs::write(&path, certificates.certificate()).unwrap();
    let certificate = Some(ClientCertificate { certificate: own, key: path.clone() });
    let words = words(NatsTargetOptions { certificate, ..options() });
    assert_eq!(words, "has no private key in PEM");
}
