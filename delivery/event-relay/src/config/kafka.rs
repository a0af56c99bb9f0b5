//! What is configured of a Kafka target.

use super::http::{self, HttpAuth, source};
use super::input::{Input, Located, Place, Refused};
use super::quantity::{duration, size};
use super::section::{Section, Written};
use super::url::endpoint;
use crate::features::install_with;
use crate::targets::kafka::{
    KafkaMechanism, KafkaProperty, KafkaRegistry, KafkaSasl, KafkaTargetError, KafkaTargetOptions,
    KafkaTls, SchemaSubject, TopicTemplate,
};
use event_core::Secret;

/// A target that publishes to topics of Kafka.
#[derive(Clone, Debug)]
pub struct KafkaConfig {
    /// Where events are published, and how.
    pub options: KafkaTargetOptions,
    /// The user, and where the password is: `scram-sha-512, user relay, env:KAFKA_PASSWORD`.
    pub auth: Option<String>,
    /// The credentials for the registry, which are in `options` too.
    pub registry_auth: Option<HttpAuth>,
}

/// librdkafka takes no larger ones by far, but the relay holds them in memory.
const MOST_BYTES: usize = 64 << 20;

const MECHANISMS: &[(&str, KafkaMechanism)] = &[
    ("plain", KafkaMechanism::Plain),
    ("scram-sha-256", KafkaMechanism::ScramSha256),
    ("scram-sha-512", KafkaMechanism::ScramSha512),
];

const SWITCH: &[(&str, bool)] = &[("on", true), ("off", false)];

impl KafkaConfig {
    /// Reads the keys of a Kafka target.
    pub(super) fn read(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<Self> {
        let brokers = table.value(input, "brokers", Written::Text, brokers);
        if brokers.is_none() {
            let help = "write `brokers = \"kafka.internal:9092\"`; several with commas between";
            table.missing_unless_refused(input, "brokers", help);
        }
        let topic = table.value(input, "topic", Written::Text, topic);
        let source = table.value(input, "source", Written::Text, source);
        let (sasl, auth) = read_auth(table, input).unzip();
        let tls = read_tls(table, input);
        let timeout = table.value(input, "timeout", Written::Text, duration);
        let most = u32::try_from(KafkaTargetOptions::MOST_IN_FLIGHT).unwrap_or(u32::MAX);
        let in_flight = table.count(input, "in_flight", most);
        let bytes = |text: &str| size(text, MOST_BYTES);
        let max_event_bytes = table.value(input, "max_event_bytes", Written::Text, bytes);
        let (registry, registry_auth) = read_registry(table, input).unzip();
        let properties = read_properties(table, input);
        let defaults = KafkaTargetOptions::new(brokers?.value);
        let options = KafkaTargetOptions {
            topic: topic.map_or(defaults.topic, |topic| topic.value),
            source: source.map(|source| source.value),
            tls,
            sasl,
            timeout: timeout.map_or(defaults.timeout, |timeout| timeout.value),
            in_flight: in_flight.map_or(defaults.in_flight, |count| count.value as usize),
            max_event_bytes: max_event_bytes.map_or(defaults.max_event_bytes, |size| size.value),
            registry,
            properties,
            brokers: defaults.brokers,
        };
        Some(Self { options, auth, registry_auth: registry_auth.flatten() })
    }
}

/// `HOST:PORT`, with commas between.
fn brokers(text: &str) -> Result<String, Refused> {
    let brokers: Vec<&str> = text.split(',').map(str::trim).collect();
    let is_broker = |broker: &&str| {
        broker.rsplit_once(':').is_some_and(|(host, port)| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._[]:".contains(c);
            !host.is_empty() && host.chars().all(is_plain) && port.parse::<u16>().is_ok()
        })
    };
    if !brokers.iter().all(is_broker) {
        return Err(Refused::new("is not a list of brokers")
            .help("write `HOST:PORT`, without a scheme and a user; several with commas between"));
    }
    Ok(brokers.join(","))
}

fn topic(text: &str) -> Result<TopicTemplate, Refused> {
    TopicTemplate::parse(text)
        .map_err(|invalid| Refused::new(invalid.to_string()).help(invalid.help()))
}

