//! Targets of Kafka: what is read, refused and shown.

use crate::read;

#[cfg(not(feature = "kafka"))]
#[test]
fn a_relay_without_the_feature_says_so() {
    let text = "database = \"shop.db\"\nlock = \"none\"\n[targets.stream]\ntype = \"kafka\"\n\
                brokers = \"localhost:9092\"\n";
    let error = read(text, &[]).expect_err("it cannot").to_string();
    let expected = "relay.toml:4:8: this event-relay is built without `kafka`\n  help: build it \
                    with the feature, in a checkout of its source: `cargo install --path \
                    delivery/event-relay --features ";
    assert!(error.contains(expected) && error.ends_with("kafka`"), "{error}");
    assert_eq!(error.lines().count(), 2, "its keys are not judged: {error}");
}

#[cfg(feature = "kafka")]
mod built_in {
    use super::read;
    use crate::environment;
    use event_relay::config::{TargetKind, check};
    use event_relay::targets::kafka::KafkaTargetOptions;
    use std::fs;
    use std::time::Duration;

    const PLANTED: &str = "PLANTED-7f3a";
    const BROKERS: &str = "brokers = \"localhost:9092\"\n";

    fn lines(lines: &str) -> String {
        format!(
            "database = \"shop.db\"\nlock = \"none\"\n[targets.stream]\ntype = \"kafka\"\n{lines}"
        )
    }

    fn options(text: &str) -> KafkaTargetOptions {
        let config = read(&lines(text), &[("TOKEN", PLANTED)]).expect("it is valid");
        let TargetKind::Kafka(kafka) = &config.targets[0].kind else { panic!("it is Kafka") };
        kafka.options.clone()
    }

    #[test]
    fn defaults() {
        let options = options(BROKERS);
        assert_eq!(
            (&*options.brokers, options.topic.to_string()),
            ("localhost:9092", "events.{entity_type}".to_owned())
        );
        assert_eq!((options.timeout, options.in_flight), (Duration::from_secs(30), 1_000));
        assert_eq!((options.max_event_bytes, options.source), (1_024_000, None));
        assert!(options.tls.is_none() && options.sasl.is_none() && options.properties.is_empty());
    }

    #[cfg(feature = "kafka-tls")]
    #[test]
    fn the_documented_example_is_read() {
        let source = include_str!("../../src/config/mod.rs");
        let (_, example) = source.split_once("//! type = \"kafka\"\n").expect("there is one");
        let (example, _) = example.split_once("//! ```\n").expect("the example ends");
        let keys = example.lines().map(|line| line.trim_start_matches("//!").trim_start());
        let text = lines(&keys.collect::<Vec<_>>().join("\n"));
        let text = text.replace("file:password", "env:KAFKA_PASSWORD");
        let config = read(&text, &[("KAFKA_PASSWORD", PLANTED)]).expect("it is valid");
        let TargetKind::Kafka(kafka) = &config.targets[0].kind else { panic!("it is Kafka") };
        let shown = "scram-sha-512, user relay, env:KAFKA_PASSWORD";
        assert_eq!(kafka.auth.as_deref(), Some(shown));
        let (written, defaults) = (&kafka.options, options(BROKERS));
        assert_eq!(written.brokers, "one.internal:9093,two.internal:9093");
        assert_eq!((written.timeout, written.in_flight), (defaults.timeout, defaults.in_flight));
        assert_eq!(
            (&written.topic, written.max_event_bytes),
            (&defaults.topic, defaults.max_event_bytes)
        );
        assert!(!format!("{config:?} {config:#?}").contains(PLANTED));
    }

