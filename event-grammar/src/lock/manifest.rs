//! The one thing that is read from `Cargo.toml`, by the macros and by the command.
//!
//! ```toml
//! [package.metadata.events]
//! lock = "../shop/events.lock"
//! ```
//!
//! A parser of TOML would be the largest dependency of the macros; what is not written as above is refused, not guessed.

const REFUSED: &str = "the lock is not declared as it is read\nhelp: in Cargo.toml, write two lines: `[package.metadata.events]` and `lock = \"events.lock\"`";

/// The path to the lock from the manifest's directory, where the manifest declares one.
///
/// # Errors
///
/// When one is declared in another way than the one that is read; the text has a line for what is wrong and one for what to write.
pub fn lock_path(manifest: &str) -> Result<Option<String>, &'static str> {
    let mut table = "";
    let mut found = None;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            table = line.split('#').next().unwrap_or_default().trim_end();
        } else if table == "[package.metadata.events]" {
            let Some((key, value)) = line.split_once('=') else { continue };
            if key.trim() == "lock" {
                found = Some(text(value.trim()).ok_or(REFUSED)?);
            }
        } else if table == "[package.metadata]" && line.starts_with("events") {
            return Err(REFUSED);
        }
    }
    Ok(found)
}

/// A text in quotes, without escapes.
fn text(value: &str) -> Option<String> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (text, rest) = value[1..].split_once(quote)?;
    let rest = rest.trim_start();
    let is_plain = !text.is_empty() && !text.contains('\\') && (rest.is_empty() || rest.starts_with('#'));
    is_plain.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::lock_path;

    #[test]
    fn a_declared_lock_is_found() {
        let manifest =
            "[package]\nname = \"a\"\n\n[package.metadata.events] # ours\nlock = '../shop/events.lock' # there\n";
        assert_eq!(lock_path(manifest), Ok(Some("../shop/events.lock".to_owned())));
        assert_eq!(lock_path("[package]\nname = \"a\"\nlock = \"x\"\n"), Ok(None));
        assert_eq!(lock_path("[package.metadata.events]\nother = 1\n[dependencies]\nlock = \"1\"\n"), Ok(None));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for manifest in [
            "[package.metadata]\nevents = { lock = \"events.lock\" }",
            "[package.metadata]\nevents.lock = \"events.lock\"",
            "[package.metadata.events]\nlock = \"\"\"events.lock\"\"\"",
            "[package.metadata.events]\nlock = \"a\\u0062\"",
            "[package.metadata.events]\nlock = [\"events.lock\"]",
        ] {
            assert!(lock_path(manifest).is_err(), "{manifest}");
        }
    }
}
