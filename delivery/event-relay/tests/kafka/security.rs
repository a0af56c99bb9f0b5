//! Users, passwords and certificates, against servers that refuse them.
#![cfg(feature = "kafka-tls")]

use crate::messages::{Directory, message, unavailable};
use crate::{options, publish_one, target};
use event_core::Secret;
use event_relay::targets::kafka::{KafkaMechanism, KafkaSasl, KafkaTargetOptions, KafkaTls};
use receiver::{Certificates, Receiver};
use std::fs;
use test_servers::Kafka;

const PLANTED: &str = "PLANTED-7f3a";

fn sasl(mechanism: KafkaMechanism, password: &str) -> KafkaSasl {
    let password = Secret::new(password.to_owned());
    KafkaSasl { mechanism, user: "relay".to_owned(), password }
}

fn tls(directory: &Directory, certificates: &Certificates) -> KafkaTls {
    let path = directory.join("ca.pem");
    fs::write(&path, certificates.authority()).unwrap();
    KafkaTls { ca_file: Some(path), ..KafkaTls::default() }
}

#[test]
fn a_refused_password_blames_no_event_and_is_not_shown() {
    let Some(kafka) = Kafka::setup().argument("--authentication").start() else { return };
    for mechanism in
        [KafkaMechanism::ScramSha512, KafkaMechanism::ScramSha256, KafkaMechanism::Plain]
    {
        let sasl = Some(sasl(mechanism, PLANTED));
        let mut target = target(KafkaTargetOptions { sasl, ..options(&kafka.url()) });
        let (reason, _) = unavailable(publish_one(&mut target, message(1)));
        assert!(reason.contains("within 3s: the brokers refuse the user"), "{reason}");
        assert!(!reason.contains(PLANTED), "{reason}");
    }
}

/// The server speaks HTTP behind the handshake, which is as far as it gets.
#[test]
fn a_certificate_of_the_file_is_trusted() {
    let (directory, certificates) = (Directory::new(), Certificates::of("localhost"));
    let receiver = Receiver::start_tls(&certificates);
    let url = receiver.url("");
    let brokers = url.strip_prefix("https://").unwrap();
    let tls = Some(tls(&directory, &certificates));
    let mut target = target(KafkaTargetOptions { tls, ..options(brokers) });
    let (reason, _) = unavailable(publish_one(&mut target, message(1)));
    assert!(!reason.contains("certificate") && !reason.contains("handshake"), "{reason}");
    assert!(reason.contains("brokers are down") || reason.contains("APIVERSION"), "{reason}");
}

#[test]
fn another_certificate_is_not() {
    let (directory, certificates) = (Directory::new(), Certificates::of("localhost"));
    let receiver = Receiver::start_tls(&certificates);
    let url = receiver.url("");
    let brokers = url.strip_prefix("https://").unwrap();
    for tls in [KafkaTls::default(), tls(&directory, &Certificates::of("localhost"))] {
        let mut target = target(KafkaTargetOptions { tls: Some(tls), ..options(brokers) });
        let (reason, _) = unavailable(publish_one(&mut target, message(1)));
        assert!(reason.contains(&format!("ssl://{brokers}/bootstrap: ")), "{reason}");
        assert!(reason.contains("certificate"), "{reason}");
    }
    assert_eq!(receiver.requests().len(), 0);
}

#[test]
fn a_certificate_of_another_host_is_not_trusted() {
    let (directory, elsewhere) = (Directory::new(), Certificates::of("elsewhere.example"));
    let receiver = Receiver::start_tls(&elsewhere);
    let url = receiver.url("");
    let tls = Some(tls(&directory, &elsewhere));
    let brokers = url.strip_prefix("https://").unwrap();
    let mut target = target(KafkaTargetOptions { tls, ..options(brokers) });
    let (reason, _) = unavailable(publish_one(&mut target, message(1)));
    assert!(reason.contains("certificate"), "{reason}");
}
