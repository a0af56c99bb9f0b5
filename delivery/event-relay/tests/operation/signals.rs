//! How `run` ends when it is asked to.

use crate::shop::Shop;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// A relay that sends an event to a receiver that never answers, and the connection between them.
fn relay_that_waits() -> (Shop, Child, TcpStream) {
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let shop = Shop::new();
    shop.order("o-1", 0);
    let address = receiver.local_addr().unwrap();
    let target = format!(
        "[targets.billing]\ntype = \"http\"\nurl = \"http://{address}\"\nsource = \"/shop\"\n\
         timeout = \"1m\"\n"
    );
    let text = format!("database = \"shop.db\"\nlock = \"none\"\n{target}");
    fs::write(shop.directory.join("event-relay.toml"), text).unwrap();
    receiver.set_nonblocking(true).unwrap();
    let mut relay = shop.command().arg("run").stderr(Stdio::piped()).spawn().unwrap();
    let connection = accepted(&receiver, &mut relay);
    (shop, relay, connection)
}

/// The first connection.
fn accepted(receiver: &TcpListener, relay: &mut Child) -> TcpStream {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Ok((connection, _)) = receiver.accept() {
            return connection;
        }
        if Instant::now() > until {
            relay.kill().unwrap();
            panic!("nothing was sent");
        }
        thread::sleep(Duration::from_millis(10));
    }
}

fn signal(relay: &Child, signals: &[&str]) {
    let kill = |signal: &&str| format!("kill -{signal} {};", relay.id());
    let commands: String = signals.iter().map(kill).collect();
    assert!(Command::new("sh").args(["-c", &commands]).status().unwrap().success());
}

/// The exit code, and the log.
fn ended(mut relay: Child) -> (Option<i32>, String) {
    let mut log = String::new();
    relay.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    (relay.wait().unwrap().code(), log)
}

#[test]
fn signals_that_arrive_together_are_one() {
    let (shop, relay, connection) = relay_that_waits();
    signal(&relay, &["TERM", "INT", "TERM"]);
    // The event in flight is answered: the receiver is gone.
    drop(connection);
    let (code, log) = ended(relay);
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("relay_stopped") && !log.contains("relay_interrupted"), "{log}");
    assert_eq!(shop.query("SELECT owner FROM outbox_cursor"), "-", "the lease is released");
}

#[test]
fn a_later_signal_ends_the_relay_at_once_and_is_reported() {
    let (_shop, mut relay, _connection) = relay_that_waits();
    let until = Instant::now() + Duration::from_secs(9);
    while relay.try_wait().unwrap().is_none() && Instant::now() < until {
        signal(&relay, &["TERM"]);
        thread::sleep(Duration::from_millis(100));
    }
    let (code, log) = ended(relay);
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains("relay_interrupted") && !log.contains("relay_stopped"), "{log}");
}

#[test]
fn a_relay_whose_metrics_port_is_taken_says_that_it_failed() {
    let (shop, taken) = (Shop::new(), TcpListener::bind("127.0.0.1:0").unwrap());
    let address = taken.local_addr().unwrap();
    let text = format!(
        "database = \"shop.db\"\nlock = \"none\"\n[listen]\naddress = \"{address}\"\n\
         [targets.files]\ntype = \"file\"\npath = \"events.ndjson\"\n"
    );
    fs::write(shop.directory.join("event-relay.toml"), text).unwrap();
    let relay = shop.command().arg("run").stderr(Stdio::piped()).spawn().unwrap();
    let (code, log) = ended(relay);
    assert!(code.is_some_and(|code| code != 0) && log.contains(&address.to_string()), "{log}");
    let stopped = log.lines().find(|line| line.contains("\"relay_stopped\"")).unwrap_or(&log);
    assert!(stopped.contains("\"cause\":\"failed\""), "{stopped}");
}
