//! The Prometheus text format 0.0.4
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/>).

use super::histogram::BOUNDS;
use super::{Metrics, TargetMetrics};
use crate::source::ParkedState;
use event_core::Timestamp;
use std::fmt::{Display, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A metric of one number for each target.
struct Plain {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    value: fn(&TargetMetrics) -> String,
}

const PLAIN: &[Plain] = &[
    Plain {
        name: "duplicates_total",
        kind: "counter",
        help: "Events that the target says it had already.",
        value: |target| load(&target.duplicates),
    },
    Plain {
        name: "rejected_total",
        kind: "counter",
        help: "Events that the target refused, counted at each attempt.",
        value: |target| load(&target.rejected),
    },
    Plain {
        name: "unavailable_total",
        kind: "counter",
        help: "Attempts that failed because of the target or the connection to it.",
        value: |target| load(&target.unavailable),
    },
    Plain {
        name: "contract_violations_total",
        kind: "counter",
        help: "Events that were not sent because of the contract in events.lock.",
        value: |target| load(&target.contract_violations),
    },
    Plain {
        name: "in_flight",
        kind: "gauge",
        help: "Events that were sent and have no answer yet.",
        value: |target| load(&target.in_flight),
    },
    Plain {
        name: "lag_events",
        kind: "gauge",
        help: "Events behind the cursor.",
        value: |target| load(&target.lag_events),
    },
    Plain {
        name: "open_gaps",
        kind: "gauge",
        help: "Gaps that the cursor cannot pass: their transactions may still commit.",
        value: |target| load(&target.gaps),
    },
    Plain {
        name: "oldest_gap_seconds",
        kind: "gauge",
        help: "Age of the oldest gap that the cursor cannot pass; 0 if there is none.",
        value: |target| Seconds(target.oldest_gap.load(Relaxed)).to_string(),
    },
    Plain {
        name: "paused",
        kind: "gauge",
        help: "1 while the relay waits because the target is unavailable, else 0.",
        value: |target| u8::from(target.paused.load(Relaxed)).to_string(),
    },
    Plain {
        name: "lease_held",
        kind: "gauge",
        help: "1 while this relay serves the target, 0 while another does.",
        value: |target| u8::from(target.lease_held.load(Relaxed)).to_string(),
    },
    Plain {
        name: "lease_fence",
        kind: "gauge",
        help: "Rises when the target goes to another relay, or its cursor is moved.",
        value: |target| target.lease_fence.load(Relaxed).to_string(),
    },
    Plain {
        name: "cursor_seq",
        kind: "gauge",
        help: "Place of the cursor: events up to it are delivered or parked.",
        value: |target| target.cursor.load(Relaxed).to_string(),
    },
];

fn load(number: &AtomicU64) -> String {
    number.load(Relaxed).to_string()
}

impl Metrics {
    /// All metrics as Prometheus text, format 0.0.4.
    pub fn render(&self) -> String {
        self.render_at(Timestamp::now())
    }

    /// All metrics as Prometheus text, with the lag at `now`.
    pub fn render_at(&self, now: Timestamp) -> String {
        let targets = self.all();
        let mut text = Text(String::new());
        published(&mut text, &targets);
        for Plain { name, kind, help, value } in PLAIN {
            text.head(name, kind, help);
            for (target, metrics) in &targets {
                text.sample(name, &[("target", target)], value(metrics));
            }
        }
        parked(&mut text, &targets);
        times(&mut text, &targets, now);
        durations(&mut text, &targets);
        text.0
    }
}

type Targets = [(String, Arc<TargetMetrics>)];

fn published(text: &mut Text, targets: &Targets) {
    text.head(
        "published_total",
        "counter",
        "Events that the target has, by the name of the event.",
    );
    for (target, metrics) in targets {
        metrics.published.each(|event_type, count| {
            text.sample(
                "published_total",
                &[("target", target), ("event_type", event_type)],
                count,
            );
        });
    }
}

fn parked(text: &mut Text, targets: &Targets) {
    text.head("parked", "gauge", "Events that are parked, by their state.");
    for (target, metrics) in targets {
        for (state, count) in ParkedState::ALL.iter().zip(&metrics.parked) {
            let labels = [("target", target.as_str()), ("state", state.as_str())];
            text.sample("parked", &labels, load(count));
        }
    }
}

fn times(text: &mut Text, targets: &Targets, now: Timestamp) {
    let help = "Age of the oldest event behind the cursor; 0 if there is none.";
    text.head("lag_seconds", "gauge", help);
    for (target, metrics) in targets {
        let lag = metrics.lag(now).as_micros();
        let micros = i64::try_from(lag).unwrap_or(i64::MAX);
        text.sample("lag_seconds", &[("target", target)], Seconds(micros));
    }
    let name = "last_success_timestamp_seconds";
    text.head(name, "gauge", "When the target last took an event, in seconds since 1970.");
    for (target, metrics) in targets {
        // A target that has never taken an event has no sample: 0 would be 1970.
        if let Some(at) = metrics.last_success() {
            text.sample(name, &[("target", target)], Seconds(at.as_micros()));
        }
    }
}

fn durations(text: &mut Text, targets: &Targets) {
    text.head("publish_seconds", "histogram", "Time from sending a batch to its answer.");
    for (target, metrics) in targets {
        let counts = metrics.publish.cumulated();
        let bounds = BOUNDS.iter().map(|(bound, _)| *bound).chain(["+Inf"]);
        for (bound, count) in bounds.zip(counts) {
            text.sample("publish_seconds_bucket", &[("target", target), ("le", bound)], count);
        }
        let micros = i64::try_from(metrics.publish.micros()).unwrap_or(i64::MAX);
        text.sample("publish_seconds_sum", &[("target", target)], Seconds(micros));
        text.sample("publish_seconds_count", &[("target", target)], counts[BOUNDS.len()]);
    }
}

/// Microseconds, written as seconds.
struct Seconds(i64);

impl Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let micros = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:06}", micros / 1_000_000, micros % 1_000_000)
    }
}

/// The text while it is written. A `String` takes everything, so no write fails.
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP event_relay_{name} {help}");
        let _ = writeln!(self.0, "# TYPE event_relay_{name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let _ = write!(self.0, "event_relay_{name}");
        for (at, (label, text)) in labels.iter().enumerate() {
            self.0.push_str(if at == 0 { "{" } else { "," });
            self.0.push_str(label);
            self.0.push_str("=\"");
            self.escaped(text);
            self.0.push('"');
        }
        let _ = writeln!(self.0, "}} {value}");
    }

    /// In a label's value, these three characters are escaped.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\\' => self.0.push_str("\\\\"),
                '"' => self.0.push_str("\\\""),
                '\n' => self.0.push_str("\\n"),
                c => self.0.push(c),
            }
        }
    }
}
