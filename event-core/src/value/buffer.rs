//! A byte buffer for many short pieces.
//!
//! A `Vec` calls `memcpy` for each piece whose length is unknown at compile time. The call costs
//! more than the copy, because keys, texts and numbers are mostly shorter than two vector
//! registers. This buffer copies a short piece as its first and its last word, which may overlap.
//! The space for it is a checked slice of initialised memory: beyond its length a buffer has zeros,
//! or bytes of an earlier event.

/// The maximum length of a short piece, in bytes.
pub(crate) const SHORT: usize = 32;

/// The memory that a buffer keeps between events, in bytes. A longer line allocates each time,
/// which costs less than writing the line.
pub(crate) const KEPT: usize = 64 * 1024;

/// A growing buffer.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    /// All bytes are initialised. `len` is the number of written bytes.
    bytes: Vec<u8>,
    len: usize,
}

impl Buffer {
    pub(crate) const fn new() -> Self {
        Self { bytes: Vec::new(), len: 0 }
    }

    #[inline]
    pub(crate) fn written(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    #[inline]
    pub(crate) fn written_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[..self.len]
    }

    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Removes everything after the first `len` bytes.
    #[inline]
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Frees the memory, and the content with it, if it is more than a buffer keeps.
    #[inline]
    pub(crate) fn give_back(&mut self) {
        if self.bytes.len() > KEPT {
            self.forget();
        }
    }

    #[cold]
    #[inline(never)]
    fn forget(&mut self) {
        *self = Self::new();
    }

    /// The next `len` bytes, if the buffer has space for them. The caller writes them and adds to
    /// `self.len`.
    #[inline]
    fn room(&mut self, len: usize) -> Option<&mut [u8]> {
        // Sliced twice, so that the compiler knows the length.
        self.bytes.get_mut(self.len..)?.get_mut(..len)
    }

    /// Appends bytes whose length is known at compile time, or that may be long.
    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        match self.room(bytes.len()) {
            Some(to) => {
                to.copy_from_slice(bytes);
                self.len += bytes.len();
            }
            None => self.extend_grown(bytes),
        }
    }

    #[cold]
    #[inline(never)]
    fn extend_grown(&mut self, bytes: &[u8]) {
        const LEAST: usize = 512;
        let end = self.len + bytes.len();
        self.bytes.resize(end.max(2 * self.bytes.len()).max(LEAST), 0);
        self.bytes[self.len..end].copy_from_slice(bytes);
        self.len = end;
    }

    /// Appends two pieces that are likely to be short.
    #[inline]
    pub(crate) fn extend_short(&mut self, one: &[u8], two: &[u8]) {
        if !self.extend_both(one, two) {
            self.extend_long(one, two);
        }
    }

    /// Appends two pieces. Returns `false`, and appends nothing, if a piece is long or there is no
    /// space yet.
    #[inline]
    pub(crate) fn extend_both(&mut self, one: &[u8], two: &[u8]) -> bool {
        let len = one.len() + two.len();
        match self.bytes.get_mut(self.len..self.len + len) {
            Some(to) if one.len() <= SHORT && two.len() <= SHORT => {
                let (to_one, to_two) = to.split_at_mut(one.len());
                copy_short(to_one, one);
                copy_short(to_two, two);
                self.len += len;
                true
            }
            _ => false,
        }
    }

    /// Like [`Buffer::extend_short`], for pieces that are long or do not fit.
    #[cold]
    #[inline(never)]
    pub(crate) fn extend_long(&mut self, one: &[u8], two: &[u8]) {
        self.extend(one);
        self.extend(two);
    }

    /// Appends `key`, then `text` in quotes. Returns `false`, and appends nothing, if one of them
    /// is long, the text needs escapes, or there is no space yet.
    #[inline]
    pub(crate) fn extend_quoted(&mut self, key: &[u8], text: &[u8]) -> bool {
        if key.len() > SHORT || text.len() > SHORT {
            return false;
        }
        let len = key.len() + text.len() + 2;
        let Some(to) = self.bytes.get_mut(self.len..self.len + len) else { return false };
        let (to_key, to) = to.split_at_mut(key.len());
        copy_short(to_key, key);
        let (open, to) = to.split_at_mut(1);
        let (to_text, close) = to.split_at_mut(text.len());
        (open[0], close[0]) = (b'"', b'"');
        let plain = copy_plain(to_text, text);
        if plain {
            self.len += len;
        }
        plain
    }

    #[inline]
    pub(crate) fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }
}

