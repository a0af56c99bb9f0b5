//! A client for schema registries with Confluent's REST interface, such as Confluent Schema
//! Registry and Karapace.
//!
//! It queries and registers JSON Schemas; it knows nothing about events. The command `push` uses
//! it, and a team's own tools may use it too. Paths, statuses and codes are from [Confluent's API
//! reference](https://docs.confluent.io/platform/current/schema-registry/develop/api.html).
//!
//! ```no_run
//! use event_cli::registry::{Address, Client, ClientOptions, RegisteredVersion};
//!
//! let client = Client::new(Address::parse("http://localhost:8081")?, ClientOptions::default());
//! let schema = r#"{"type":"object"}"#;
//! match client.check("orders-value", RegisteredVersion::Latest, schema)? {
//!     None => println!("a new subject"),
//!     Some(judgement) if judgement.compatible => println!("{}", client.register("orders-value", schema)?),
//!     Some(judgement) => println!("{}", judgement.messages.join("\n")),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod baseline;
mod client;
mod connection;
mod opened;
mod plan;
pub(crate) mod push;
mod subject;

pub(crate) use baseline::differences;
pub use client::{
    Address, Client, ClientOptions, InvalidAddress, Judgement, RegisteredVersion, RegistryError,
    RegistryErrorKind, Stored,
};
