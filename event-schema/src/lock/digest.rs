//! The digest of a file beside the lock.

/// `sha256:` and 64 hexadecimal digits; equal for `\r\n` and `\n`. See
/// [`event_grammar::lock::digest`].
pub fn digest(contents: &str) -> String {
    event_grammar::lock::digest(contents, hmac_sha256::Hash::hash)
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn it_is_sha_256() {
        // The example of FIPS 180-4.
        assert_eq!(
            digest("abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(digest("a\r\nb\r\n"), digest("a\nb\n"));
    }
}
