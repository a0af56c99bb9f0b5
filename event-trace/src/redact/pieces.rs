//! Splitting a text into pieces that may be pairs.

/// The characters that end a pair: `&` and `;` in a query, `?` and `#` where a query or a fragment
/// begins.
const SEPARATORS: [char; 4] = ['&', ';', '?', '#'];

/// Separators between two of these quotes do not split the text.
pub(super) const QUOTES: [char; 2] = ['"', '\''];

/// The pieces between separators, each with the separator after it. Quoted text is not split.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    let mut unpaired = [false; QUOTES.len()];
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = piece_end(rest, &mut unpaired);
        let (piece, behind) = rest.split_at(end);
        let separator;
        (separator, rest) = behind.split_at(behind.len().min(1));
        Some((piece, separator))
    })
}

/// The end of the first piece of the text. `unpaired`: the quotes that do not occur again in the
/// rest of the text.
fn piece_end(text: &str, unpaired: &mut [bool; QUOTES.len()]) -> usize {
    let mut at = 0;
    while let Some(found) =
        text[at..].find(|c| SEPARATORS.contains(&c) || QUOTES.contains(&c) || c == '\\')
    {
        at += found;
        let byte = text.as_bytes()[at];
        match QUOTES.iter().position(|quote| *quote == char::from(byte)) {
            Some(quote) if !unpaired[quote] => match closing(&text[at + 1..], QUOTES[quote]) {
                Some(close) => at += 1 + close,
                None => unpaired[quote] = true,
            },
            None if byte == b'\\' => at += text[at + 1..].chars().next().map_or(0, char::len_utf8),
            None => return at,
            Some(_) => {}
        }
        at += 1;
    }
    text.len()
}

/// The position of the closing quote.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return Some(at);
        }
        if c == '\\' {
            chars.next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn quotes_keep_a_piece_together() {
        for (text, parts) in [
            ("a=1&b;c?d#", &["a=1", "&", "b", ";", "c", "?", "d", "#"][..]),
            ("a=\"1&2\"&b", &["a=\"1&2\"", "&", "b", ""]),
            ("a=\"1&b=it's;c='", &["a=\"1", "&", "b=it's;c='", ""]),
            ("'a&b", &["'a", "&", "b", ""]),
            (r#"a="\"&"&b"#, &[r#"a="\"&""#, "&", "b", ""]),
            ("\\é&b\\", &["\\é", "&", "b\\", ""]),
            ("", &[]),
        ] {
            let found: Vec<_> = pieces(text).flat_map(|(piece, end)| [piece, end]).collect();
            assert_eq!(found, parts, "{text}");
        }
    }
}
