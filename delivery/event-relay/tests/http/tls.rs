//! TLS, with an authority that no system trusts.

use crate::messages::{Directory, delivered, publish, unavailable};
use crate::{options, target};
use event_relay::targets::http::{Endpoint, HttpTarget, HttpTargetOptions};
use receiver::{Certificates, Receiver};
use std::fs;
use std::path::PathBuf;

const CHILD: &str = "EVENT_RELAY_TLS";

fn ca_file(directory: &Directory, certificates: &Certificates) -> PathBuf {
    let path = directory.join("ca.pem");
    fs::write(&path, certificates.authority()).unwrap();
    path
}

#[test]
fn a_certificate_of_the_file_is_trusted() {
    let (directory, certificates) = (Directory::new(), Certificates::of("localhost"));
    let receiver = Receiver::start_tls(&certificates);
    let ca_file = Some(ca_file(&directory, &certificates));
    let target = target(HttpTargetOptions { ca_file, ..options(&receiver) });
    for seq in 1..=3 {
        assert_eq!(publish(&target, [seq]), delivered(0));
    }
    let requests = receiver.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.connection == 0), "one handshake");
}

#[test]
fn another_certificate_is_not() {
    let (directory, certificates) = (Directory::new(), Certificates::of("localhost"));
    let receiver = Receiver::start_tls(&certificates);
    let (reason, _) = unavailable(publish(&target(options(&receiver)), [1]));
    assert!(reason.contains(" cannot be reached"), "{reason}");

    let other = Some(ca_file(&directory, &Certificates::of("localhost")));
    let target_of_other = target(HttpTargetOptions { ca_file: other, ..options(&receiver) });
    let (reason, _) = unavailable(publish(&target_of_other, [1]));
    assert!(reason.contains("invalid peer certificate"), "{reason}");

    let elsewhere = Certificates::of("elsewhere.example");
    let receiver = Receiver::start_tls(&elsewhere);
    let ca_file = Some(ca_file(&directory, &elsewhere));
    let wrong_host = target(HttpTargetOptions { ca_file, ..options(&receiver) });
    let (reason, _) = unavailable(publish(&wrong_host, [1]));
    assert!(reason.contains("certificate not valid for name \"localhost\""), "{reason}");
    assert_eq!(receiver.requests().len(), 0);
}

#[test]
fn a_receiver_without_tls_is_not_reached_with_it() {
    let receiver = Receiver::start();
    let url = receiver.url("/events").replace("http://", "https://");
    let target = target(HttpTargetOptions::new(Endpoint::parse(&url).unwrap()));
    let (reason, _) = unavailable(publish(&target, [1]));
    assert!(reason.starts_with(&format!("`{url}` ")), "{reason}");
    assert_eq!(receiver.requests().len(), 0);
}

#[test]
fn files_of_certificates() {
    let directory = Directory::new();
    let path = directory.join("ca.pem");
    let error = |url: &str| {
        let endpoint = Endpoint::parse(url).unwrap();
        let ca_file = Some(path.clone());
        let error =
            HttpTarget::new(HttpTargetOptions { ca_file, ..HttpTargetOptions::new(endpoint) });
        let words = error.unwrap_err().to_string();
        let start = format!("the file of certificates `{}` ", path.display());
        words.strip_prefix(&start).unwrap().to_owned()
    };
    assert!(error("https://localhost").starts_with("cannot be read: "));
    for content in ["", "hello", "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n"] {
        fs::write(&path, content).unwrap();
        assert_eq!(
            error("https://localhost"),
            "has no certificate (`-----BEGIN CERTIFICATE-----`)",
            "{content:?}"
        );
    }
    fs::write(&path, "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n").unwrap();
    assert_eq!(error("https://localhost"), "is not PEM");
    assert_eq!(error("http://localhost"), "is not used: the URL of the target is not https");
}

/// Not a test: a child that sends to the first of the URLs, whose authority the system trusts, and
/// to the second, whose authority is in a file.
#[test]
fn trusting_child() {
    let Ok(arguments) = std::env::var(CHILD) else { return };
    let [first, second, file] = arguments.split(' ').collect::<Vec<_>>()[..] else { panic!() };
    for (url, ca_file) in [(first, None), (first, Some(file)), (second, Some(file))] {
        let endpoint = Endpoint::parse(url).unwrap();
        let ca_file = ca_file.map(PathBuf::from);
        let target = target(HttpTargetOptions { ca_file, ..HttpTargetOptions::new(endpoint) });
        assert_eq!(publish(&target, [1]), delivered(0));
    }
}

/// What the system trusts can be said by the environment where OpenSSL's rules hold.
#[cfg(target_os = "linux")]
#[test]
fn the_file_is_in_addition_to_the_system() {
    let [system, own] = [Certificates::of("localhost"), Certificates::of("localhost")];
    let [first, second] = [Receiver::start_tls(&system), Receiver::start_tls(&own)];
    let [trusted, file] = [Directory::new(), Directory::new()];
    let arguments =
        [first.url("/"), second.url("/"), ca_file(&file, &own).to_str().unwrap().to_owned()];
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tls::trusting_child", "--nocapture"])
        .env(CHILD, arguments.join(" "))
        .env("SSL_CERT_FILE", ca_file(&trusted, &system))
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    assert_eq!((first.requests().len(), second.requests().len()), (2, 1));
}
