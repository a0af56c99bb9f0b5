//! What the variables say, and the builder that follows from it.

use crate::emit::builder::Builder;
use crate::emit::{Levels, TailSampler};
use crate::sink::{Background, Console, FileLines, JsonLines, Sink, WhenFull};
use event_grammar::harmless;
use std::path::PathBuf;
use std::time::Duration;

/// The values of the variables that are set.
#[derive(Default)]
pub(super) struct Settings {
    pub(super) service: Option<String>,
    pub(super) service_version: Option<String>,
    pub(super) environment: Option<String>,
    pub(super) service_host: Option<String>,
    pub(super) service_pid: Option<bool>,
    pub(super) levels: Option<Levels>,
    pub(super) sink: Option<SinkKind>,
    pub(super) file: Option<PathBuf>,
    pub(super) envelopes: Option<bool>,
    pub(super) queue: Option<usize>,
    pub(super) when_full: Option<WhenFull>,
    pub(super) ids_in_lines: Option<bool>,
    pub(super) tail_one_in: Option<u32>,
    pub(super) ignore_rates: Option<bool>,
    pub(super) report_every: Option<Duration>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SinkKind {
    Json,
    Console,
    File,
}

impl Settings {
    /// Reports variables that do not fit together. A variable without an effect is a mistake, as an
    /// unknown one is. What depends on a value that could not be read, `unread`, is not reported.
    pub(super) fn check(&self, unread: &[&str], mistaken: &mut impl FnMut(&str, String)) {
        let kind = self.sink;
        if !unread.contains(&"EVENTS_EMIT_SINK") {
            let is_file = kind == Some(SinkKind::File);
            if is_file && self.file.is_none() {
                mistaken("EVENTS_EMIT_FILE", "the sink `file` needs a path".to_owned());
            }
            if !is_file && self.file.is_some() {
                let reason = "only the sink `file` has a path: set `EVENTS_EMIT_SINK=file`";
                mistaken("EVENTS_EMIT_FILE", reason.to_owned());
            }
            if self.envelopes.is_some() && matches!(kind, None | Some(SinkKind::Console)) {
                let reason = "only the sinks `json` and `file` have a rendering: set one of them \
                              in `EVENTS_EMIT_SINK`";
                mistaken("EVENTS_EMIT_RENDERING", reason.to_owned());
            }
            if self.queue.is_some() && kind.is_none() {
                let reason = "there is no sink for the queue: set `EVENTS_EMIT_SINK` too";
                mistaken("EVENTS_EMIT_QUEUE", reason.to_owned());
            }
        }
        if self.when_full.is_some()
            && self.queue.is_none()
            && !unread.contains(&"EVENTS_EMIT_QUEUE")
        {
            let reason = "there is no queue: set `EVENTS_EMIT_QUEUE` too";
            mistaken("EVENTS_EMIT_WHEN_FULL", reason.to_owned());
        }
    }

    /// Sets what the variables say. The error is the variable that cannot be used, and the reason.
    pub(super) fn apply(self, mut to: Builder) -> Result<Builder, (&'static str, String)> {
        match self.opened()? {
            Some(sink) => to.sinks.push(sink),
            None if to.sinks.is_empty() => to.sinks.push(Box::new(JsonLines::stdout())),
            None => {}
        }
        to = with(to, self.service, Builder::service);
        to = with(to, self.service_version, Builder::service_version);
        to = with(to, self.environment, Builder::environment);
        to = with(to, self.service_host, Builder::service_host);
        to = with(to, self.levels, Builder::level);
        to = with(to, self.report_every, Builder::report_every);
        to = with(to, self.tail_one_in, |to, n| {
            to.tail_sampler(TailSampler::keep_errors().one_in(n))
        });
        for (value, switch) in [
            (self.service_pid, &mut to.service.process_id),
            (self.ids_in_lines, &mut to.ids_in_lines),
            (self.ignore_rates, &mut to.ignores_rates),
        ] {
            *switch = value.unwrap_or(*switch);
        }
        Ok(to)
    }

    /// The sink, with its queue.
    fn opened(&self) -> Result<Option<Box<dyn Sink>>, (&'static str, String)> {
        let envelopes = self.envelopes == Some(true);
        let sink: Box<dyn Sink> = match self.sink {
            None => return Ok(None),
            Some(SinkKind::Console) => Box::new(Console::stdout()),
            Some(SinkKind::Json) if envelopes => Box::new(JsonLines::stdout().envelopes()),
            Some(SinkKind::Json) => Box::new(JsonLines::stdout()),
            Some(SinkKind::File) => {
                let options = FileLines::options();
                let options = if envelopes { options.envelopes() } else { options };
                let file = options.open(self.file.clone().unwrap_or_default());
                let reason =
                    |error: std::io::Error| harmless(&error.to_string(), 4_096).into_owned();
                Box::new(file.map_err(|error| ("EVENTS_EMIT_FILE", reason(error)))?)
            }
        };
        let Some(records) = self.queue else { return Ok(Some(sink)) };
        let mut queue = Background::options().capacity(records);
        if let Some(policy) = self.when_full {
            queue = queue.when_full(policy);
        }
        let queue = queue.start(sink).map_err(|error| ("EVENTS_EMIT_QUEUE", error.to_string()))?;
        Ok(Some(Box::new(queue)))
    }
}

fn with<T>(to: Builder, value: Option<T>, set: impl FnOnce(Builder, T) -> Builder) -> Builder {
    match value {
        Some(value) => set(to, value),
        None => to,
    }
}
