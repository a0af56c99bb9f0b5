//! Planted secrets are in no byte that an outbox and a relay write: masked fields, `Secret`, and
//! the credentials of a target. The processes, files and sockets are real.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

use event_core::{Emit, Emitter, Secret, events};
use event_outbox_rusqlite::{Error, Outbox, migrate};
use receiver::{Answer, Receiver};
use rusqlite::Connection;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

events!(
    /// Accounts.
    #[domain(optional(action))]
    pub enum Account {}

    /// An account was made.
    #[event(info)]
    pub struct AccountCreated {
        /// The account.
        #[entity]
        pub account_id: u32,
        /// Masked.
        #[sensitive(email)]
        pub email: String,
        /// Masked.
        #[sensitive(redact)]
        pub password: Secret<String>,
    }
);

const EMAIL: &str = "planted.address@example.com";
const PASSWORD: &str = "planted-password-9f3c";
const TOKEN: &str = "planted-token-71ab";

/// A directory and a relay, which end with the test.
struct Scene {
    directory: PathBuf,
    relay: Option<Child>,
}

impl Drop for Scene {
    fn drop(&mut self) {
        if let Some(relay) = &mut self.relay {
            let _ = relay.kill();
            let _ = relay.wait();
        }
        let _ = fs::remove_dir_all(&self.directory);
    }
}

fn write_events(database: &Path) -> Connection {
    let mut connection = Connection::open(database).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    // The WAL is searched, too.
    connection.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
    migrate(&mut connection).unwrap();
    let outbox = Outbox::new(Emitter::builder().service("accounts").build());
    for account_id in 1..=3 {
        let account = AccountCreated {
            account_id,
            email: EMAIL.to_owned(),
            password: Secret::new(PASSWORD.to_owned()),
        };
        let written = outbox.transaction(&mut connection, |_, events| {
            account.emit_to(events);
            Ok::<_, Error>(())
        });
        written.unwrap();
    }
    connection
}

fn relay(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_event-relay"));
    command.args(arguments).current_dir(directory).env("TOKEN", TOKEN);
    command
}

fn get(port: u16, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: relay\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

fn wait_for(connection: &Connection, sql: &str) {
    let until = Instant::now() + Duration::from_secs(20);
    while connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() == 0 {
        assert!(Instant::now() < until, "{sql}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn planted_secrets_are_in_no_byte() {
    let directory = env::temp_dir().join(format!("relay-planted-{}", process::id()));
    fs::create_dir_all(&directory).unwrap();
    let mut scene = Scene { directory, relay: None };
    let connection = write_events(&scene.directory.join("accounts.db"));
    let receiver = Receiver::start();
    // The first event is rejected, by an answer that repeats what it got.
    let body = [EMAIL, PASSWORD, TOKEN].join(" ");
    receiver.script([Answer::Status { status: 422, headers: Vec::new(), body }]);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let config = format!(
        "database = \"accounts.db\"\nlock = \"none\"\n[listen]\naddress = \"127.0.0.1:{port}\"\n\
         [log]\nlevel = \"debug\"\n[targets.file]\ntype = \"file\"\npath = \"events.ndjson\"\n\
         [targets.http]\ntype = \"http\"\nurl = \"{}\"\nauth = {{ bearer = \"env:TOKEN\" }}\n\
         attempts = 1\nin_flight = 1\n",
        receiver.url("/events")
    );
    fs::write(scene.directory.join("event-relay.toml"), config).unwrap();
    let log = fs::File::create(scene.directory.join("relay.log")).unwrap();
    let mut run = relay(&scene.directory, &["run"]);
    scene.relay = Some(run.stderr(Stdio::from(log)).spawn().unwrap());
    wait_for(&connection, "SELECT count(*) = 2 FROM outbox_cursor WHERE low_seq = 3");
    wait_for(&connection, "SELECT count(*) FROM outbox_parked WHERE state = 'dead'");

    let mut written = vec![get(port, "/metrics"), get(port, "/healthz")];
    for arguments in [&["status"][..], &["dead", "list"], &["lag"], &["check-config"]] {
        let output = relay(&scene.directory, arguments).output().unwrap();
        written.extend([output.stdout, output.stderr]);
    }
    let files = fs::read_dir(&scene.directory).unwrap().flatten();
    written.extend(files.map(|file| fs::read(file.path()).unwrap()));
    let requests = receiver.requests();
    for request in requests {
        assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        let others = request.headers.iter().filter(|(name, _)| name != "authorization");
        written.push(others.map(|(_, value)| value.as_str()).collect::<String>().into_bytes());
        written.push(request.body);
    }
    // What was searched has the events, masked.
    assert!(written.iter().filter(|bytes| has(bytes, "p***@example.com")).count() >= 4);
    assert!(written.iter().any(|bytes| has(bytes, "event_relay_rejected_total")));
    for secret in ["planted.address", PASSWORD, TOKEN] {
        assert!(!written.iter().any(|bytes| has(bytes, secret)), "{secret}");
    }
}
