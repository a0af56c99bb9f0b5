//! Names that a text assigns a value to, whatever its format: the pairs of queries and cookies, the
//! members of JSON, the lines of headers.

/// The characters that end a name on its left, in addition to white space. `/`, `.` and brackets
/// are part of a name, because a name may have parts.
const DELIMITERS: [char; 16] =
    ['&', ';', '?', '#', ',', '=', ':', '{', '}', '(', ')', '<', '>', '|', '"', '\''];

/// Names whose value is itself a name: `name="password"` in a form,
/// `{"name": "token", "value": ".."}`.
const LABELS: &[&str] =
    &["attribute", "field", "header", "name", "param", "parameter", "property", "variable"];

/// The names before each `=` and `:` of the text, and the names that follow a label: everything
/// that may be assigned a value.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(['=', ':']).flat_map(|(at, sign)| {
        let name = name_before(&text[..at]);
        let labelled = is_label(name).then(|| labelled(&text[at + sign.len()..]));
        std::iter::once(name).chain(labelled)
    })
}

/// Whether a name's value is itself a name.
pub(super) fn is_label(name: &str) -> bool {
    let name = name.trim().rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    LABELS.iter().any(|label| label.eq_ignore_ascii_case(name))
}

/// The name at the beginning of a label's value.
pub(super) fn labelled(value: &str) -> &str {
    let value =
        value.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\'));
    &value[..value
        .find(|c: char| DELIMITERS.contains(&c) || matches!(c, '\r' | '\n' | '\\'))
        .unwrap_or(value.len())]
}

/// The name at the end of the text: the part in quotes, or the last two words ("access token", "API
/// key").
fn name_before(text: &str) -> &str {
    let text = text.trim_end();
    let name = text.trim_end_matches(['"', '\'', '\\']);
    if name.len() < text.len() {
        return &name[name.rfind(['"', '\'']).map_or(0, |quote| quote + 1)..];
    }
    let name = name[name.rfind(DELIMITERS).map_or(0, |at| at + 1)..].trim_start();
    let mut spaces = name.rmatch_indices(char::is_whitespace).map(|(at, space)| at + space.len());
    name[spaces.nth(1).unwrap_or_default()..].trim_start()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn every_name_is_found() {
        let found = |text| names(text).filter(|name| !name.is_empty()).collect::<Vec<_>>();
        assert_eq!(found("a=b=c:d"), ["a", "b", "c"]);
        assert_eq!(found(r#"{"a b": 1, 'c' :{\"d\":2}}"#), ["a b", "c", "d"]);
        assert_eq!(found("my long API key: x"), ["API key"]);
        assert_eq!(found("/a/b[c]=1"), ["/a/b[c]"]);
        assert_eq!(found("form-data; name=\"password\"\r\n\r\nx"), ["name", "password"]);
        assert_eq!(found(r#"{"name": "token", "value": "x"}"#), ["name", "token", "value"]);
        assert_eq!(found("no names"), [""; 0]);
    }
}