impl std::io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The first and the last `N` bytes. Together they are the whole slice if it has `N..=2 * N` bytes.
#[inline]
fn ends<const N: usize>(bytes: &[u8]) -> ([u8; N], [u8; N]) {
    let none = &[0; N];
    (*bytes.first_chunk().unwrap_or(none), *bytes.last_chunk().unwrap_or(none))
}

/// Writes the first and the last bytes of `to`.
#[inline]
fn write_ends<const N: usize>(to: &mut [u8], (first, last): ([u8; N], [u8; N])) {
    if let Some(to) = to.first_chunk_mut() {
        *to = first;
    }
    if let Some(to) = to.last_chunk_mut() {
        *to = last;
    }
}

/// `to.copy_from_slice(from)`.
#[inline]
fn copy_short(to: &mut [u8], from: &[u8]) {
    // The most frequent lengths of keys come first.
    if from.len() > SHORT {
        to.copy_from_slice(from);
    } else if from.len() >= 16 {
        write_ends::<16>(to, ends(from));
    } else if from.len() >= 8 {
        write_ends::<8>(to, ends(from));
    } else if from.len() >= 4 {
        write_ends::<4>(to, ends(from));
    } else if !from.is_empty() {
        // The first, the middle and the last byte; some of them may be the same.
        let (middle, last) = (from.len() / 2, from.len() - 1);
        (to[0], to[middle], to[last]) = (from[0], from[middle], from[last]);
    }
}

/// Like [`copy_short`]. Returns whether the text is plain.
#[inline]
fn copy_plain(to: &mut [u8], from: &[u8]) -> bool {
    if from.len() > SHORT {
        to.copy_from_slice(from);
        is_plain(from)
    } else if from.len() >= 16 {
        let (first, last) = ends(from);
        write_ends(to, (first, last));
        is_plain_block(&first) & is_plain_block(&last)
    } else if from.len() >= 8 {
        let (first, last) = ends(from);
        write_ends(to, (first, last));
        special(u64::from_ne_bytes(first)) | special(u64::from_ne_bytes(last)) == 0
    } else if from.len() >= 4 {
        let (first, last) = ends::<4>(from);
        write_ends(to, (first, last));
        special(u64::from(u32::from_ne_bytes(first)) | u64::from(u32::from_ne_bytes(last)) << 32)
            == 0
    } else if !from.is_empty() {
        let (middle, last) = (from.len() / 2, from.len() - 1);
        let bytes = [from[0], from[middle], from[last]];
        [to[0], to[middle], to[last]] = bytes;
        special(u64::from_ne_bytes([bytes[0], bytes[1], bytes[2], b' ', b' ', b' ', b' ', b' ']))
            == 0
    } else {
        true
    }
}

/// Whether text needs no escapes in a JSON string: no quote, no backslash, no byte below a space.
fn is_plain(text: &[u8]) -> bool {
    let (blocks, rest) = text.as_chunks();
    blocks.iter().all(is_plain_block) && !rest.iter().any(|&byte| is_special(byte))
}

