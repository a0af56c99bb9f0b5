//! Targets of NATS: what is read, refused and shown.

use crate::read;

#[cfg(not(feature = "nats"))]
#[test]
fn a_relay_without_the_feature_says_so() {
    let text = "database = \"shop.db\"\nlock = \"none\"\n[targets.bus]\ntype = \"nats\"\n\
                url = \"nats://localhost\"\n";
    let error = read(text, &[]).expect_err("it cannot").to_string();
    let expected = "relay.toml:4:8: this event-relay is built without `nats`\n  help: build it \
                    with the feature, in a checkout of its source: `cargo install --path \
                    delivery/event-relay --features ";
    assert!(error.contains(expected) && error.ends_with("nats`"), "{error}");
    assert_eq!(error.lines().count(), 2, "its keys are not judged: {error}");
}

#[cfg(feature = "nats")]
mod built_in {
    use super::read;
    use crate::environment;
    use event_relay::config::{TargetKind, check};
    use std::path::PathBuf;

    const PLANTED: &str = "PLANTED-7f3a";

    fn lines(lines: &str) -> String {
        format!("database = \"shop.db\"\nlock = \"none\"\n[targets.bus]\ntype = \"nats\"\n{lines}")
    }

    fn options(text: &str) -> event_relay::targets::nats::NatsTargetOptions {
        let config = read(&lines(text), &[("TOKEN", PLANTED)]).expect("it is valid");
        let TargetKind::Nats(nats) = &config.targets[0].kind else { panic!("it is NATS") };
        nats.options.clone()
    }

    #[test]
    fn the_documented_example_is_read() {
        let source = include_str!("../../src/config/mod.rs");
        let mut examples = source.split("//! ```toml\n");
        let example = examples.find(|example| example.contains("type = \"nats\""));
        let example = example.expect("NATS has an example");
        let (example, _) = example.split_once("//! ```\n").expect("the example ends");
        let keys = example.lines().map(|line| line.trim_start_matches("//!").trim_start());
        let keys: Vec<&str> = keys.skip(2).collect();
        let config = read(&lines(&keys.join("\n")), &[("NATS_SEED", PLANTED)]);
        let TargetKind::Nats(nats) = &config.expect("it is valid").targets[0].kind else {
            panic!()
        };
        assert_eq!(nats.auth.as_deref(), Some("nkey env:NATS_SEED"));
        assert_eq!(nats.options.servers.urls().len(), 2);
        let written = &nats.options;
        let defaults = options("url = \"nats://localhost\"");
        assert_eq!((written.timeout, written.in_flight), (defaults.timeout, defaults.in_flight));
        assert_eq!(
            (&written.subject, &written.inbox_prefix),
            (&defaults.subject, &defaults.inbox_prefix)
        );
    }

    #[test]
    fn defaults() {
        let options = options("url = \"nats://localhost\"");
        assert_eq!(options.subject.to_string(), "events.{event_type}");
        assert_eq!((options.timeout.as_secs(), options.in_flight), (5, 256));
        assert_eq!((options.stream, &*options.inbox_prefix), (None, "_INBOX"));
        assert!(options.credentials.is_none() && options.ca_file.is_none());
    }

