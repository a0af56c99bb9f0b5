//! Finding members in the output of the encoder.

use super::Mark;
use crate::value::buffer::plain_len;

/// The value of the member `key`. `members` is the encoder's output: `"key":value,"key":value`.
pub(crate) fn value<'a>(members: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let mut rest = members;
    while let Some(quoted) = rest.strip_prefix(b"\"") {
        if let Some(value) =
            quoted.strip_prefix(key.as_bytes()).and_then(|rest| rest.strip_prefix(b"\":"))
        {
            return Some(&value[..value_end(value)]);
        }
        let value = quoted[string_end(quoted)?..].strip_prefix(b":")?;
        rest = value[value_end(value)..].strip_prefix(b",").unwrap_or_default();
    }
    None
}

/// The positions of all members. `members` is the encoder's output: `,"key":value,"key":value`.
pub(crate) fn marks(members: &[u8]) -> impl Iterator<Item = Mark> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mark = first(&members[at..])?.moved(at);
        at = mark.value() + value_end(members.get(mark.value()..)?);
        Some(mark)
    })
}

/// The position of the first member.
pub(crate) fn first(members: &[u8]) -> Option<Mark> {
    let quoted = members.strip_prefix(b",\"")?;
    Some(Mark::new(0, string_end(quoted)? + ",\"".len() + ":".len()))
}

/// The keys, escaped as they are written, and the values. `members` is the encoder's output:
/// `"key":value,"key":value`.
pub(crate) fn each(members: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = members;
    std::iter::from_fn(move || {
        let quoted = rest.strip_prefix(b"\"")?;
        let colon = string_end(quoted)?;
        let (name, value) = (&quoted[..colon - 1], quoted[colon..].strip_prefix(b":")?);
        let (value, behind) = value.split_at(value_end(value));
        rest = behind.strip_prefix(b",").unwrap_or_default();
        Some((name, value))
    })
}

/// The offset after the closing quote of a string. `text` begins after the opening quote.
pub(crate) fn string_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += plain_len(text.get(at..)?);
        match text.get(at)? {
            b'"' => return Some(at + 1),
            // A backslash: skips the escaped character too.
            _ => at += 2,
        }
    }
}

/// The end of a value: the offset of the comma after it, or the end of the input.
pub(crate) fn value_end(value: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = value.get(at) {
        match byte {
            b'"' => at += string_end(&value[at + 1..]).unwrap_or_default(),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::value;
    use crate::value::encode::Encoder;
    use proptest::prelude::*;

    #[test]
    fn a_member_is_found_behind_others() {
        let members = br#""a":{"id":"no","b":["]",{}]},"b\"":"x,\"id\":1","id":"yes","n":-7"#;
        assert_eq!(value(members, "id"), Some(&b"\"yes\""[..]));
        assert_eq!(value(members, "n"), Some(&b"-7"[..]));
        assert_eq!(value(members, "b"), None);
        assert_eq!(value(b"", "id"), None);
    }

    proptest! {
        #[test]
        fn it_finds_what_serde_finds(texts in prop::collection::vec(any::<String>(), 1..6), at in 0..6_usize) {
            let mut out = Encoder::new();
            for (place, text) in texts.iter().enumerate() {
                out.json(if place == 0 { "\"k" } else { ",\"k" });
                out.integer(place);
                out.json("\":");
                out.list([text, text]);
            }
            let found = value(out.bytes(), &format!("k{at}")).map(|json| serde_json::from_slice::<[String; 2]>(json).unwrap());
            prop_assert_eq!(found, texts.get(at).map(|text| [text.clone(), text.clone()]));
        }
    }
}
