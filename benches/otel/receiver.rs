//! A receiver that does next to nothing: what a request costs is the exporter's.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

/// Starts a receiver that answers every request 200.
pub(crate) fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 20];
    loop {
        // The head comes in the first read: the exporter writes it at once.
        let first = stream.read(&mut buffer)?;
        let head = String::from_utf8_lossy(&buffer[..first.min(1_024)]).into_owned();
        let Some((head, _)) = head.split_once("\r\n\r\n") else { return Ok(()) };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or_default();
        let mut rest = (head.len() + 4 + length).saturating_sub(first);
        while rest > 0 {
            rest = rest.saturating_sub(stream.read(&mut buffer)?);
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")?;
    }
}
