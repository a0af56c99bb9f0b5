//! An argument that is never printed.

use event_core::Secret;

/// Takes any text as a secret.
#[expect(clippy::unnecessary_wraps, reason = "clap's parsers may fail")]
pub(crate) fn secret(text: &str) -> Result<Secret<String>, String> {
    Ok(Secret::new(text.to_owned()))
}
