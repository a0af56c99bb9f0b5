//! The compatibility mode of a subcommand.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use event_grammar::lock::Mode;

/// Parses the word for a compatibility mode.
pub(crate) fn mode() -> impl TypedValueParser<Value = Mode> {
    let modes = Mode::ALL.map(|mode| PossibleValue::new(mode.as_str()).help(mode.meaning()));
    PossibleValuesParser::new(modes)
        .try_map(|word| Mode::from_word(&word).ok_or("not a compatibility mode"))
}
