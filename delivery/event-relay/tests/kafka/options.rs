//! Which options are refused, and in which words. No secret is shown.

use crate::options;
use event_core::Secret;
use event_relay::targets::kafka::{
    KafkaMechanism, KafkaProperty, KafkaSasl, KafkaTarget, KafkaTargetOptions, KafkaTls,
};

const PLANTED: &str = "PLANTED-7f3a";

fn sasl(mechanism: KafkaMechanism) -> KafkaSasl {
    let password = Secret::new(PLANTED.to_owned());
    KafkaSasl { mechanism, user: "relay".to_owned(), password }
}

#[test]
fn properties_change_how_fast_events_are_sent_only() {
    for (name, value) in [
        ("compression.type", "lz4"),
        ("linger.ms", "5"),
        ("client.id", "shop-relay"),
        ("partitioner", "consistent_random"),
        ("socket.keepalive.enable", "true"),
        ("batch.size", "1000000"),
    ] {
        let property = KafkaProperty::new(name, value).unwrap();
        assert_eq!((property.name(), property.value()), (name, value));
    }
    for (names, words) in [
        (
            "acks request.required.acks enable.idempotence retries message.send.max.retries \
             max.in.flight delivery.report.only.error transactional.id queuing.strategy \
             enable.gapless.guarantee enable.ssl.certificate.verification",
            "is not for a configuration: the guarantees of the relay depend on it",
        ),
        (
            "bootstrap.servers metadata.broker.list sasl.password sasl.oauthbearer.config \
             ssl.key.password security.protocol message.max.bytes delivery.timeout.ms \
             queue.buffering.max.messages",
            "is set by an option of the target",
        ),
        (
            "debug plugin.library.paths test.mock.num.brokers statistics.interval.ms log_level \
             queue.buffering.max.kbytes opaque nonsense",
            "is not one that a configuration may set",
        ),
        ("client.nonsense compression.type", "has an unknown name, or a value that"),
    ] {
        for name in names.split_whitespace() {
            let error = KafkaProperty::new(name, PLANTED).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(error.to_string().contains(words), "{name}: {error}");
            assert!(shown.contains(name) && !shown.contains(PLANTED), "{shown}");
        }
    }
    assert!(KafkaProperty::new("partitioner", "random").is_err());
}

#[test]
fn no_password_is_shown() {
    let tls =
        KafkaTls { key_password: Some(Secret::new(PLANTED.to_owned())), ..KafkaTls::default() };
    let options = KafkaTargetOptions {
        sasl: Some(sasl(KafkaMechanism::Plain)),
        tls: Some(tls),
        ..options("127.0.0.1:1")
    };
    let shown = format!("{options:?} {options:#?} {:?}", KafkaTarget::new(options.clone()));
    assert!(shown.contains("relay") && !shown.contains(PLANTED), "{shown}");
}

#[test]
#[cfg(feature = "kafka-tls")]
fn a_file_that_cannot_be_used_is_named() {
    let directory = crate::messages::Directory::new();
    let broken = directory.join("broken.pem");
    std::fs::write(&broken, "no certificate").unwrap();
    let error_of = |tls: KafkaTls| {
        let options = KafkaTargetOptions { tls: Some(tls), ..options("127.0.0.1:1") };
        assert_eq!(options.check().unwrap_err(), KafkaTarget::new(options.clone()).unwrap_err());
        options.check().unwrap_err().to_string()
    };
    let missing = Some(directory.join("missing.pem"));
    let error = error_of(KafkaTls { certificate_file: missing, ..KafkaTls::default() });
    assert!(error.contains("missing.pem` cannot be read: No such file"), "{error}");
    let error = error_of(KafkaTls { ca_file: Some(broken.clone()), ..KafkaTls::default() });
    assert!(error.contains("refuses the options: ssl.ca.location failed: "), "{error}");
    let password = Some(Secret::new(PLANTED.to_owned()));
    let error = error_of(KafkaTls {
        key_file: Some(broken),
        key_password: password,
        ..KafkaTls::default()
    });
    assert!(error.contains("refuses the options: ssl.key.location failed: "), "{error}");
    assert!(!error.contains(PLANTED), "{error}");
}

#[test]
#[cfg(not(feature = "kafka-tls"))]
fn tls_and_scram_need_their_feature() {
    let tls = KafkaTargetOptions { tls: Some(KafkaTls::default()), ..options("127.0.0.1:1") };
    let scram = sasl(KafkaMechanism::ScramSha256);
    let scram = KafkaTargetOptions { sasl: Some(scram), ..options("127.0.0.1:1") };
    for options in [tls, scram] {
        let error = KafkaTarget::new(options).unwrap_err().to_string();
        assert!(error.ends_with("help: build event-relay with the feature `kafka-tls`"), "{error}");
    }
}

/// librdkafka resolves and connects in the background, and what fails there has words.
#[test]
fn a_host_that_is_unknown_is_named() {
    let mut target = crate::target(options("nowhere.invalid:9092"));
    let outcome = crate::publish_one(&mut target, crate::messages::message(1));
    let (reason, _) = crate::messages::unavailable(outcome);
    assert!(reason.contains("within 3s: nowhere.invalid:9092/bootstrap: "), "{reason}");
}
