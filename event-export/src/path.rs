//! Paths of files below a directory.

/// Whether a path names a file below a directory on every system, for any directory: plain names
/// with `/` between them. Anyone can edit a list of files. This check ensures that no file outside
/// the directory is written or removed because of the list.
pub(crate) fn is_below(path: &str) -> bool {
    // On Windows, `\` separates names and `C:` is a drive.
    let is_plain = |name: &str| {
        !matches!(name, "" | "." | "..")
            && !name.contains(|c: char| c.is_control() || "\\:".contains(c))
    };
    path.split('/').all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn only_plain_names() {
        for path in ["index.json", "a/b/c.txt", ".hidden", "a..b", "é ü.md"] {
            assert!(is_below(path), "{path}");
        }
        for path in [
            "",
            "/",
            "/etc/x",
            "..",
            "../x",
            "a/../../x",
            "a/..",
            "./a",
            "a//b",
            "a/",
            "C:\\x",
            "C:x",
            "a\\..\\b",
            "a\nb",
            "a\0",
        ] {
            assert!(!is_below(path), "{path:?}");
        }
    }
}
