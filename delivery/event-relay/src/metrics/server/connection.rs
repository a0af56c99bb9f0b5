//! One connection: a request, a response, the end.

use super::request::{self, Parsed};
use super::response::Response;
use super::{BacklogLimits, Metrics, TIMEOUT};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// The most bytes of a request's head.
const MOST_HEAD: usize = 8 << 10;

/// How much of what a client still sends is read after the response, and for how long.
const MOST_REST: usize = 64 << 10;
const REST: Duration = Duration::from_millis(200);

/// Answers the request of a connection, and ends it.
pub(super) fn serve(stream: &TcpStream, metrics: &Metrics, limits: BacklogLimits) {
    let Some(response) = answer(stream, metrics, limits) else { return };
    if write(stream, &response.bytes(), Instant::now() + TIMEOUT).is_ok() {
        finish(stream);
    }
}

/// Answers without reading the request and without waiting: a response of one packet fits the empty
/// buffer of a new connection.
pub(super) fn refuse(mut stream: &TcpStream, response: &Response) {
    if stream.set_nonblocking(true).is_ok() {
        let _ = stream.write(&response.bytes());
        let _ = stream.shutdown(Shutdown::Write);
        // What the client has sent already: if it were not read, the close would be a reset, which
        // may overtake the response.
        let _ = stream.read(&mut [0; 1 << 10]);
    }
}

/// `None` if the client is gone, or the server stops.
fn answer(stream: &TcpStream, metrics: &Metrics, limits: BacklogLimits) -> Option<Response> {
    let until = Instant::now() + TIMEOUT;
    let mut head = [0; MOST_HEAD];
    let mut length = 0;
    loop {
        match read(stream, &mut head[length..], until) {
            Ok(0) => return None,
            Ok(read) => length += read,
            Err(error) if is_timeout(&error) => return Some(Response::timed_out()),
            Err(_) => return None,
        }
        match request::parse(&head[..length]) {
            Parsed::Whole(request) => return Some(request.answer(metrics, limits)),
            Parsed::Partial if length < MOST_HEAD => {}
            Parsed::Partial | Parsed::TooManyHeaders => return Some(Response::too_large()),
            Parsed::Invalid => return Some(Response::bad_request()),
        }
    }
}

fn read(mut stream: &TcpStream, into: &mut [u8], until: Instant) -> io::Result<usize> {
    loop {
        stream.set_read_timeout(Some(left(until)?))?;
        match stream.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Writes all bytes until then: a client that takes them one by one does not get more time.
fn write(mut stream: &TcpStream, mut bytes: &[u8], until: Instant) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.set_write_timeout(Some(left(until)?))?;
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    // A timeout of zero would mean none.
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}

/// Lets the client read the response: a close with unread bytes is a reset (RFC 9112, section 9.6).
fn finish(stream: &TcpStream) {
    let until = Instant::now() + REST;
    let (mut rest, mut buffer) = (0, [0; 4 << 10]);
    if stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    while rest < MOST_REST {
        match read(stream, &mut buffer, until) {
            Ok(0) | Err(_) => return,
            Ok(read) => rest += read,
        }
    }
}
