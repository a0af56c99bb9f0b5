//! The digest of a file beside the lock.

use std::fmt::Write as _;

/// `sha256:` and 64 hexadecimal digits. A file with `\r\n` has the same digest as with `\n`,
/// because git may change line breaks. JSON has no raw line breaks in texts, so no other difference
/// is lost.
pub fn digest(contents: &str) -> String {
    let hash = hmac_sha256::Hash::hash(contents.replace("\r\n", "\n").as_bytes());
    let mut digest = "sha256:".to_owned();
    for byte in hash {
        // Writing to a `String` does not fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
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
