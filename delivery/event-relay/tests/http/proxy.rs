//! A proxy of the environment. A child that is this test again has it there.

use crate::messages::{delivered, publish, unavailable};
use crate::target;
use event_relay::targets::http::{Endpoint, HttpTargetOptions};
use receiver::{Answer, Receiver};
use std::process::Command;

const CHILD: &str = "EVENT_RELAY_PROXY";
const PASSWORD: &str = "pr0xy-s3cr3t";

/// Not a test: what the one below starts with a proxy.
#[test]
fn proxied_child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let endpoint = Endpoint::parse("http://receiver.invalid/events").unwrap();
    let target = target(HttpTargetOptions::new(endpoint));
    let shown = format!("{target:?}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    let (reason, _) = unavailable(publish(&target, [1]));
    assert_eq!(
        reason,
        "`http://receiver.invalid/events` cannot be reached: the proxy of the environment refuses \
         the connection"
    );
    assert_eq!(publish(&target, [1]), delivered(0));
}

#[test]
fn the_proxy_of_the_environment_is_used_and_its_password_not_shown() {
    let proxy = Receiver::start();
    proxy.script([Answer::status(407), Answer::status(200), Answer::status(200)]);
    let url = proxy.url("").replace("http://", &format!("http://ada:{PASSWORD}@"));
    let mut child = Command::new(std::env::current_exe().unwrap());
    for name in ["NO_PROXY", "no_proxy", "HTTPS_PROXY", "https_proxy", "http_proxy"] {
        child.env_remove(name);
    }
    let child = child
        .args(["--exact", "proxy::proxied_child", "--nocapture"])
        .env(CHILD, "1")
        .env("ALL_PROXY", &url)
        .env("HTTP_PROXY", &url)
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    let requests = proxy.requests();
    let methods: Vec<_> = requests.iter().map(|request| &*request.method).collect();
    assert_eq!(methods, ["CONNECT", "CONNECT", "POST"]);
    assert!(requests[0].header("proxy-authorization").is_some());
    assert_eq!(requests[2].header("proxy-authorization"), None);
}
