//! Servers start, stop where they are, keep their data, and leave nothing behind.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use test_servers::{Kafka, Nats, Postgres};

const PROGRAM: &str = env!("CARGO_BIN_EXE_start-servers");

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(20), "not within 20 s: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The processes whose directory is this one.
fn processes_in(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let inside = entries.filter(|entry| {
        fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(directory))
    });
    inside.map(|entry| entry.path().display().to_string()).collect()
}

/// The first line that a NATS server sends, if it sends one in time.
fn greeting(port: u16, limit: Duration) -> Option<String> {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let stream = TcpStream::connect_timeout(&address, limit).ok()?;
    stream.set_read_timeout(Some(limit)).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).ok()?;
    Some(line)
}

fn without(variable: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env(variable, "/nowhere").env_remove("EVENTS_REQUIRE_SERVERS").stdin(Stdio::null());
    command
}

fn error_of(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn an_absent_server_is_one_line() {
    let absent = [
        ("EVENTS_PG_BIN", "postgres", "PostgreSQL: apt-get install postgresql"),
        ("EVENTS_NATS_SERVER", "nats", "nats-server: apt-get install nats-server"),
        ("EVENTS_TANSU", "kafka", "tansu: tests/servers/install"),
    ];
    for (variable, server, line) in absent {
        let output = without(variable).arg(server).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(error_of(&output), format!("skipped: needs {line}\n"));
    }
}

#[test]
fn an_absent_server_panics_where_servers_are_required() {
    let mut command = without("EVENTS_PG_BIN");
    let output = command.arg("postgres").env("EVENTS_REQUIRE_SERVERS", "1").output().unwrap();
    assert_eq!(output.status.code(), Some(101));
    let line = "this test needs PostgreSQL: apt-get install postgresql";
    assert!(error_of(&output).contains(line), "{}", error_of(&output));
}

#[test]
fn without_setpriv_no_server_starts() {
    let empty = tempdir("no-setpriv");
    let output = without("EVENTS_TANSU")
        .arg("nats")
        .env("EVENTS_NATS_SERVER", PROGRAM)
        .env("PATH", &empty)
        .output()
        .unwrap();
    assert_eq!(error_of(&output), "skipped: needs setpriv: apt-get install util-linux\n");
}

fn tempdir(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Starts a process that holds servers, and returns what it prints of them: names, addresses,
/// processes.
fn holder(temporary: &Path, servers: &[&str]) -> (Child, Vec<[String; 3]>) {
    let mut command = Command::new(PROGRAM);
    command.args(servers).env("TMPDIR", temporary).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let lines = lines.take_while(|line| line != "ready");
    let words = lines.map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
    let found = words.map(|words| words.try_into().unwrap()).collect();
    (child, found)
}

/// Below the system's temporary directory: the user `postgres` reads no other place of root's.
fn open_to_all(name: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    fs::create_dir_all(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o777)).unwrap();
    path
}

fn all_are_installed() -> bool {
    Postgres::shared().is_some() && Nats::start().is_some() && Kafka::start().is_some()
}

/// The next start removes what killed tests have left, and its own end removes its own.
fn remove_by_a_start(temporary: &Path) {
    let (mut child, _) = holder(temporary, &["nats"]);
    assert_eq!(fs::read_dir(temporary).unwrap().count(), 1);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(fs::read_dir(temporary).unwrap().count(), 0);
    fs::remove_dir(temporary).unwrap();
}

#[test]
fn nothing_is_left_of_a_killed_test() {
    if !all_are_installed() {
        return;
    }
    let temporary = open_to_all("killed-test");
    let (mut child, servers) = holder(&temporary, &["postgres", "nats", "kafka"]);
    assert_eq!(servers.len(), 3);
    let running = processes_in(&temporary);
    assert!(running.len() > 6, "three servers and the backends of one: {running:?}");
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("no process is left", || processes_in(&temporary).is_empty());
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 3, "the directories are left");
    remove_by_a_start(&temporary);
}

#[test]
fn a_server_outlives_the_thread_that_starts_it() {
    let Some(nats) = thread::spawn(Nats::start).join().unwrap() else { return };
    // The kernel would kill it at the end of the thread.
    thread::sleep(Duration::from_millis(200));
    let line = greeting(nats.port(), Duration::from_secs(5)).unwrap();
    assert!(line.starts_with("INFO {"), "{line}");
}

