//! The configuration: what is read, what is refused and in which words. No secret is shown.

mod errors;
mod kafka;
mod nats;
mod secrets;
mod values;

use event_relay::config::{Config, ConfigError};
use std::collections::BTreeMap;
use std::path::Path;

/// The environment of these pairs.
fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Reads a text as the file `relay.toml` of these tests' own directory.
fn read(text: &str, pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config/relay.toml");
    Config::read(&file, text, &environment(pairs))
}
