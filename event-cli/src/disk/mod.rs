//! Files that a command writes and others read meanwhile: each as a whole or not at all, through
//! symbolic links, by one writer at a time, and with nothing left behind by a writer that was
//! killed.

mod hold;
mod litter;
mod replace;

pub(crate) use hold::Hold;
pub(crate) use litter::sweep;
pub(crate) use replace::{Lasting, dangling, replace, sync, target};

/// Whether a file has these contents. Line endings do not count: git writes `\r\n` on checkout
/// where `core.autocrlf` says so, and a generated text has no other `\r\n` in it.
pub(crate) fn is_same_text(found: &[u8], contents: &str) -> bool {
    found == contents.as_bytes()
        || str::from_utf8(found)
            .is_ok_and(|found| found.contains("\r\n") && found.replace("\r\n", "\n") == contents)
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn only_line_endings_may_differ() {
        assert!(is_same_text(b"a\nb\n", "a\nb\n") && is_same_text(b"a\r\nb\r\n", "a\nb\n"));
        assert!(
            is_same_text(b"a\r\nb\n", "a\nb\n"),
            "git leaves mixed endings where a file was merged"
        );
        for other in
            [&b"a\r\nc\r\n"[..], b"a\rb\r", b"a\r\r\nb\r\n", b"a\r\nb", b"a\r\nb\r\n\xff", b""]
        {
            assert!(!is_same_text(other, "a\nb\n"), "{other:?}");
        }
    }
}
