//! What the text of the metrics says.

use crate::format::{Sample, read};
use crate::{backlog, serve};
use event_core::Timestamp;
use event_relay::metrics::Metrics;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A name that would break the text if it were written as it is.
const HOSTILE: &str = "a\\b\"} 1\nevent_relay_paused{target=\"forged\"} 1";

/// Metrics of two targets, in which every metric has a sample.
fn filled() -> Metrics {
    let metrics = Metrics::new();
    let billing = metrics.target("billing");
    billing.published("payment.process.failed", 3, Timestamp::from_micros(1_500_000));
    billing.published(HOSTILE, 1, Timestamp::from_micros(1_000_000));
    billing.duplicates(2);
    billing.rejected();
    billing.unavailable();
    billing.contract_violation();
    billing.set_in_flight(5);
    billing.set_backlog(&backlog(Duration::from_secs(90)));
    billing.set_paused(true);
    billing.set_lease(Some(4));
    for millis in [0, 1, 3, 700, 60_000] {
        billing.answered_after(Duration::from_millis(millis));
    }
    metrics.target("archive");
    metrics
}

fn value(samples: &[Sample], name: &str, labels: &[(&str, &str)]) -> Option<f64> {
    let has = |all: &[(String, String)]| {
        labels.iter().all(|(key, value)| all.iter().any(|(k, v)| k == key && v == value))
    };
    let mut found = samples.iter().filter(|(n, all, _)| n == name && has(all));
    let (_, _, value) = found.next()?;
    assert!(found.next().is_none(), "{name} {labels:?} is one sample");
    Some(*value)
}

#[test]
fn each_number_is_where_it_belongs() {
    let samples = read(&filled().render()).expect("it is the format");
    let of = |name: &str, label: (&str, &str)| {
        value(&samples, &format!("event_relay_{name}"), &[("target", "billing"), label])
    };
    let plain = |name: &str| of(name, ("target", "billing"));
    assert_eq!(of("published_total", ("event_type", "payment.process.failed")), Some(3.0));
    assert_eq!(of("published_total", ("event_type", HOSTILE)), Some(1.0));
    for (state, count) in [("retry", 1.0), ("contract", 2.0), ("behind", 3.0), ("dead", 4.0)] {
        assert_eq!(of("parked", ("state", state)), Some(count));
    }
    for (name, expected) in [
        ("duplicates_total", 2.0),
        ("rejected_total", 1.0),
        ("unavailable_total", 1.0),
        ("contract_violations_total", 1.0),
        ("in_flight", 5.0),
        ("lag_events", 7.0),
        ("open_gaps", 3.0),
        ("oldest_gap_seconds", 1.5),
        ("paused", 1.0),
        ("lease_held", 1.0),
        ("lease_fence", 4.0),
        ("cursor_seq", 99.0),
        ("last_success_timestamp_seconds", 1.5),
        ("publish_seconds_count", 5.0),
        ("publish_seconds_sum", 60.704),
    ] {
        assert_eq!(plain(name), Some(expected), "{name}");
    }
    let lag = plain("lag_seconds").expect("it has a lag");
    assert!((90.0..100.0).contains(&lag), "{lag}");
    for (bound, count) in [("0.0005", 1.0), ("0.001", 2.0), ("1", 4.0), ("30", 4.0), ("+Inf", 5.0)]
    {
        assert_eq!(of("publish_seconds_bucket", ("le", bound)), Some(count), "{bound}");
    }
}

#[test]
fn a_new_target_has_all_samples_but_a_success() {
    let samples = read(&filled().render()).expect("it is the format");
    let of = |name: &str| value(&samples, name, &[("target", "archive")]);
    assert_eq!(of("event_relay_lag_seconds"), Some(0.0));
    assert_eq!(of("event_relay_paused"), Some(0.0));
    assert_eq!(of("event_relay_last_success_timestamp_seconds"), None);
}

#[test]
fn the_documentation_lists_every_metric() {
    let documented = include_str!("../../src/metrics/mod.rs");
    let text = filled().render();
    let names = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let mut count = 0;
    for line in names {
        let (name, kind) = line.split_once(' ').expect("a line has a name and a type");
        assert!(documented.contains(&format!("//! | `{name}` | {kind} |")), "{name}");
        count += 1;
    }
    assert_eq!(count, documented.lines().filter(|line| line.starts_with("//! | `event_")).count());
}

#[test]
fn a_scrape_while_the_engine_writes_is_consistent() {
    let metrics = Arc::new(Metrics::new());
    let target = metrics.target("billing");
    let writer = thread::spawn(move || {
        for at in 0..50_000_u64 {
            target.answered_after(Duration::from_micros(at * 37 % 40_000_000));
            target.published("a.b.completed", 1, Timestamp::from_micros(1));
        }
    });
    let server = serve(&metrics);
    let mut last = 0.0;
    while last < 50_000.0 {
        let text = crate::get(&server, "/metrics").body;
        let samples = read(&text).expect("it is the format");
        let name = "event_relay_publish_seconds_bucket";
        let buckets: Vec<f64> =
            samples.iter().filter(|(n, ..)| n == name).map(|(.., count)| *count).collect();
        let count = value(&samples, "event_relay_publish_seconds_count", &[]).expect("it is there");
        assert!(buckets.is_sorted() && buckets.last() == Some(&count), "{text}");
        assert!(count >= last, "a counter does not fall");
        last = count;
    }
    writer.join().expect("it ends");
}

#[test]
fn promtool_reads_it() {
    let promtool = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut promtool = match promtool {
        Ok(promtool) => promtool,
        Err(error) => {
            // Past the capture of the test harness, so that a skipped test is seen.
            let line =
                format!("SKIPPED promtool_reads_it: promtool: {error}; install prometheus\n");
            let written = std::io::stderr().write_all(line.as_bytes());
            return written.expect("it can be written");
        }
    };
    let mut input = promtool.stdin.take().expect("it has an input");
    input.write_all(filled().render().as_bytes()).expect("it reads");
    drop(input);
    let output = promtool.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
}
