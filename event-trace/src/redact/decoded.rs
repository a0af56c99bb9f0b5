//! Removing one level of encoding.

use percent_encoding::percent_decode_str;

/// The text as the next reader sees it: decodes percent-encoding, the `+` of forms (in any mixture)
/// and the escapes of JSON strings.
pub(super) fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    let text = percent_decode_str(&spaced).decode_utf8_lossy();
    if text.contains('\\') { unescaped(&text) } else { text.into_owned() }
}

/// Resolves JSON's escapes of letters, quotes and slashes. Every other backslash stays.
fn unescaped(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        clean.push_str(before);
        let letter = escape.strip_prefix('u').and_then(|hex| hex.get(..4)).and_then(letter);
        rest = match (escape.chars().next(), letter) {
            (_, Some(letter)) => {
                clean.push(letter);
                &escape[5..]
            }
            (Some(c @ ('"' | '\'' | '\\' | '/')), _) => {
                clean.push(c);
                &escape[1..]
            }
            _ => {
                clean.push('\\');
                escape
            }
        };
    }
    clean.push_str(rest);
    clean
}

/// The letter of `\u` and these four digits. Half of a surrogate pair stays: no sensitive name has
/// such a letter.
fn letter(hex: &str) -> Option<char> {
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn one_level_is_taken_off() {
        for (text, is) in [
            ("a%20b+c", "a b c"),
            ("%2574", "%74"),
            (r#"{\"\u0074oken\":\"\/\"}"#, r#"{"token":"/"}"#),
            (r"C:\temp\u00", r"C:\temp\u00"),
            (r"\\u0074", r"\u0074"),
            ("50%", "50%"),
            ("%ff", "\u{fffd}"),
            ("\\", "\\"),
        ] {
            assert_eq!(decoded(text), is, "{text}");
        }
    }
}
