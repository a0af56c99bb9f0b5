//! Finding the end of the plain part of a text, eight bytes at a time.

/// How many bytes at the start are neither a quote nor a backslash nor a control character, checked
/// eight at a time. The last bytes, fewer than eight, are not counted.
#[inline]
pub(super) fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let mut at = 0;
    for word in bytes.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*word);
        // The lowest set bit is exact: a borrow affects only higher bytes.
        let equals = |byte: u8| {
            let differs = word ^ (ONES * u64::from(byte));
            differs.wrapping_sub(ONES) & !differs
        };
        let control = word.wrapping_sub(ONES * u64::from(b' ')) & !word;
        let special = (equals(b'"') | equals(b'\\') | control) & HIGH;
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::plain;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_bytes_are_counted(text in "[ -!#-\\[\\]-~é]{0,40}", end in "[\"\\\\\n]") {
            let bytes = format!("{text}{end}........");
            prop_assert_eq!(plain(bytes.as_bytes()), text.len());
        }
    }
}
