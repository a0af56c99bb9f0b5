//! Pseudonyms: equal for equal values, and computed with a secret key.

use super::{Mask, MaskWriter};
use hmac_sha256::HMAC;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

/// Shows a pseudonym that is equal for equal values: `h:<key id>:<32 hexadecimal digits>`,
/// HMAC-SHA-256 (RFC 2104) under the process's [`HashKey`], its first 128 bits.
///
/// With the key, a person's records can be found by a known value; the values in other records
/// cannot be read from the pseudonyms. Without the key, values cannot be guessed one after the
/// other, as is possible with a plain hash of an e-mail address. Until [`set_hash_key`] is called,
/// the key is random, is generated on first use, and has the id `process`: its pseudonyms are equal
/// within the process and have no meaning outside it.
///
/// # Worst case
///
/// The output shows whether two values are equal, and nothing else. A value in the format of a
/// pseudonym is hashed too: if it were kept, a caller could choose whose pseudonym is written. So a
/// schema cannot tell such a raw value from a pseudonym.
#[derive(Debug)]
pub enum Hash {}

/// A key for pseudonyms. Its id is in every pseudonym, so that after a change of keys each record
/// shows its key.
///
/// ```
/// use event_core::mask::{HashKey, set_hash_key};
///
/// let key = HashKey::new("2026-01", b"sixteen bytes, at least")?;
/// let looked_for = key.pseudonym("ada@example.com");
/// assert_eq!(looked_for, "h:2026-01:8c06fe5074e20041486735bc521c6ab0");
/// set_hash_key(key);
/// # Ok::<(), event_core::mask::InvalidHashKey>(())
/// ```
#[derive(Clone)]
pub struct HashKey {
    id: Box<str>,
    /// The key is absorbed already, which is half of the work.
    mac: HMAC,
}

/// Why a hash key is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidHashKey {
    /// The id is not 1 to 16 ASCII letters, digits, `_` or `-`.
    Id,
    /// The id is `process`, which is reserved for the random key.
    ReservedId,
    /// The key has fewer than 16 bytes, so that an attacker could try all keys.
    TooShort,
}

/// The id of the random key.
const PROCESS: &str = "process";

/// Locked only to clone the `Arc`, never while hashing.
static CURRENT: RwLock<Option<Arc<HashKey>>> = RwLock::new(None);

/// Sets the key that [`Hash`](enum@Hash) uses from now on, in every thread. Call it again to change
/// keys: later records have the new id.
pub fn set_hash_key(key: HashKey) {
    *CURRENT.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(key));
}

fn current() -> Arc<HashKey> {
    let known = CURRENT.read().unwrap_or_else(PoisonError::into_inner).clone();
    known.unwrap_or_else(draw)
}

/// Generates a key, unless another thread was first.
#[cold]
fn draw() -> Arc<HashKey> {
    Arc::clone(
        CURRENT
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert_with(|| Arc::new(HashKey::random())),
    )
}

impl HashKey {
    /// Makes a key of at least 16 bytes; 32 random bytes are best (RFC 2104 §3). The id has 1 to 16
    /// ASCII letters, digits, `_` and `-`.
    ///
    /// # Errors
    ///
    /// [`InvalidHashKey`] if the id or the key is invalid.
    pub fn new(id: &str, key: &[u8]) -> Result<Self, InvalidHashKey> {
        const LEAST_OF_KEY: usize = 16;
        if !is_id(id) {
            return Err(InvalidHashKey::Id);
        }
        if id == PROCESS {
            return Err(InvalidHashKey::ReservedId);
        }
        if key.len() < LEAST_OF_KEY {
            return Err(InvalidHashKey::TooShort);
        }
        Ok(Self { id: id.into(), mac: HMAC::new(key) })
    }

    /// Makes a random key. The seed is the 128 random bits that the standard library takes from the
    /// operating system for its maps, expanded by the hash of the maps.
    fn random() -> Self {
        let seed = RandomState::new();
        let mut key = [0; 32];
        for (at, to) in key.chunks_mut(8).enumerate() {
            to.copy_from_slice(&seed.hash_one(("hash key", at)).to_le_bytes());
        }
        Self { id: PROCESS.into(), mac: HMAC::new(key) }
    }

