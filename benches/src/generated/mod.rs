//! Crates that are generated to be built: the same events with this project and with derives.

pub mod build;
pub mod derives;
pub mod events;
pub mod fields;
pub mod nested;
