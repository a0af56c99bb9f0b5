//! Metrics of a relay.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// An address of this machine on which no process listens.
///
/// # Panics
///
/// If there is none.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address")
}

/// The sum of a counter over its labels, as the relay with this address serves it.
///
/// # Panics
///
/// If the relay has no such counter.
pub fn counter(address: SocketAddr, name: &str) -> io::Result<u64> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let samples = text
        .lines()
        .filter(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])));
    let values = samples.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok());
    let values: Vec<u64> = values.collect();
    assert!(!values.is_empty(), "no counter {name}:\n{text}");
    Ok(values.iter().sum())
}