    /// The id of the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The pseudonym of `text` that [`Hash`](enum@Hash) writes with this key, to search for in
    /// records.
    pub fn pseudonym(&self, text: &str) -> String {
        format!("h:{}:{}", self.id, as_text(&self.digits(text)))
    }

    fn digits(&self, text: &str) -> [u8; 32] {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut mac = self.mac.clone();
        mac.update(text);
        let code = mac.finalize();
        // RFC 2104 §5: half of the code is enough, and at least half should be kept.
        std::array::from_fn(|at| {
            HEX[usize::from(if at % 2 == 0 { code[at / 2] >> 4 } else { code[at / 2] & 15 })]
        })
    }
}

fn is_id(text: &str) -> bool {
    const LONGEST: usize = 16;
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Whether the text has the format of a pseudonym, with any key.
pub(super) fn is_pseudonym(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.strip_prefix("h:")
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(id, digits)| is_id(id) && digits.len() == 32 && digits.bytes().all(is_digit))
}

fn as_text(digits: &[u8; 32]) -> &str {
    str::from_utf8(digits).unwrap_or_default()
}

impl fmt::Debug for HashKey {
    /// Shows the id, never the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HashKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Display for InvalidHashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "the id of a hash key has 1 to 16 ASCII letters, digits, `_` or `-`",
            Self::ReservedId => "the id `process` is reserved for the random key; write another id",
            Self::TooShort => "a hash key has at least 16 bytes; generate 32 random bytes",
        })
    }
}

impl std::error::Error for InvalidHashKey {}

impl Mask for Hash {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        let key = current();
        out.show("h:");
        out.show(&key.id);
        out.show(":");
        out.show(as_text(&key.digits(text)));
    }
}

#[cfg(test)]
mod tests {
    use super::{HashKey, InvalidHashKey};

    /// The cases of RFC 4231 whose data is text and whose key is long enough. The fifth case is
    /// about truncation to 128 bits.
    #[test]
    fn a6_pseudonyms_are_hmac_sha_256() {
        let cases: [(&[u8], &str, &str); 4] = [
            (&[0x0b; 20], "Hi There", "b0344c61d8db38535ca8afceaf0bf12b"),
            (&[0x0c; 20], "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
            (
                &[0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f",
            ),
            (
                &[0xaa; 131],
                "This is a test using a larger than block-size key and a larger than block-size \
                 data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944",
            ),
        ];
        for (key, text, expected) in cases {
            let key = HashKey::new("rfc-4231", key).unwrap();
            assert_eq!(key.pseudonym(text), format!("h:rfc-4231:{expected}"));
        }
    }

    #[test]
    fn a_key_has_an_id_and_enough_bytes() {
        let new = |id, key: &[u8]| HashKey::new(id, key).map(|key| key.id().to_owned());
        assert_eq!(new("A_z-0", &[1; 16]), Ok("A_z-0".to_owned()));
        assert_eq!(new("1234567890123456", &[1; 16]).map(|id| id.len()), Ok(16));
        for id in ["", "12345678901234567", "a:b", "a b", "\"", "é", "\n"] {
            assert_eq!(new(id, &[1; 16]), Err(InvalidHashKey::Id), "{id:?}");
        }
        assert_eq!(new("process", &[1; 16]), Err(InvalidHashKey::ReservedId));
        assert_eq!(new("k", &[1; 15]), Err(InvalidHashKey::TooShort));
    }

    #[test]
    fn a_random_key_is_another_one_each_time() {
        let keys = [HashKey::random(), HashKey::random()];
        assert_eq!(keys[0].pseudonym("ada"), keys[0].clone().pseudonym("ada"));
        assert_ne!(keys[0].pseudonym("ada"), keys[1].pseudonym("ada"));
        assert!(keys[0].pseudonym("ada").starts_with("h:process:"));
    }

    #[test]
    fn debug_shows_the_id_and_nothing_else() {
        let key = HashKey::new("k1", &[b'k'; 32]).unwrap();
        assert_eq!(format!("{key:?}"), r#"HashKey { id: "k1", .. }"#);
    }
}
