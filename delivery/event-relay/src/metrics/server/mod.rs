//! A small HTTP endpoint for metrics and health.
//!
//! It answers `GET` and `HEAD` of `/metrics` and `/healthz`, one request a connection. Every
//! process that reaches the address may ask, so a client costs at most one of [`MOST_CONNECTIONS`]
//! threads, for [`TIMEOUT`] twice.

mod connection;
mod request;
mod response;

use super::{BacklogLimits, Metrics};
use crate::config::Listen;
use response::Response;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The most connections at once. The next gets 503.
const MOST_CONNECTIONS: usize = 16;

/// The time for a whole request, and for a whole response.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How long a stop waits for the threads.
const STOP: Duration = Duration::from_millis(800);

/// Serves the metrics of a relay until it is stopped or dropped.
#[derive(Debug)]
pub struct MetricsServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What the threads of a server share.
#[derive(Debug)]
struct Shared {
    metrics: Arc<Metrics>,
    limits: BacklogLimits,
    stops: AtomicBool,
    /// The open connections, so that a stop can end them.
    open: Mutex<BTreeMap<u64, TcpStream>>,
}

/// Why metrics cannot be served.
#[derive(Debug)]
pub struct ListenError {
    address: SocketAddr,
    error: io::Error,
}

impl fmt::Display for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, error } = self;
        write!(f, "cannot serve metrics on {address}: {error}")?;
        if error.kind() == io::ErrorKind::AddrInUse {
            f.write_str(
                "\n  help: another process has this address, perhaps another relay: stop it, or \
                 change `address` in `[listen]`",
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for ListenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl MetricsServer {
    /// Begins to serve.
    ///
    /// # Errors
    ///
    /// If the address is in use or is not of this machine, or a thread cannot be spawned.
    pub fn start(listen: Listen, metrics: Arc<Metrics>) -> Result<Self, ListenError> {
        let failed = |error| ListenError { address: listen.address, error };
        let listener = TcpListener::bind(listen.address).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let shared = Arc::new(Shared {
            metrics,
            limits: listen.limits(),
            stops: AtomicBool::new(false),
            open: Mutex::new(BTreeMap::new()),
        });
        let thread = thread::Builder::new().name("relay metrics".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Ok(Self { address, shared, thread: Some(thread.map_err(failed)?) })
    }

    /// The address, with the port that was chosen if the configured one is 0.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops, within a second. Open connections are ended.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for MetricsServer {
    fn drop(&mut self) {
        let until = Instant::now() + STOP;
        self.shared.stops.store(true, Ordering::SeqCst);
        // `accept` has no timeout: a connection wakes it.
        let _ = TcpStream::connect_timeout(&reachable(self.address), STOP / 2);
        let is_over = || {
            let open = self.shared.open();
            // After `stops` was set no connection is added, so each is ended here.
            for stream in open.values() {
                let _ = stream.shutdown(Shutdown::Both);
            }
            open.is_empty() && self.thread.as_ref().is_none_or(JoinHandle::is_finished)
        };
        while !is_over() && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The address by which this process reaches itself: "every interface" is none to connect to.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address {
        _ if !address.ip().is_unspecified() => address.ip(),
        SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, address.port())
}

impl Shared {
    fn open(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stops(&self) -> bool {
        self.stops.load(Ordering::SeqCst)
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut next = 0;
    loop {
        let accepted = listener.accept();
        if shared.stops() {
            return;
        }
        match accepted {
            Ok((stream, _)) => {
                next += 1;
                serve(stream, next, shared);
            }
            // Without a free descriptor, `accept` fails at once and again.
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Serves a connection on a thread of its own, or refuses it.
fn serve(stream: TcpStream, number: u64, shared: &Arc<Shared>) {
    let Ok(handle) = stream.try_clone() else { return };
    let has_room = {
        let mut open = shared.open();
        let has_room = open.len() < MOST_CONNECTIONS && !shared.stops();
        if has_room {
            open.insert(number, handle);
        }
        has_room
    };
    if !has_room {
        connection::refuse(&stream, &Response::too_many());
        return;
    }
    let open = Open { number, shared: Arc::clone(shared) };
    let spawned = thread::Builder::new().name("relay metrics".to_owned()).spawn(move || {
        connection::serve(&stream, &open.shared.metrics, open.shared.limits);
    });
    // What was moved into the closure is dropped with it: the stream, and its place.
    drop(spawned);
}

/// The place of an open connection. It is free when this is dropped, also after a panic.
struct Open {
    number: u64,
    shared: Arc<Shared>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.shared.open().remove(&self.number);
    }
}
