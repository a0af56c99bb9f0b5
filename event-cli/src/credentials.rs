//! Credentials must not appear on a screen or in a build log.

/// The text without the users in its URLs: the part between `://` and `@` is replaced. Clap repeats
/// arguments that it does not understand, and such an argument may be a URL for another option.
pub(crate) fn hidden(text: &str) -> String {
    let mut parts = text.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str("://");
        let end =
            part.find(|c: char| c.is_whitespace() || "'\"`".contains(c)).unwrap_or(part.len());
        match part[..end].rfind('@') {
            Some(at) => {
                shown.push_str("[secret]");
                shown.push_str(&part[at..]);
            }
            None => shown.push_str(part),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn users_are_hidden_and_nothing_else() {
        assert_eq!(hidden("'http://ada:a/b@c@h:1/x' and a@b"), "'http://[secret]@h:1/x' and a@b");
        assert_eq!(hidden("https://h/x, http://k:v@h"), "https://h/x, http://[secret]@h");
        for text in ["", "no URL", "see http://h and ada@example.com"] {
            assert_eq!(hidden(text), text);
        }
    }
}
