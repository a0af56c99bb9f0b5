//! What `event-relay check-config` prints.

use super::error::{ConfigError, Problem};
use super::quantity::{shown_duration, shown_size};
use super::read::RETIRED;
use super::target::ON_POISON;
use super::{Config, HttpConfig, HttpMode, LockChoice, TargetKind};
use crate::contract::LockedContract;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Reads a configuration as the relay would, with its secrets, and looks whether the files are
/// there that it names. Returns a table of what would run, without a secret.
///
/// # Errors
///
/// As [`Config::load`], and if the database, the lock or a certificate is not there.
pub fn check(
    path: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<String, ConfigError> {
    let config = Config::load(path, environment)?;
    let mut problems = missing_files(&config);
    #[cfg(any(feature = "kafka", feature = "nats"))]
    problems.extend(unusable_targets(&config));
    if let LockChoice::File(lock) = &config.lock
        && lock.is_file()
        && let Err(error) = LockedContract::open(lock)
    {
        let text = error.to_string();
        let (message, help) = text.split_once("\nhelp: ").unwrap_or((&text, ""));
        problems.push(Problem {
            place: config.file.display().to_string(),
            order: 0,
            message: format!("the lock cannot be used: {message}"),
            help: (!help.is_empty()).then(|| help.to_owned()),
        });
    }
    if problems.is_empty() { Ok(table(&config)) } else { Err(ConfigError::new(problems)) }
}

fn missing_files(config: &Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut look = |what: &str, path: &Path, help: &str| {
        let why = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => return,
            Ok(_) => "it is not a file".to_owned(),
            Err(error) => error.to_string(),
        };
        problems.push(Problem {
            place: config.file.display().to_string(),
            order: 0,
            message: format!("{what} {} cannot be used: {why}", path.display()),
            help: Some(help.to_owned()),
        });
    };
    if let Some(path) = config.database.file() {
        look("the database", path, "`event-relay migrate` makes the tables of the outbox");
    }
    if let LockChoice::File(path) = &config.lock {
        look("the lock", path, "`cargo event lock` writes it, in the catalog's workspace");
    }
    for target in &config.targets {
        if let TargetKind::Http(http) = &target.kind
            && let Some(path) = &http.ca_file
        {
            look("the certificate", path, "name a file of certificates in PEM");
        }
    }
    problems
}

/// What only the files and secrets of a target say: keys, certificates.
#[cfg(any(feature = "kafka", feature = "nats"))]
fn unusable_targets(config: &Config) -> impl Iterator<Item = Problem> {
    let place = config.file.display().to_string();
    config.targets.iter().filter_map(move |target| {
        let text = fault(&target.kind)?;
        let (message, help) = text.split_once("\nhelp: ").unwrap_or((&text, ""));
        Some(Problem {
            place: place.clone(),
            order: 0,
            message: format!("the target `{}` cannot be used: {message}", target.name),
            help: (!help.is_empty()).then(|| help.to_owned()),
        })
    })
}

#[cfg(any(feature = "kafka", feature = "nats"))]
fn fault(target: &TargetKind) -> Option<String> {
    match target {
        #[cfg(feature = "kafka")]
        TargetKind::Kafka(kafka) => kafka.options.check().err().map(|error| error.to_string()),
        #[cfg(feature = "nats")]
        TargetKind::Nats(nats) => nats.options.check().err().map(|error| error.to_string()),
        TargetKind::Stdout | TargetKind::File { .. } | TargetKind::Http(_) => None,
    }
}

/// The rows of the table.
#[derive(Default)]
struct Rows(String);

impl Rows {
    fn row(&mut self, key: &str, value: impl std::fmt::Display) {
        // A `String` takes everything.
        let _ = writeln!(self.0, "{key:<18}{value}");
    }
}

fn table(config: &Config) -> String {
    let mut rows = Rows::default();
    rows.row("configuration", config.file.display());
    rows.row("database", &config.database);
    match config.database.uses_tls() {
        Some(true) => rows.row("  tls", "on"),
        Some(false) => rows.row("  tls", "off: nothing is encrypted"),
        None => {}
    }
    match &config.lock {
        LockChoice::File(path) => rows.row("lock", path.display()),
        LockChoice::Unchecked => rows.row("lock", "none: events are sent unchecked"),
    }
    let retired = RETIRED.iter().find(|(_, value)| *value == config.retired);
    rows.row("retired", retired.map_or("", |(word, _)| word));
    let lease = config.lease();
    rows.row("relay_id", lease.relay());
    rows.row("lease", shown_duration(lease.lasts()));
    match config.listen {
        Some(listen) => {
            rows.row("listen", listen.address);
            rows.row("  max_lag", shown_duration(listen.max_lag));
            let most = listen.max_backlog.map_or("any".to_owned(), |most| most.to_string());
            rows.row("  max_backlog", most);
        }
        None => rows.row("listen", "off"),
    }
    let keep = config.retention.keep.map_or("for ever".to_owned(), shown_duration);
    rows.row("keep", keep);
    rows.row("abandoned_after", shown_duration(config.retention.abandoned_after));
    rows.row("log level", config.log_level);
    for target in &config.targets {
        rows.0.push('\n');
        rows.row("target", &target.name);
        rows.row("  type", target.kind.as_str());
        match &target.kind {
            TargetKind::Stdout => {}
            TargetKind::File { path } => rows.row("  path", path.display()),
            TargetKind::Http(http) => http_rows(&mut rows, http),
            #[cfg(feature = "kafka")]
            TargetKind::Kafka(kafka) => kafka_rows(&mut rows, kafka),
            #[cfg(feature = "nats")]
            TargetKind::Nats(nats) => nats_rows(&mut rows, nats),
        }
        rows.row("  attempts", target.attempts);
        let on_poison = ON_POISON.iter().find(|(_, value)| *value == target.on_poison);
        rows.row("  on_poison", on_poison.map_or("", |(word, _)| word));
    }
    rows.0
}

