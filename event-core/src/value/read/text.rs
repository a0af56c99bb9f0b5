//! The content of JSON strings, with escapes resolved.

use super::scan::Raw;
use std::borrow::Cow;

/// Half of a surrogate pair: JSON's grammar allows the escape, but Unicode has no character for it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LoneSurrogate;

/// The text between the quotes of the JSON string `raw`, borrowed if it has no escapes.
#[inline]
pub(super) fn of(raw: Raw<'_>) -> Result<Cow<'_, str>, LoneSurrogate> {
    let inner =
        raw.json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default();
    if raw.escaped { unescaped(inner).map(Cow::Owned) } else { Ok(Cow::Borrowed(inner)) }
}

/// Resolves the escapes of the text between the quotes of a JSON string.
pub(crate) fn unescaped(mut json: &str) -> Result<String, LoneSurrogate> {
    let mut text = String::with_capacity(json.len());
    while let Some((plain, escape)) = json.split_once('\\') {
        text.push_str(plain);
        let mut rest = escape.chars();
        let c = match rest.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let (c, behind) = character(rest.as_str()).ok_or(LoneSurrogate)?;
                rest = behind.chars();
                c
            }
            // A quote, a backslash or a slash: the scanner accepts no other escape.
            Some(itself) => itself,
            None => break,
        };
        text.push(c);
        json = rest.as_str();
    }
    text.push_str(json);
    Ok(text)
}

/// The character of the four digits after `\u`, and the text after it.
fn character(digits: &str) -> Option<(char, &str)> {
    let (first, rest) = unit(digits)?;
    if let Some(c) = char::from_u32(first.into()) {
        return Some((c, rest));
    }
    let (second, rest) = unit(rest.strip_prefix("\\u")?)?;
    let c = char::decode_utf16([first, second]).next()?.ok()?;
    Some((c, rest))
}

fn unit(digits: &str) -> Option<(u16, &str)> {
    let (unit, rest) = digits.split_at_checked(4)?;
    Some((u16::from_str_radix(unit, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::{Cow, LoneSurrogate, of};
    use crate::value::read::scan::value;
    use proptest::prelude::*;

    fn read(json: &str) -> Result<String, LoneSurrogate> {
        of(value(json).unwrap()).map(Cow::into_owned)
    }

    #[test]
    fn half_a_surrogate_pair_is_no_text() {
        assert_eq!(
            read(r#""\ud83d\ude00 \u00e9\/\"\\\b\f\n\r\t""#).unwrap(),
            "😀 é/\"\\\u{8}\u{c}\n\r\t"
        );
        for half in
            [r"\ud83d", r"\ude00", r"\ud83d\ud83d", r"\ud83d\u0041", r"\ud83dx\ude00", r"a\uD83D\n"]
        {
            assert_eq!(read(&format!("\"{half}\"")), Err(LoneSurrogate), "{half}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_reads_it(text in any::<String>(), escapes in "(\\\\u[0-9a-f]{4}|\\\\[nrtbf\"/]|x){0,8}") {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(read(&json), Ok(text));
            let json = format!("\"{escapes}\"");
            prop_assert_eq!(read(&json).ok(), serde_json::from_str::<String>(&json).ok());
        }
    }
}