/// The user and the password, and where they are.
fn read_auth(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<(KafkaSasl, String)> {
    let mut auth = table.section(input, "auth")?;
    let mechanism = auth.word(input, "mechanism", MECHANISMS);
    let user = auth.text(input, "user");
    let password = auth.secret(input, "password");
    for (key, is_missing, help) in [
        ("mechanism", mechanism.is_none(), "write `mechanism = \"scram-sha-512\"`"),
        ("user", user.is_none(), "write `user = \"relay\"`"),
        ("password", password.is_none(), "write `password = \"env:NAME\"`"),
    ] {
        if is_missing {
            auth.missing_unless_refused(input, key, help);
        }
    }
    if let Some(Located { value, place }) = &mechanism
        && *value != KafkaMechanism::Plain
    {
        refuse_unless_built(input, place, "SCRAM");
    }
    auth.finish(input);
    let (mechanism, user, password) = (mechanism?.value, user?.value, password?.value);
    let word =
        MECHANISMS.iter().find(|(_, other)| *other == mechanism).map_or("", |(word, _)| word);
    let shown = format!("{word}, user {user}, {password}");
    let password = Secret::new(password.expose().to_owned());
    Some((KafkaSasl { mechanism, user, password }, shown))
}

fn read_tls(table: &mut Section<'_>, input: &mut Input<'_>) -> Option<KafkaTls> {
    let switch = table.word(input, "tls", SWITCH);
    let password = table.secret(input, "private_key_password");
    let files = ["ca_file", "certificate", "private_key"].map(|key| (key, table.text(input, key)));
    let is_on = switch.as_ref().is_some_and(|switch| switch.value);
    if let (true, Some(Located { place, .. })) = (is_on, &switch) {
        refuse_unless_built(input, place, "TLS");
    }
    for (key, place) in files
        .iter()
        .filter_map(|(key, file)| Some((*key, &file.as_ref()?.place)))
        .chain(password.as_ref().map(|secret| ("private_key_password", &secret.place)))
    {
        if !is_on {
            let message = format!("`{}` is for TLS", table.path_of(key));
            input.refuse(place, Refused::new(message).help("write `tls = \"on\"`, or remove it"));
        }
    }
    let [ca_file, certificate_file, key_file] =
        files.map(|(_, file)| file.map(|file| input.path(&file.value)));
    if certificate_file.is_some() != key_file.is_some() {
        let (key, help) = if key_file.is_none() {
            ("private_key", "write `private_key = \"relay.key\"`")
        } else {
            ("certificate", "write `certificate = \"relay.pem\"`")
        };
        table.missing_unless_refused(input, key, help);
    }
    let key_password = password.map(|secret| Secret::new(secret.value.expose().to_owned()));
    is_on.then_some(KafkaTls { ca_file, certificate_file, key_file, key_password })
}

/// OpenSSL is built in by a feature of its own.
fn refuse_unless_built(input: &mut Input<'_>, place: &Place, what: &str) {
    if !cfg!(feature = "kafka-tls") {
        let message = format!("this event-relay is built without {what} for Kafka");
        input.refuse(place, Refused::new(message).help(install_with("kafka-tls")));
    }
}

fn read_registry(
    table: &mut Section<'_>,
    input: &mut Input<'_>,
) -> Option<(KafkaRegistry, Option<HttpAuth>)> {
    let mut section = table.section(input, "registry")?;
    let url = section.value(input, "url", Written::Text, |text| {
        if text.contains('?') {
            return Err(Refused::new("has a query").help("write `https://HOST:PORT/PATH`"));
        }
        endpoint(text)
    });
    if url.is_none() {
        let help = "write `url = \"https://registry.internal:8081\"`";
        section.missing_unless_refused(input, "url", help);
    }
    let subject = section.value(input, "subject", Written::Text, |text| {
        SchemaSubject::parse(text)
            .map_err(|invalid| Refused::new(invalid.to_string()).help(invalid.help()))
    });
    let auth = http::read_auth(&mut section, input);
    let ca_file = section.text(input, "ca_file").map(|path| input.path(&path.value));
    section.finish(input);
    let registry = KafkaRegistry {
        subject: subject.map(|subject| subject.value).unwrap_or_default(),
        authorization: auth.as_ref().map(HttpAuth::authorization),
        ca_file,
        ..KafkaRegistry::new(url?.value)
    };
    Some((registry, auth))
}

fn read_properties(table: &mut Section<'_>, input: &mut Input<'_>) -> Vec<KafkaProperty> {
    let Some(mut section) = table.section(input, "properties") else { return Vec::new() };
    let mut properties = Vec::new();
    for Located { value: name, .. } in section.keys() {
        let property = section.value(input, &name, Written::Text, |value| {
            KafkaProperty::new(&name, value).map_err(|error| match error {
                KafkaTargetError::Property { why, .. } => {
                    Refused::new(why.to_string()).help(why.help())
                }
                _ => Refused::new("is refused"),
            })
        });
        properties.extend(property.map(|property| property.value));
    }
    section.finish(input);
    properties
}