#[test]
fn a_paused_broker_answers_when_it_is_resumed() {
    let Some(nats) = Nats::start() else { return };
    nats.pause();
    assert_eq!(greeting(nats.port(), Duration::from_millis(300)), None);
    nats.resume();
    assert!(greeting(nats.port(), Duration::from_secs(5)).is_some());
    nats.kill();
    assert_eq!(greeting(nats.port(), Duration::from_secs(5)), None);
    nats.restart();
    assert!(greeting(nats.port(), Duration::from_secs(5)).is_some());
}

#[test]
fn a_paused_postgres_stops_in_every_backend() {
    let Some(postgres) = Postgres::start() else { return };
    let url = postgres.database("paused");
    postgres.sql(&url, "CREATE TABLE t (n bigint)");
    thread::scope(|scope| {
        let count = "INSERT INTO t SELECT n FROM generate_series(1, 10) n, pg_sleep(0.3); \
                     SELECT count(*) FROM t";
        let running = scope.spawn(|| postgres.sql(&url, count));
        thread::sleep(Duration::from_millis(150));
        postgres.pause();
        thread::sleep(Duration::from_millis(800));
        assert!(!running.is_finished(), "a backend goes on");
        postgres.resume();
        assert_eq!(running.join().unwrap(), "10");
    });
}

#[test]
fn nothing_is_left_of_a_test_that_is_killed_while_a_server_is_paused() {
    if !all_are_installed() {
        return;
    }
    let temporary = open_to_all("killed-paused");
    let (mut child, _) = holder(&temporary, &["postgres", "pause"]);
    assert!(!processes_in(&temporary).is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("no process is left", || processes_in(&temporary).is_empty());
    remove_by_a_start(&temporary);
}

#[test]
fn committed_rows_are_there_after_a_kill() {
    let Some(postgres) = Postgres::start() else { return };
    let url = postgres.database("Kept rows");
    postgres.sql(&url, "CREATE TABLE t (n bigint); INSERT INTO t VALUES (1)");
    postgres.kill();
    postgres.restart();
    postgres.sql(&url, "INSERT INTO t VALUES (2)");
    postgres.stop_immediately();
    assert!(TcpStream::connect(("127.0.0.1", postgres.port())).is_err(), "it has ended");
    postgres.restart();
    assert_eq!(postgres.sql(&url, "SELECT n FROM t ORDER BY n"), "1\n2");
    assert!(postgres.log().contains("immediate shutdown"), "{}", postgres.log());
    assert!(postgres.log().contains("automatic recovery"), "{}", postgres.log());
}

#[test]
fn each_database_is_new() {
    let Some(postgres) = Postgres::shared() else { return };
    let [first, second] = [postgres.database("same"), postgres.database("same")];
    assert_ne!(first, second);
    postgres.sql(&first, "CREATE TABLE t (n bigint)");
    postgres.sql(&second, "CREATE TABLE t (n bigint)");
}

#[test]
fn setups_reach_the_servers() {
    let setup = Postgres::setup().setting("wal_level", "logical").file("ours.conf", "");
    let setup = setup.hba("host all all 127.0.0.1/32 scram-sha-256\n");
    let Some(postgres) = setup.setting("hba_file", "{dir}/data/pg_hba.conf").start() else {
        return;
    };
    assert_eq!(postgres.sql("postgres", "SHOW wal_level"), "logical");
    let rules = postgres.sql("postgres", "SELECT auth_method FROM pg_hba_file_rules");
    assert_eq!(rules, "trust\nscram-sha-256");
    let setup = Nats::setup().config("max_payload: 1000\ninclude './more.conf'");
    let Some(nats) = setup.file("more.conf", "authorization { token: t }").start() else {
        return;
    };
    let line = greeting(nats.port(), Duration::from_secs(5)).unwrap();
    assert!(line.contains("\"max_payload\":1000"), "{line}");
    assert!(line.contains("\"auth_required\":true"), "{line}");
}

#[test]
#[should_panic(expected = "nats-server has ended at its start. It printed:")]
fn a_server_that_does_not_start_says_why() {
    let Some(_nats) = Nats::setup().config("no such option").start() else {
        panic!("nats-server has ended at its start. It printed: it is not installed");
    };
}

/// `ApiVersions` (key 18, version 0) of Kafka's protocol: size, key, version, correlation id, no
/// client id.
const API_VERSIONS: &[u8] = &[0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, 0xff, 0xff];

#[test]
fn the_broker_speaks_kafka() {
    let Some(kafka) = Kafka::start() else { return };
    kafka.topic("orders", 3);
    let mut stream = TcpStream::connect(kafka.url()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(API_VERSIONS).unwrap();
    let mut answer = [0; 10];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(answer[4..8], [0, 0, 0, 7], "the correlation id");
    assert_eq!(answer[8..10], [0, 0], "no error");
}