fn http_rows(rows: &mut Rows, http: &HttpConfig) {
    rows.row("  url", &http.url);
    rows.row("  mode", http.mode.as_str());
    if let HttpMode::Batch { events, bytes } = http.mode {
        rows.row("  batch", format_args!("{events} events, {}", shown_size(bytes.get())));
    }
    rows.row("  source", http.source.as_deref().unwrap_or("the service of the event"));
    match &http.auth {
        None => rows.row("  auth", "none"),
        Some(auth) => rows.row("  auth", auth),
    }
    if http.auth.is_some() && http.url.to_string().starts_with("http:") {
        rows.row("", "the credentials are sent unencrypted: write `https` in the URL");
    }
    for (name, value) in &http.headers {
        rows.row("  header", format_args!("{name}: {value}"));
    }
    if let Some(path) = &http.ca_file {
        rows.row("  ca_file", path.display());
    }
    rows.row("  timeout", shown_duration(http.timeout));
    rows.row("  in_flight", http.in_flight);
    rows.row("  max_event_bytes", shown_size(http.max_event_bytes.get()));
}

#[cfg(feature = "kafka")]
fn kafka_rows(rows: &mut Rows, kafka: &super::KafkaConfig) {
    let options = &kafka.options;
    rows.row("  brokers", &options.brokers);
    rows.row("  topic", &options.topic);
    rows.row("  source", options.source.as_deref().unwrap_or("the service of the event"));
    rows.row("  auth", kafka.auth.as_deref().unwrap_or("none"));
    rows.row("  tls", if options.tls.is_some() { "on" } else { "off" });
    if options.tls.is_none() && options.sasl.is_some() {
        rows.row("", "the password is proven over connections that anyone can read: write `tls`");
    }
    if let Some(tls) = &options.tls {
        for (key, path) in [
            ("  ca_file", &tls.ca_file),
            ("  certificate", &tls.certificate_file),
            ("  private_key", &tls.key_file),
        ] {
            if let Some(path) = path {
                rows.row(key, path.display());
            }
        }
    }
    rows.row("  timeout", shown_duration(options.timeout));
    rows.row("  in_flight", options.in_flight);
    rows.row("  max_event_bytes", shown_size(options.max_event_bytes));
    if let Some(registry) = &options.registry {
        rows.row("  registry", &registry.endpoint);
        rows.row("    subject", &registry.subject);
        match &kafka.registry_auth {
            None => rows.row("    auth", "none"),
            Some(auth) => rows.row("    auth", auth),
        }
        if let Some(path) = &registry.ca_file {
            rows.row("    ca_file", path.display());
        }
    }
    for property in &options.properties {
        rows.row("  property", format_args!("{} = {}", property.name(), property.value()));
    }
}

#[cfg(feature = "nats")]
fn nats_rows(rows: &mut Rows, nats: &super::NatsConfig) {
    let options = &nats.options;
    rows.row("  url", &options.servers);
    rows.row("  subject", &options.subject);
    rows.row("  stream", options.stream.as_deref().unwrap_or("any that has the subject"));
    rows.row("  source", options.source.as_deref().unwrap_or("the service of the event"));
    rows.row("  auth", nats.auth.as_deref().unwrap_or("none"));
    if options.sends_secrets_plainly() {
        rows.row("", "the credentials may be sent unencrypted: write `tls` in the URL");
    }
    if let Some(path) = &options.ca_file {
        rows.row("  ca_file", path.display());
    }
    if let Some(own) = &options.certificate {
        rows.row("  certificate", own.certificate.display());
        rows.row("  private_key", own.key.display());
    }
    rows.row("  inbox_prefix", &options.inbox_prefix);
    rows.row("  timeout", shown_duration(options.timeout));
    rows.row("  in_flight", options.in_flight);
}
