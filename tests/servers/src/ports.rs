//! Free ports.

use std::fs;
use std::net::TcpListener;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// The distance between the first ports of two processes.
const OF_A_PROCESS: u64 = 37;

const LOWEST: u16 = 20_000;

/// How many ports this process has been given.
static GIVEN: AtomicU32 = AtomicU32::new(0);

/// A port on which no process listens.
///
/// It is below the ports that the kernel gives to outgoing connections: a client that connects again
/// and again to the port of a server that is down could be given this very port, and would then
/// talk to itself and keep the server from starting again.
///
/// # Panics
///
/// If there is none.
pub(crate) fn free() -> u16 {
    let range = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let outgoing = range.split_whitespace().next().and_then(|first| first.parse().ok());
    let end = outgoing.unwrap_or(32_768_u16).max(LOWEST + 2_000);
    let count = u64::from(end - LOWEST);
    for _ in 0..count {
        let given = u64::from(GIVEN.fetch_add(1, Ordering::Relaxed));
        // Each process begins at another port.
        let place = (u64::from(process::id()) * OF_A_PROCESS + given) % count;
        let Ok(port) = u16::try_from(u64::from(LOWEST) + place) else { continue };
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port from {LOWEST} to {end}");
}
