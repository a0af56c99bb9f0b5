//! What each answer makes of an event.

use crate::messages::{delivered, publish, rejected, unavailable};
use crate::{MODES, options, target};
use event_relay::targets::Outcome;
use event_relay::targets::http::HttpTargetOptions;
use receiver::{Answer, Receiver};
use std::time::{Duration, SystemTime};

fn outcome(answer: Answer) -> (Outcome, String) {
    let receiver = Receiver::start();
    receiver.script([answer]);
    let outcome = publish(&target(options(&receiver)), [1]);
    assert_eq!(receiver.requests().len(), 1, "no redirect, no second attempt");
    (outcome, receiver.url("/events"))
}

#[test]
fn success() {
    for status in [200, 201, 202, 204, 299] {
        assert_eq!(outcome(Answer::status(status)).0, delivered(0), "{status}");
    }
}

#[test]
fn temporary() {
    for (status, name) in [
        (408, "408 Request Timeout"),
        (425, "425 Too Early"),
        (429, "429 Too Many Requests"),
        (500, "500 Internal Server Error"),
        (502, "502 Bad Gateway"),
        (503, "503 Service Unavailable"),
        (504, "504 Gateway Timeout"),
        (599, "599 (a status without a name)"),
    ] {
        let (outcome, url) = outcome(Answer::status(status));
        assert_eq!(unavailable(outcome), (format!("`{url}` answers {name}"), None));
    }
}

#[test]
fn configuration() {
    for (status, name, help) in [
        (401, "401 Unauthorized", "check the authorization of the target"),
        (403, "403 Forbidden", "check the authorization of the target"),
        (404, "404 Not Found", "check the URL of the target"),
        (405, "405 Method Not Allowed", "check the URL of the target"),
        (410, "410 Gone", "check the URL of the target"),
        (421, "421 Misdirected Request", "check the URL of the target"),
        (
            407,
            "407 Proxy Authentication Required",
            "check the user of the proxy in the environment",
        ),
        (
            415,
            "415 Unsupported Media Type",
            "choose another mode of the target: structured, binary or batch",
        ),
        (426, "426 Upgrade Required", "configure the URL with https"),
        (
            304,
            "304 Not Modified",
            "redirects are not followed; configure the URL to which it leads",
        ),
    ] {
        let (outcome, url) = outcome(Answer::status(status));
        let reason = format!("`{url}` answers {name}\nhelp: {help}");
        assert_eq!(unavailable(outcome), (reason, None));
    }
}

/// The URL of a redirect may have a secret in it.
#[test]
fn a_redirect_is_not_followed_nor_shown() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Receiver::start();
        let answer = Answer::with_header(status, "location", elsewhere.url("/new?code=s3cr3t"));
        let (outcome, url) = outcome(answer);
        let (reason, _) = unavailable(outcome);
        assert!(reason.starts_with(&format!("`{url}` answers {status} ")), "{reason}");
        assert!(reason.ends_with("configure the URL to which it leads"), "{reason}");
        assert!(!reason.contains("s3cr3t"));
        assert_eq!(elsewhere.requests().len(), 0);
    }
}

#[test]
fn refused_events() {
    for (status, name) in [
        (400, "400 Bad Request"),
        (409, "409 Conflict"),
        (413, "413 Payload Too Large"),
        (422, "422 Unprocessable Entity"),
        (431, "431 Request Header Fields Too Large"),
        (451, "451 Unavailable For Legal Reasons"),
    ] {
        let (outcome, url) = outcome(Answer::status(status));
        let reason = rejected(outcome);
        let (said, help) = reason.split_once("\nhelp: ").unwrap_or((&reason, ""));
        assert_eq!(said, format!("`{url}` answers {name}"));
        assert_eq!(help.starts_with("raise the size of a body"), status == 413, "{reason}");
    }
}

#[test]
fn retry_after_is_respected_for_an_hour_at_most() {
    let pause = |status, value: &str| {
        unavailable(outcome(Answer::with_header(status, "retry-after", value)).0).1
    };
    let seconds = Duration::from_secs;
    assert_eq!(pause(429, "7"), Some(seconds(7)));
    assert_eq!(pause(503, "0"), Some(seconds(0)));
    assert_eq!(pause(301, "60"), Some(seconds(60)));
    assert_eq!(pause(401, "60"), Some(seconds(60)));
    assert_eq!(pause(503, "86400"), Some(seconds(3_600)));
    assert_eq!(pause(503, "Sun, 06 Nov 1994 08:49:37 GMT"), Some(seconds(0)));
    assert_eq!(pause(503, "Tue, 31 Dec 2199 23:59:59 GMT"), Some(seconds(3_600)));
    assert_eq!(pause(503, "later"), None);

    // A date in some seconds, whatever today is: `date` knows how to write it.
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let shown = std::process::Command::new("date")
        .args(["-u", "-d", &format!("@{}", now + 100), "+%a, %d %b %Y %H:%M:%S GMT"])
        .env("LC_ALL", "C")
        .output();
    if let Ok(shown) = shown
        && shown.status.success()
    {
        let date = String::from_utf8(shown.stdout).unwrap();
        let pause = pause(503, date.trim()).unwrap();
        assert!((seconds(80)..=seconds(100)).contains(&pause), "{pause:?}");
    }
}

/// In a batch the status concerns all events; the relay sends them one by one to find the one.
#[test]
fn a_batch_has_one_outcome() {
    let receiver = Receiver::start();
    let target = target(HttpTargetOptions { mode: MODES[2], ..options(&receiver) });
    receiver.script([400, 503, 200].map(Answer::status));
    rejected(publish(&target, 1..=3));
    unavailable(publish(&target, 1..=3));
    assert_eq!(publish(&target, 1..=3), delivered(0));
    assert_eq!(receiver.requests().len(), 3);
}
