//! Pseudonyms: equal for equal values, and told apart from the value by a key.

use super::{Mask, MaskWriter};
use hmac_sha256::HMAC;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

/// Shows a pseudonym that is equal for equal values: `h:<key id>:<32 hexadecimal digits>`,
/// HMAC-SHA-256 (RFC 2104) under the process's [`HashKey`], its first 128 bits.
///
/// Whoever has the key can look for the records of a person and cannot read who is in the others;
/// whoever has not cannot try values one after the other, as they could with a plain hash of an
/// e-mail address. Until [`set_hash_key`] is called, the key is drawn at random when it is first
/// needed and is called `process`: pseudonyms are equal within the process and mean nothing outside
/// of it.
///
/// # What can be seen of the worst input
///
/// Whether two values are equal, and nothing of either. A value that has the form of a pseudonym is
/// hashed too: if it were kept, a caller could choose whose pseudonym is written. So a schema
/// cannot tell such a raw value from a pseudonym.
#[derive(Debug)]
pub enum Hash {}

/// A key of pseudonyms, with an id that every pseudonym carries: after a change of keys it says
/// which one a record was written under.
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
    /// Has taken in the key already, which is half of the work.
    mac: HMAC,
}

/// Why something is not a key of pseudonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidHashKey {
    /// The id is not 1 to 16 ASCII letters, digits, `_` or `-`.
    Id,
    /// The id is `process`, which is the random key's.
    ReservedId,
    /// The key has fewer than 16 bytes: whoever tries them all would have it.
    TooShort,
}

/// The id of the key that is drawn at random.
const PROCESS: &str = "process";

/// Taken for as long as it takes to count a reference, never while hashing.
static CURRENT: RwLock<Option<Arc<HashKey>>> = RwLock::new(None);

/// Makes `key` the one that [`Hash`](enum@Hash) uses from now on, in every thread. To change keys,
/// call it again: what is written after it carries the new id.
pub fn set_hash_key(key: HashKey) {
    *CURRENT.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(key));
}

fn current() -> Arc<HashKey> {
    let known = CURRENT.read().unwrap_or_else(PoisonError::into_inner).clone();
    known.unwrap_or_else(draw)
}

/// Draws a key, unless another thread was first.
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
    /// A key of at least 16 bytes, best of 32 random ones (RFC 2104 §3), called by an id of 1 to 16
    /// ASCII letters, digits, `_` and `-`.
    ///
    /// # Errors
    ///
    /// [`InvalidHashKey`] says what is wrong.
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

    /// Its key is what the operating system gave the standard library for its maps, 128 bits,
    /// stretched by the hash that these use.
    fn random() -> Self {
        let seed = RandomState::new();
        let mut key = [0; 32];
        for (at, to) in key.chunks_mut(8).enumerate() {
            to.copy_from_slice(&seed.hash_one(("hash key", at)).to_le_bytes());
        }
        Self { id: PROCESS.into(), mac: HMAC::new(key) }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The pseudonym of `text`, as [`Hash`](enum@Hash) writes it under this key: what to look for
    /// in records.
    pub fn pseudonym(&self, text: &str) -> String {
        format!("h:{}:{}", self.id, as_text(&self.digits(text)))
    }

    fn digits(&self, text: &str) -> [u8; 32] {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut mac = self.mac.clone();
        mac.update(text);
        let code = mac.finalize();
        // RFC 2104 §5: the first half of the code is enough, and no less should be kept.
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

/// Whether the text has the form of a pseudonym, of whatever key.
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
    /// The id; never the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HashKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Display for InvalidHashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "the id of a hash key is 1 to 16 ASCII letters, digits, `_` or `-`",
            Self::ReservedId => "the id `process` is the random key's; give this key another one",
            Self::TooShort => "a hash key has at least 16 bytes; draw 32 random ones",
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

    /// The cases of RFC 4231 whose data is text and whose key is long enough. The fifth is about a
    /// code cut off at 128 bits.
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
