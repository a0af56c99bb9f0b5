//! The files beside a lock: where they are, and their digests.

use super::VersionKey;
use std::fmt::Write as _;

/// The directory beside the lock that holds its files.
pub const DIRECTORY: &str = "events.lock.d";

/// The path of a revision's schema below [`DIRECTORY`], for a contract: `write` or `read`.
///
/// ```
/// use event_grammar::lock::{VersionKey, schema_file};
///
/// let key = VersionKey::new("payment_process_failed", 2);
/// assert_eq!(schema_file(&key, 0, "write"), "payment_process_failed@2/r0.write.json");
/// ```
pub fn schema_file(key: &VersionKey, revision: usize, contract: &str) -> String {
    format!("{key}/r{revision}.{contract}.json")
}

/// The digest of a stored file, as a lock has it: `sha256:` and 64 hexadecimal digits. `sha_256` is
/// the hash function; this crate depends on none.
///
/// A file with `\r\n` has the same digest as with `\n`, because git may change line breaks. JSON
/// has no raw line breaks in texts, so no other difference is lost.
pub fn digest(contents: &str, sha_256: impl FnOnce(&[u8]) -> [u8; 32]) -> String {
    let hash = sha_256(contents.replace("\r\n", "\n").as_bytes());
    let mut digest = "sha256:".to_owned();
    for byte in hash {
        // Writing to a `String` does not fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
