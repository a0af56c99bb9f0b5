//! The targets of a configuration.

use super::console::Ending;
use crate::config::{Config, HttpAuth, HttpConfig, HttpMode, TargetConfig, TargetKind};
use crate::engine::{RelayBuilder, TargetOptions};
use crate::targets::file::{FileTarget, FileTargetOptions};
use crate::targets::http::{ContentMode, HttpTarget, HttpTargetOptions};
#[cfg(feature = "kafka")]
use crate::targets::kafka::KafkaTarget;
#[cfg(feature = "nats")]
use crate::targets::nats::NatsTarget;
use crate::targets::stdout::StdoutTarget;
use crate::targets::{BlockingTarget, Workers};
use event_core::Secret;
use std::fmt::Display;

/// Opens the targets, and adds them to a relay.
pub(super) fn add(config: &Config, builder: RelayBuilder) -> Result<RelayBuilder, Ending> {
    config.targets.iter().try_fold(builder, |builder, target| {
        let name = target.name.as_str();
        let refused = |error: &dyn Display| {
            Ending::CouldNotRun(format!("cannot start target `{name}`: {error}"))
        };
        let workers = match &target.kind {
            #[cfg(feature = "kafka")]
            TargetKind::Kafka(kafka) => {
                let kafka = KafkaTarget::new(kafka.options.clone());
                let kafka = kafka.map_err(|error| refused(&error))?;
                return Ok(builder.target(name, kafka, options(target)));
            }
            #[cfg(feature = "nats")]
            TargetKind::Nats(nats) => {
                let nats = NatsTarget::start(name, nats.options.clone());
                let nats = nats.map_err(|error| refused(&error))?;
                return Ok(builder.target(name, nats, options(target)));
            }
            TargetKind::Stdout => {
                started(name, StdoutTarget::new().map_err(|error| refused(&error))?)
            }
            TargetKind::File { path } => {
                let file = FileTarget::open(FileTargetOptions::new(path));
                started(name, file.map_err(|error| refused(&error))?)
            }
            TargetKind::Http(http) => {
                let http = HttpTarget::new(http_options(http));
                started(name, http.map_err(|error| refused(&error))?)
            }
        };
        let workers = workers.map_err(|error| refused(&error))?;
        Ok(builder.target(name, workers, options(target)))
    })
}

fn started(name: &str, target: impl BlockingTarget) -> std::io::Result<Workers> {
    Workers::start(name, target)
}

fn options(target: &TargetConfig) -> TargetOptions {
    TargetOptions {
        attempts: target.attempts.get(),
        on_poison: target.on_poison,
        ..TargetOptions::default()
    }
}

fn http_options(http: &HttpConfig) -> HttpTargetOptions {
    HttpTargetOptions {
        mode: match http.mode {
            HttpMode::Structured => ContentMode::Structured,
            HttpMode::Binary => ContentMode::Binary,
            HttpMode::Batch { events, bytes } => {
                ContentMode::Batch { events: events.get(), bytes: bytes.get() }
            }
        },
        source: http.source.clone(),
        authorization: http.auth.as_ref().map(HttpAuth::authorization),
        headers: http
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), Secret::new(value.expose().to_owned())))
            .collect(),
        timeout: http.timeout,
        max_event_bytes: Some(http.max_event_bytes.get()),
        in_flight: http.in_flight.get(),
        ca_file: http.ca_file.clone(),
        ..HttpTargetOptions::new(http.url.clone())
    }
}
