//! The client: addresses, requests, responses.

mod address;
mod answer;
mod error;
mod level;
mod request;
mod transport;

pub use address::{Address, InvalidAddress};
pub use answer::{Judgement, Stored};
pub use error::{RegistryError, RegistryErrorKind};
pub use request::{Client, RegisteredVersion};
pub use transport::ClientOptions;
