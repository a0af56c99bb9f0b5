//! The receiver as a process.
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Running {
    child: Child,
    port: u16,
    file: PathBuf,
}

impl Running {
    fn start(name: &str, flags: &[&str]) -> Self {
        let file = std::env::temp_dir().join(format!("receiver-{name}-{}", std::process::id()));
        let mut child = Command::new(env!("CARGO_BIN_EXE_receiver"))
            .arg(&file)
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { child, port: port.trim().parse().unwrap(), file }
    }

    /// Sends a request. Returns the status.
    fn send(&self, media: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        let head = format!("POST / HTTP/1.1\r\ncontent-type: {media}\r\ncontent-length: {length}");
        stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).unwrap();
        String::from_utf8(status[9..].to_vec()).unwrap()
    }

    fn send_one(&self, id: &str) -> String {
        let event = format!(r#"{{"id":"{id}","sequence":"01"}}"#);
        self.send("application/cloudevents+json", &event)
    }

    fn written(&self) -> String {
        fs::read_to_string(&self.file).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.file);
    }
}

#[test]
fn events_of_each_mode_are_written_down() {
    let running = Running::start("modes", &[]);
    assert_eq!(running.send_one("a"), "200");
    let batch = r#"[{"id":"b","sequence":"02"},{"id":"c","sequence":"03"}]"#;
    assert_eq!(running.send("application/cloudevents-batch+json", batch), "200");
    let binary = "application/json\r\nce-id: d\r\nce-sequence: 04";
    assert_eq!(running.send(binary, "{}"), "200");
    assert_eq!(running.written(), "a 01\nb 02\nc 03\nd 04\n");
}

#[test]
fn it_fails_and_hangs_as_its_flags_say() {
    let running = Running::start("fails", &["--fail-percent", "100"]);
    assert_eq!((running.send_one("a"), running.written()), ("503".to_owned(), String::new()));

    let running = Running::start("hangs", &["--hang-after", "1", "--seconds", "1"]);
    assert_eq!(running.send_one("a"), "200");
    let started = Instant::now();
    assert_eq!(running.send_one("b"), "200");
    assert!(started.elapsed() >= Duration::from_millis(900), "it hangs");
    let started = Instant::now();
    assert_eq!(running.send_one("c"), "200");
    assert!(started.elapsed() < Duration::from_millis(900), "once");
    assert_eq!(running.written(), "a 01\nb 01\nc 01\n");
}

#[test]
fn a_wrong_command_line_ends_it() {
    for flags in [&["file", "--port"][..], &["file", "--unknown", "1"], &[]] {
        let ended = Command::new(env!("CARGO_BIN_EXE_receiver")).args(flags).output().unwrap();
        assert_eq!(ended.status.code(), Some(2));
        assert!(String::from_utf8(ended.stderr).unwrap().starts_with("usage: receiver FILE"));
    }
}
