//! The schema compiler: compiles the descriptors of an event catalog to JSON Schema.
//!
//! [`schema`] describes one event, [`sample`] makes values that match its schema. A schema is in a
//! portable profile: ajv in strict mode compiles it, and generators make good TypeScript and Python
//! types of it. The crate `event-export` makes the files of a whole catalog.
//!
//! An event has two contracts. A writer writes exactly the declared keys, so the write contract is
//! closed. A reader ignores unknown keys, so the read contract is open. Every schema has one
//! [`Contract`], one [`Rendering`] and one [`Dialect`]:
//!
//! ```
//! use event_schema::{Contract, Options};
//!
//! # fn demo(catalog: &event_core::Catalog) -> Option<()> {
//! let event = catalog.find("payment_process_failed")?;
//! let schema = event_schema::schema(event, Options { contract: Contract::Read, ..Options::default() }).ok()?;
//! let file: String = schema.to_string();
//! # Some(())
//! # }
//! ```

mod annotation;
mod compiler;
mod document;
mod enums;
mod error;
mod file;
mod foreign;
mod json;
mod keywords;
pub mod lock;
mod opaque_names;
mod options;
mod parse;
mod properties;
mod record;
pub mod sample;
mod types;
mod value;

pub use annotation::{role, transitions};
pub use document::{schema, schema_in};
pub use error::{SchemaError, SchemaErrorKind};
pub use file::File;
pub use json::Json;
pub use opaque_names::{OpaqueNames, SuspiciousName, opaque_names};
pub use options::{Contract, Dialect, Options, Rendering};
pub use parse::{ParseError, parse};
