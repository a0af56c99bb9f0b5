//! The reader of the relay's configuration, over arbitrary text: it answers with a configuration or
//! with errors, and shows no value of a variable.
#![no_main]

use event_relay::config::Config;
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use std::path::Path;

/// What no text of a fuzzer has in it by chance.
const PLANTED: &str = "planted-9b1d7c50e2";

fuzz_target!(|text: &str| {
    let variables = [("TOKEN", PLANTED), ("EVENTS_RELAY_TARGETS__WEB__AUTH__BEARER", "env:TOKEN")];
    let environment: BTreeMap<String, String> =
        variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let shown = match Config::read(Path::new("/nowhere/relay.toml"), text, &environment) {
        Ok(config) => format!("{config:?}"),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            format!("{error}\n{error:?}")
        }
    };
    assert!(text.contains(PLANTED) || !shown.contains(PLANTED));
});