/// How many bytes at the beginning of `text` need no escapes in a JSON string.
pub(crate) fn plain_len(text: &[u8]) -> usize {
    let (blocks, _) = text.as_chunks();
    let before = 16 * blocks.iter().take_while(|block| is_plain_block(block)).count();
    let (words, rest) = text[before..].as_chunks();
    for (at, word) in words.iter().enumerate() {
        // The lowest marked byte is certainly special: see `special`.
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return before + 8 * at + special.trailing_zeros() as usize / 8;
        }
    }
    before + 8 * words.len() + rest.iter().take_while(|byte| !is_special(**byte)).count()
}

/// Whether `text` has a backslash. Member texts are mostly shorter than two words, so this checks
/// whole words, and checks bytes twice where the last words overlap.
pub(crate) fn has_backslash(text: &[u8]) -> bool {
    const BACKSLASHES: u64 = u64::from_ne_bytes([b'\\'; 8]);
    let zero = |word: u64| {
        word.wrapping_sub(u64::from_ne_bytes([1; 8])) & !word & u64::from_ne_bytes([0x80; 8])
    };
    let is_in = |word: [u8; 8]| zero(u64::from_ne_bytes(word) ^ BACKSLASHES) != 0;
    match text.last_chunk() {
        Some(last) => is_in(*last) || text.as_chunks().0.iter().any(|word| is_in(*word)),
        None => text.contains(&b'\\'),
    }
}

const fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Not zero if a byte of `word` needs an escape (Lemire, "Detect control characters, quotes and
/// backslashes efficiently using SWAR").
#[inline]
const fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // The subtraction sets the high bit of each byte that is below the subtracted number, and
    // perhaps of a byte above such a byte. The bit flip maps the quote to a space, and maps a space
    // and `!` above it.
    let quote_or_below_space = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * 0x5c)).wrapping_sub(ONES);
    (quote_or_below_space | backslash) & !word & (ONES * 0x80)
}

/// Like [`special`]; compiles to a few vector instructions.
#[inline]
fn is_plain_block(block: &[u8; 16]) -> bool {
    let mark = |byte: u8| byte.saturating_sub(b' ' - 1).min(byte ^ b'"').min(byte ^ b'\\');
    !block.iter().fold(false, |found, &byte| found | (mark(byte) == 0))
}

#[cfg(test)]
mod tests {
    use super::{Buffer, copy_plain, has_backslash, is_plain, is_special, plain_len};
    use proptest::prelude::*;

    #[test]
    fn every_byte_in_every_place_is_seen() {
        for byte in 0..=255_u8 {
            for len in 0..36 {
                for place in 0..len {
                    let mut from = vec![b'x'; len];
                    from[place] = byte;
                    let mut to = vec![0; len];
                    assert_eq!(
                        copy_plain(&mut to, &from),
                        !is_special(byte),
                        "{byte} at {place} of {len}"
                    );
                    assert_eq!(is_plain(&from), !is_special(byte), "{byte} at {place} of {len}");
                    assert_eq!(has_backslash(&from), byte == b'\\', "{byte} at {place} of {len}");
                    assert_eq!(to, from);
                    assert_eq!(plain_len(&from), if is_special(byte) { place } else { len });
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_appended_is_written(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..40)) {
            let mut buffer = Buffer::new();
            for piece in &pieces {
                buffer.extend_short(piece, piece);
            }
            let expected: Vec<u8> = pieces.iter().flat_map(|piece| piece.repeat(2)).collect();
            prop_assert_eq!(buffer.written(), expected);
        }

        #[test]
        fn quoted_is_all_or_nothing(key in "[a-z]{0,40}", text in "[ -~]{0,40}|[\\x00-\\x7f]{0,40}") {
            let mut buffer = Buffer::new();
            buffer.extend(&[b'-'; 100]);
            let short = key.len() <= super::SHORT && text.len() <= super::SHORT;
            let done = buffer.extend_quoted(key.as_bytes(), text.as_bytes());
            prop_assert_eq!(done, short && is_plain(text.as_bytes()));
            let expected = if done { format!("{key}\"{text}\"") } else { String::new() };
            prop_assert_eq!(&buffer.written()[100..], expected.as_bytes());
        }
    }
}