    #[test]
    fn every_key_has_a_variable() {
        let variables = [
            ("BROKERS", "one:1, two:2"),
            ("TOPIC", "shop.{domain}"),
            ("SOURCE", "/shop"),
            ("AUTH__MECHANISM", "plain"),
            ("AUTH__USER", "relay"),
            ("AUTH__PASSWORD", "env:TOKEN"),
            ("TLS", "off"),
            ("TIMEOUT", "7s"),
            ("IN_FLIGHT", "9"),
            ("MAX_EVENT_BYTES", "77KiB"),
        ];
        let names: Vec<String> = variables
            .iter()
            .map(|(key, _)| format!("EVENTS_RELAY_TARGETS__STREAM__{key}"))
            .collect();
        let values = variables.iter().map(|(_, value)| *value);
        let mut pairs: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(values).collect();
        pairs.push(("TOKEN", PLANTED));
        let config = read(&lines(""), &pairs).expect("it is valid");
        let shown = format!("{:?}", config.targets[0].kind);
        for part in [
            "one:1,two:2",
            "shop.",
            "/shop",
            "Plain",
            "relay",
            "env:TOKEN",
            "7s",
            "in_flight: 9",
            "78848",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(!shown.contains(PLANTED), "{shown}");
    }

    #[test]
    fn errors() {
        let url = "url = \"http://registry:8081\"";
        let relay = "auth = { mechanism = \"plain\", user = \"relay\"";
        for (text, words) in [
            ("", "`targets.stream.brokers` is missing"),
            ("brokers = \"localhost\"", "`targets.stream.brokers` is not a list of brokers"),
            ("brokers = \"a:1,,b:2\"", "`targets.stream.brokers` is not a list of brokers"),
            ("brokers = \"kafka://PLANTED-7f3a@a:1\"", "help: write `HOST:PORT`, without a scheme"),
            ("topic = \"a.{tenant}\"", "`targets.stream.topic` has an unknown placeholder\n"),
            ("topic = \"a b\"", "`targets.stream.topic` is not a name of a topic\n  help: write 1"),
            ("source = \"a b\"", "`targets.stream.source` is not a URI reference"),
            ("in_flight = 10001", "must be a whole number from 1 to 10000"),
            ("max_event_bytes = \"65MiB\"", "must be a size from 1B to 64MiB"),
            ("auth = {}", "`targets.stream.auth.mechanism` is missing\n  help: write `mech"),
            ("auth = { mechanism = \"gssapi\" }", "help: write one of `plain`, `scram-sha-256`"),
            (&format!("{relay} }}"), "`targets.stream.auth.password` is missing\n"),
            (
                &format!("{relay}, password = \"PLANTED-7f3a\" }}"),
                "is not `env:NAME` or `file:PATH`",
            ),
            (
                "ca_file = \"x\"",
                "`targets.stream.ca_file` is for TLS\n  help: write `tls = \"on\"`",
            ),
            (
                "private_key_password = \"env:TOKEN\"",
                "`targets.stream.private_key_password` is for",
            ),
            ("certificate = \"x\"\ntls = \"off\"", "`targets.stream.private_key` is missing"),
            ("private_key = \"x\"\ntls = \"off\"", "`targets.stream.certificate` is missing"),
            (
                "properties = { acks = \"PLANTED-7f3a\" }",
                "`targets.stream.properties.acks` is not for",
            ),
            ("properties = { \"sasl.password\" = \"PLANTED-7f3a\" }", "help: write `auth` in the"),
            ("properties = { \"linger.ms\" = 5 }", "must be a text\n  help: write it in quotes"),
            ("properties = { \"linger.ms\" = \"PLANTED-7f3a\" }", "or a value that librdkafka"),
            ("registry = {}", "`targets.stream.registry.url` is missing\n  help: write `url = "),
            (&format!("registry = {{ {url}, subject = \"x\" }}"), "is not a template of subjects"),
            (
                &format!("registry = {{ {url}, auth = {{}} }}"),
                "registry.auth` has neither `bearer`",
            ),
            ("registry = { url = \"http://PLANTED-7f3a@x\" }", "has a user or a password in it"),
            (
                "registry = { url = \"http://x?PLANTED-7f3a\" }",
                "`targets.stream.registry.url` has a query",
            ),
            ("nonsense = 1", "unknown key `targets.stream.nonsense`"),
        ] {
            let text = if text.contains("brokers") || text.is_empty() {
                lines(text)
            } else {
                lines(&format!("{BROKERS}{text}"))
            };
            let error = read(&text, &[("TOKEN", PLANTED)]).expect_err(&text);
            let shown = format!("{error}\n{error:?}");
            assert!(error.to_string().contains(words), "{text}\n{error}");
            assert!(!shown.contains(PLANTED), "{shown}");
        }
    }

    #[cfg(not(feature = "kafka-tls"))]
    #[test]
    fn tls_and_scram_need_their_feature() {
        let scram =
            "auth = { mechanism = \"scram-sha-256\", user = \"a\", password = \"env:TOKEN\" }";
        for (text, what) in [("tls = \"on\"", "TLS"), (scram, "SCRAM")] {
            let text = lines(&format!("{BROKERS}{text}"));
            let error = read(&text, &[("TOKEN", PLANTED)]).expect_err("it cannot").to_string();
            let words = format!(
                "this event-relay is built without {what} for Kafka\n  help: build it with \
                 the feature, in a checkout of its source: `cargo install --path \
                 delivery/event-relay --features https,kafka,kafka-tls"
            );
            assert!(error.contains(&words), "{error}");
        }
    }

    fn checked(name: &str, text: &str) -> Result<String, String> {
        let directory =
            std::env::temp_dir().join(format!("event-relay-kafka-{name}-{}", std::process::id()));
        fs::create_dir_all(&directory).expect("it can be made");
        let file = directory.join("relay.toml");
        fs::write(directory.join("shop.db"), "").expect("it can be written");
        fs::write(&file, lines(text)).expect("it can be written");
        let answer = check(Some(&file), environment(&[("TOKEN", PLANTED)]).into_iter());
        fs::remove_dir_all(&directory).expect("it can be removed");
        let here = directory.display().to_string() + "/";
        let shown = |text: &str| text.replace(&here, "");
        answer.map(|table| shown(&table)).map_err(|error| shown(&error.to_string()))
    }

    #[test]
    fn what_runs_is_shown() {
        let text = "brokers = \"one:9092\"\nsource = \"/shop\"\n\
                    auth = { mechanism = \"plain\", user = \"relay\", password = \"env:TOKEN\" }\n\
                    properties = { \"linger.ms\" = \"5\" }\n\
                    registry = { url = \"http://registry:8081\", auth = { bearer = \"env:TOKEN\" } }";
        let table = checked("shown", text).expect("it can be used");
        let (_, target) = table.split_once("\n\n").expect("a target");
        assert_eq!(
            target,
            "target            stream
  type            kafka
  brokers         one:9092
  topic           events.{entity_type}
  source          /shop
  auth            plain, user relay, env:TOKEN
  tls             off
                  the password is proven over connections that anyone can read: write `tls`
  timeout         30s
  in_flight       1000
  max_event_bytes 1000KiB
  registry        http://registry:8081/
    subject       {event}.v{version}-value
    auth          bearer env:TOKEN
  property        linger.ms = 5
  attempts        10
  on_poison       block_entity
"
        );
    }

    #[cfg(feature = "kafka-tls")]
    #[test]
    fn a_file_that_cannot_be_used_is_found_before_the_relay_runs() {
        let text = format!("{BROKERS}tls = \"on\"\nca_file = \"nowhere.pem\"");
        let error = checked("file", &text).expect_err("it is not there");
        let words = "the target `stream` cannot be used: the file `nowhere.pem` cannot be read: No";
        assert!(error.contains(words), "{error}");
    }
}
