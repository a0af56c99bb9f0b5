//! Splits a name into words, however it is written.

use super::index::is_known;
use crate::name;

/// The words of a name in lower case. A name is split at every character that is not a letter or a
/// digit, at the humps of `camelCase`, behind digits (`cvv2cvc2`), and within words that are made
/// of known words (`accesstoken`). Digits at the end of a word and words of digits only are left
/// out.
pub(super) fn words(name: &str) -> Vec<String> {
    let separated: String =
        name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let mut words = Vec::new();
    for word in name::words(&separated) {
        for word in without_digits(&word) {
            match compound(word) {
                Some(parts) => words.extend(parts.into_iter().map(str::to_owned)),
                None => words.push(word.to_owned()),
            }
        }
    }
    words
}

/// The parts of a word that digits end: `cvv2cvc2` is `cvv`, `cvc`. Digits at the beginning belong
/// to the word: `2fa`.
fn without_digits(word: &str) -> Vec<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(letters) = rest.find(|c| !is_digit(c)) {
        let from = if parts.is_empty() { 0 } else { letters };
        let to = rest[letters..].find(is_digit).map_or(rest.len(), |digit| letters + digit);
        parts.push(&rest[from..to]);
        rest = &rest[to..];
    }
    parts
}

/// Splits a word without separators into known words: `date`, `of`, `birth`. `None` if the word
/// does not consist of known words.
fn compound(word: &str) -> Option<Vec<&str>> {
    const SHORTEST: usize = 5;
    if word.len() < SHORTEST || is_known(word) {
        return None;
    }
    parts(word)
}

fn parts(word: &str) -> Option<Vec<&str>> {
    if is_known(word) {
        return Some(vec![word]);
    }
    // Try the longest first part first: `passcode` before `pass`.
    (2..word.len().saturating_sub(1)).rev().filter(|at| word.is_char_boundary(*at)).find_map(|at| {
        let (first, rest) = word.split_at(at);
        if !is_known(first) {
            return None;
        }
        let mut all = parts(rest)?;
        all.insert(0, first);
        Some(all)
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_are_read_by_words() {
        for (name, read) in [
            ("access_token", "access token"),
            ("accessTokens", "access tokens"),
            ("X-Access.Token", "x access token"),
            ("accesstoken", "access token"),
            ("dateofbirth", "date of birth"),
            ("cvv2cvc2", "cvv cvc"),
            ("password1", "password"),
            ("2fa_code", "2fa code"),
            ("oauth2token", "oauth token"),
            ("ipv6Address", "ipv address"),
            ("SHIPTOPHONENUM", "ship to phone num"),
            ("secretary", "secretary"),
            ("discard", "discard"),
            ("author", "author"),
            ("pipeline", "pipeline"),
            ("shipping_address", "shipping address"),
            ("1_2", ""),
            ("größe", "größe"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), read, "{name}");
        }
    }
}
