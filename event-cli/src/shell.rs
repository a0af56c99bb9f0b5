//! Quotes the words of a printed command line, so that it can be pasted into a POSIX shell.

use std::path::Path;

/// A word for a shell: unchanged, or in single quotes if a shell would split, expand or end it.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// A path for a shell.
pub(crate) fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::{path, quoted};
    use std::path::Path;

    #[test]
    fn a_word_that_a_shell_would_read_otherwise_is_quoted() {
        for plain in
            ["target/schemas", "shop-events", "order_placed@1", "../a.lock", "2026-11-21T10:00:00"]
        {
            assert_eq!(quoted(plain), plain);
        }
        assert_eq!(quoted(""), "''");
        assert_eq!(path(Path::new("my schemas/events.lock")), "'my schemas/events.lock'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        for word in [
            "lines[].sku",
            "$HOME",
            "~",
            "a;b",
            "a&b",
            "`id`",
            "a*",
            "a?",
            "\"a\"",
            "a\\b",
            "#a",
            "=a",
            "a\tb",
        ] {
            assert_eq!(quoted(word), format!("'{word}'"));
        }
    }

    /// `sh` itself shows how it reads the word.
    #[cfg(unix)]
    #[test]
    fn a_shell_reads_back_what_was_quoted() {
        for word in [
            "a b",
            "it's",
            "''",
            "$HOME `id` $(id)",
            "lines[].sku",
            "a\\",
            "\"",
            "~root",
            "*",
            "é ü",
            "-n",
            "!",
        ] {
            let script = format!("printf %s {}", quoted(word));
            let ran = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
            assert_eq!(String::from_utf8(ran.stdout).unwrap(), word);
        }
    }
}
