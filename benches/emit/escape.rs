//! Text into JSON by hand, scanned eight bytes at a time.

#[inline]
pub(crate) fn escape(text: &str, line: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    if is_plain(bytes) {
        line.extend_from_slice(bytes);
    } else {
        escape_slowly(bytes, line);
    }
}

#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().all(|word| is_plain_word(u64::from_le_bytes(*word)))
        && rest.iter().all(|&byte| byte >= b' ' && byte != b'"' && byte != b'\\')
}

#[inline]
const fn is_plain_word(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (quote, backslash) = (word ^ (ONES * 0x22), word ^ (ONES * 0x5c));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let special =
        control | (quote.wrapping_sub(ONES) & !quote) | (backslash.wrapping_sub(ONES) & !backslash);
    special & (ONES * 0x80) == 0
}

#[cold]
fn escape_slowly(bytes: &[u8], line: &mut Vec<u8>) {
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => line.extend_from_slice(&[b'\\', byte]),
            0..b' ' => line.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => line.push(byte),
        }
    }
}
