//! Formats of an event catalog for other tools.
//!
//! An [`Exporter`] is one format: options in, a list of files out. [`EXPORTERS`] lists the
//! exporters of this crate; a program can add its own. [`export`] returns the files of an exporter.
//! [`DirectoryPlan`] compares them with an existing directory: which files to write, which to
//! remove, and which a person wrote and no export may touch. This crate reads and writes no files
//! itself; the command does.
//!
//! ```
//! use event_export::{Choices, JsonSchema, export};
//! use event_export::Exporter as _;
//!
//! # fn demo(catalog: &event_core::Catalog) -> Option<()> {
//! let choices = Choices::of(JsonSchema.options()).with("contract", "read")?;
//! for file in export(&JsonSchema, catalog, &choices).ok()? {
//!     println!("{}: {} bytes", file.path, file.contents.len());
//! }
//! # Some(())
//! # }
//! ```

mod choices;
mod exporter;
mod json_schema;
mod manifest;
mod path;
mod plan;
mod sql;

pub use choices::{Choice, Choices, ExportOption};
pub use event_schema::File;
pub use exporter::{ExportError, Exporter, export};
pub use json_schema::{INDEX, JsonSchema, file_name, json_schema};
pub use manifest::{MANIFEST, Manifest, ManifestError};
pub use plan::{DirectoryPlan, FileChange, FileState, FileStep, KeptFile, KeptWhy};
pub use sql::Sql;

/// The exporters of this crate, in the order in which the command lists them.
pub const EXPORTERS: &[&dyn Exporter] = &[&JsonSchema, &Sql];
