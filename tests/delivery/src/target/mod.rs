//! Where a relay publishes, and what was published there.

mod file;
mod inbox;
#[cfg(feature = "kafka")]
mod kafka;
#[cfg(any(feature = "nats", feature = "kafka"))]
mod message;
#[cfg(feature = "nats")]
mod nats;
mod way;

pub use inbox::{Inbox, Mood};
pub use way::{Target, Way};