    #[test]
    fn every_key_has_a_variable() {
        let variables = [
            ("URL", "nats://one, nats://two"),
            ("SUBJECT", "shop.{entity_type}"),
            ("STREAM", "SHOP"),
            ("SOURCE", "/shop"),
            ("AUTH__TOKEN", "env:TOKEN"),
            ("CA_FILE", "/ca.pem"),
            ("CERTIFICATE", "/relay.pem"),
            ("PRIVATE_KEY", "/relay.key"),
            ("INBOX_PREFIX", "_INBOX_relay"),
            ("TIMEOUT", "7s"),
            ("IN_FLIGHT", "9"),
        ];
        let names: Vec<String> =
            variables.iter().map(|(key, _)| format!("EVENTS_RELAY_TARGETS__BUS__{key}")).collect();
        let values = variables.iter().map(|(_, value)| *value);
        let mut pairs: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(values).collect();
        pairs.push(("TOKEN", PLANTED));
        let config = read(&lines(""), &pairs).expect("it is valid");
        let shown = format!("{:?}", config.targets[0].kind);
        for part in ["nats://two", "entity_type", "SHOP", "/shop", "_INBOX_relay"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        for part in ["/ca.pem", "/relay.pem", "/relay.key", "7s", "in_flight: 9", "env:TOKEN"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(!shown.contains(PLANTED), "{shown}");
    }

    #[test]
    fn errors() {
        let auth = "several kinds of credentials";
        for (text, words) in [
            ("", "`targets.bus.url` is missing"),
            ("url = \"http://x\"", "`targets.bus.url` does not begin with `nats://` or `tls://`"),
            (
                "url = \"nats://x/y\"",
                "`targets.bus.url` must be URLs with a host and without a path",
            ),
            ("url = \"nats://PLANTED-7f3a@x\"", "`targets.bus.url` has a user or a password in it"),
            ("subject = \"a.{tenant}\"", "`targets.bus.subject` has an unknown placeholder"),
            ("subject = \"a.*\"", "`targets.bus.subject` is not tokens with dots between"),
            ("subject = \"$JS.x\"", "`targets.bus.subject` begins with `$` or `_INBOX`"),
            ("stream = \"a.b\"", "`targets.bus.stream` is not a name that a stream can have"),
            ("inbox_prefix = \">\"", "`targets.bus.inbox_prefix` is not a subject"),
            ("source = \"a b\"", "`targets.bus.source` is not a URI reference"),
            ("in_flight = 10001", "must be a whole number from 1 to 10000"),
            ("certificate = \"x\"", "`targets.bus.private_key` is missing"),
            ("private_key = \"x\"", "`targets.bus.certificate` is missing"),
            ("auth = {}", "`targets.bus.auth` is empty"),
            ("auth = { user = \"a\" }", "`targets.bus.auth.password` is missing"),
            ("auth = { password = \"env:TOKEN\" }", "`targets.bus.auth.user` is missing"),
            ("auth = { token = \"PLANTED-7f3a\" }", "is not `env:NAME` or `file:PATH`"),
            ("auth = { token = \"env:TOKEN\", nkey = \"env:TOKEN\" }", auth),
            ("auth = { user = \"a\", nkey = \"env:TOKEN\" }", auth),
            ("auth = { tokn = \"env:TOKEN\" }", "unknown key `targets.bus.auth.tokn`"),
            ("auth = { nkey = \"file:none\" }", "none, which cannot be read"),
            ("seed = \"PLANTED-7f3a\"", "unknown key `targets.bus.seed`"),
        ] {
            let url = if text.is_empty() || text.starts_with("url") {
                ""
            } else {
                "url = \"nats://x\"\n"
            };
            let error = read(&lines(&format!("{url}{text}\n")), &[("TOKEN", "x")]);
            let error = format!("{:#?}", error.map(|_| ()).map_err(|error| error.to_string()));
            assert!(error.contains(words), "{text}: {error}");
            assert!(!error.contains(PLANTED), "{text}: {error}");
        }
    }

    /// A directory with the configuration `relay.toml`; it is removed at the end.
    struct Directory(PathBuf);

    impl Directory {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let name = format!("event-relay-nats-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::create_dir_all(&path).expect("it can be made");
            for (file, text) in [("shop.db", "")].iter().chain(files) {
                std::fs::write(path.join(file), text).expect("it can be written");
            }
            Self(path)
        }

        fn check(&self, pairs: &[(&str, &str)]) -> Result<String, String> {
            let file = self.0.join("relay.toml");
            let table = check(Some(&file), environment(pairs).into_iter());
            let here = format!("{}/", self.0.display());
            let without_place = |text: String| text.replace(&here, "");
            table.map(without_place).map_err(|error| without_place(error.to_string()))
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_table() {
        let text = lines(
            "url = \"nats://one.internal:4222, tls://two.internal\"\nstream = \"EVENTS\"\n\
             auth = { user = \"relay\", password = \"env:TOKEN\" }\n",
        );
        let directory = Directory::new("table", &[("relay.toml", &text)]);
        let table = directory.check(&[("TOKEN", PLANTED)]).expect("it is valid");
        let (_, target) = table.split_once("\n\n").expect("a target");
        assert_eq!(
            target,
            "target            bus\n  type            nats\n  \
             url             nats://one.internal:4222, tls://two.internal\n  \
             subject         events.{event_type}\n  stream          EVENTS\n  \
             source          the service of the event\n  auth            user relay, env:TOKEN\n                  \
             the credentials may be sent unencrypted: write `tls` in the URL\n  \
             inbox_prefix    _INBOX\n  timeout         5s\n  in_flight       256\n  \
             attempts        10\n  on_poison       block_entity\n"
        );
    }

    #[test]
    fn keys_and_files_are_checked() {
        let file = "-----BEGIN NATS USER JWT-----\nPLANTED-7f3a\n";
        for (text, words) in [
            ("auth = { nkey = \"env:TOKEN\" }", "the NKEY of the target is not the seed of a user"),
            ("auth = { credentials = \"file:relay.creds\" }", "has not a JWT and a seed"),
            ("ca_file = \"ca.pem\"", "the file `ca.pem` cannot be read"),
        ] {
            let text = lines(&format!("url = \"nats://x\"\n{text}\n"));
            let files = [("relay.toml", &*text), ("relay.creds", file)];
            let error = Directory::new("files", &files).check(&[("TOKEN", PLANTED)]).unwrap_err();
            assert!(error.starts_with("relay.toml: the target `bus` cannot be used: "), "{error}");
            assert!(error.contains(words) && !error.contains(PLANTED), "{error}");
        }
    }
}
