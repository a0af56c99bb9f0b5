//! A receiver of events over HTTP/1.1, for tests: it records requests, and answers as a test says,
//! also late, wrongly or not at all. `src/main.rs` is the same as a process.

mod answer;
mod certificates;
mod connection;
mod events;
mod request;

pub use answer::Answer;
pub use certificates::Certificates;
pub use events::{Event, events};
pub use request::Request;

use connection::Connections;
use std::collections::VecDeque;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Decides what a request is answered.
type Decide = dyn Fn(&Request) -> Answer + Send + Sync;

/// A receiver. It stops when it is dropped; the answers that it is in the middle of are sent.
pub struct Receiver {
    address: SocketAddr,
    is_tls: bool,
    requests: Arc<Mutex<Vec<Request>>>,
    script: Arc<Mutex<VecDeque<Answer>>>,
    has_ended: Arc<AtomicBool>,
}

impl Receiver {
    /// A receiver on a free port of 127.0.0.1. It answers by the [script](Receiver::script), and
    /// 200 after its end.
    ///
    /// # Panics
    ///
    /// If there is no port, as all that starts a receiver.
    #[must_use]
    pub fn start() -> Self {
        Self::scripted(None)
    }

    /// As [`Receiver::start`], over TLS.
    #[must_use]
    pub fn start_tls(certificates: &Certificates) -> Self {
        Self::scripted(Some(certificates))
    }

    fn scripted(tls: Option<&Certificates>) -> Self {
        let script: Arc<Mutex<VecDeque<Answer>>> = Arc::default();
        let next = Arc::clone(&script);
        let decide = move |_: &Request| locked(&next).pop_front().unwrap_or(Answer::status(200));
        let mut receiver = Self::deciding(0, tls, decide);
        receiver.script = script;
        receiver
    }

    /// A receiver on this port (0: a free one) that answers what `decide` says.
    ///
    /// # Panics
    ///
    /// If the port is taken.
    pub fn deciding(
        port: u16,
        tls: Option<&Certificates>,
        decide: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let (requests, has_ended) = (Arc::default(), Arc::new(AtomicBool::new(false)));
        let connections = Connections {
            tls: tls.map(Certificates::server),
            decide: Arc::new(decide),
            requests: Arc::clone(&requests),
        };
        let ended = Arc::clone(&has_ended);
        thread::spawn(move || accept(&listener, &connections, &ended));
        Self { address, is_tls: tls.is_some(), requests, script: Arc::default(), has_ended }
    }

    /// The address with this path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        format!("{scheme}://localhost:{}{path}", self.port())
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers the next requests so, one after the other.
    pub fn script(&self, answers: impl IntoIterator<Item = Answer>) {
        locked(&self.script).extend(answers);
    }

    /// The requests since the last call.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut *locked(&self.requests))
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.has_ended.store(true, Ordering::SeqCst);
        // The thread waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, connections: &Connections, has_ended: &AtomicBool) {
    for (number, stream) in listener.incoming().enumerate() {
        if has_ended.load(Ordering::SeqCst) {
            return;
        }
        let (Ok(stream), connections) = (stream, connections.clone()) else { continue };
        thread::spawn(move || connections.serve(stream, number));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
