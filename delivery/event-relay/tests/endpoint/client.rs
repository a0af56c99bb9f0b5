//! A client that sends any bytes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The answer in these bytes. `None` if there is none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).expect("an answer is UTF-8");
        if text.is_empty() {
            return None;
        }
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
        let status = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
        let status = status.and_then(|status| status.parse().ok()).expect("it has a status");
        Some(Self { status, head: head.to_owned(), body: body.to_owned() })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("it can be set");
    stream
}

/// Everything that the server still sends.
pub(crate) fn receive(mut stream: &TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    // A reset after the answer leaves what was read.
    let _ = stream.read_to_end(&mut bytes);
    Answer::read(&bytes)
}

/// Sends bytes on a connection of its own, and reads the answer.
pub(crate) fn send(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = connect(address);
    // The server may have answered before it has read everything.
    let _ = stream.write_all(bytes);
    receive(&stream).expect("the server answers")
}
