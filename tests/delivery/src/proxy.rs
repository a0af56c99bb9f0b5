//! A proxy before PostgreSQL that cuts connections while they commit.

use crate::random::Random;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// `COMMIT` as a simple query (PostgreSQL's protocol, `Query`).
const COMMIT: &[u8] = b"Q\0\0\0\x0bCOMMIT\0";

/// A proxy before PostgreSQL. A part of the connections that commit is cut: the client never learns
/// whether its transaction is committed. It works until the process ends.
pub struct Proxy {
    url: String,
    cuts: Arc<Cuts>,
}

struct Cuts {
    percent: u64,
    random: Mutex<Random>,
    /// The commits that did not reach the server.
    lost: AtomicU64,
    /// The commits that did.
    unanswered: AtomicU64,
}

/// What becomes of a commit.
enum Fate {
    Answered,
    Lost,
    Unanswered,
}

impl Proxy {
    /// A proxy before the server of this URL, which has its address as `127.0.0.1:PORT`. It cuts
    /// `percent` of 100 commits.
    ///
    /// # Panics
    ///
    /// If the URL has no such address, or there is no free port.
    pub fn start(url: &str, percent: u64, seed: u64) -> Self {
        let (_, rest) = url.split_once("127.0.0.1:").expect("an address");
        let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let server = format!("127.0.0.1:{port}");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let own = listener.local_addr().expect("an address");
        let random = Mutex::new(Random::new(seed));
        let (lost, unanswered) = (AtomicU64::new(0), AtomicU64::new(0));
        let cuts = Arc::new(Cuts { percent, random, lost, unanswered });
        let proxy = Self { url: url.replace(&server, &own.to_string()), cuts: Arc::clone(&cuts) };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, cuts) = (server.clone(), Arc::clone(&cuts));
                // An error ends the connection, as it would without the proxy.
                thread::spawn(move || serve(&client, &server, &cuts));
            }
        });
        proxy
    }

    /// The URL that leads through the proxy.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many commits were cut off before they reached the server.
    pub fn lost(&self) -> u64 {
        self.cuts.lost.load(Ordering::Relaxed)
    }

    /// How many commits reached the server, and their answers were cut off.
    pub fn unanswered(&self) -> u64 {
        self.cuts.unanswered.load(Ordering::Relaxed)
    }
}

impl Cuts {
    fn fate(&self) -> Fate {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        match (random.percent(self.percent), random.percent(50)) {
            (false, _) => Fate::Answered,
            (true, false) => Fate::Lost,
            (true, true) => Fate::Unanswered,
        }
    }
}

fn serve(client: &TcpStream, server: &str, cuts: &Cuts) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    for stream in [client, &server] {
        stream.set_nodelay(true)?;
    }
    let (mut answers, mut back) = (server.try_clone()?, client.try_clone()?);
    let answering = thread::spawn(move || io::copy(&mut answers, &mut back));
    let ended = pass(client, &server, cuts);
    // If its answer is cut off, the server works on what it got before it sees the end.
    let _ = server.shutdown(Shutdown::Write);
    let _ = answering.join();
    let _ = client.shutdown(Shutdown::Both);
    ended
}

/// Passes on what the client sends, until it ends or is cut off.
fn pass(mut client: &TcpStream, mut server: &TcpStream, cuts: &Cuts) -> io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let count = client.read(&mut buffer)?;
        let bytes = &buffer[..count];
        if bytes.is_empty() {
            return Ok(());
        }
        // The driver writes a message as a whole. One that is torn is passed on uncut.
        let commits = bytes.windows(COMMIT.len()).any(|part| part == COMMIT);
        match if commits { cuts.fate() } else { Fate::Answered } {
            Fate::Answered => server.write_all(bytes)?,
            Fate::Lost => {
                cuts.lost.fetch_add(1, Ordering::Relaxed);
                return client.shutdown(Shutdown::Both);
            }
            Fate::Unanswered => {
                client.shutdown(Shutdown::Both)?;
                cuts.unanswered.fetch_add(1, Ordering::Relaxed);
                return server.write_all(bytes);
            }
        }
    }
}
