//! Names that look like sensitive data: of fields, variants, types, headers and query parameters.
//!
//! A name is read word by word, so that its spelling does not matter: `accessTokens`,
//! `ACCESS-TOKEN-2` and `accesstoken` are the same name. A name looks sensitive if it has a word or
//! phrase of the list, and the words around it do not say that the name is about something else:
//! `email` and `email_address` look sensitive, `email_sent` and `has_email` do not.

mod index;
mod reading;
mod table;

use crate::Sensitivity;
use index::{is, is_one_of};
use table::Kind;

/// Why a name looks like sensitive data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// The word of the list, in snake case and singular: `api_key` for `apiKeys`.
    pub word: &'static str,
    /// The suggested mask.
    pub mask: Sensitivity,
    /// Whether the name is plural: then a field of a number type is a count.
    pub plural: bool,
    /// Whether the word names a whole part of a request (`headers`, `body`): then only text and
    /// maps can hold it.
    pub dump: bool,
}

/// Why the name of a field, a variant or a type looks like sensitive data, if it does.
///
/// ```
/// use event_grammar::{Sensitivity, fields::suspicion};
///
/// let found = suspicion("userEmails").unwrap();
/// assert_eq!((found.word, found.mask, found.plural), ("email", Sensitivity::Email, true));
/// assert_eq!(suspicion("password_changed_at"), None);
/// ```
pub fn suspicion(name: &str) -> Option<Suspicion> {
    spelt(name, false)
}

/// The word that makes the name of a field, a variant or a type look like sensitive data: the
/// `word` of its [`suspicion`]. `None` if the name looks harmless.
///
/// ```
/// use event_grammar::fields::suspicious_word;
///
/// assert_eq!(suspicious_word("user_email"), Some("email"));
/// assert_eq!(suspicious_word("apiKeys"), Some("api_key"));
/// assert_eq!(suspicious_word("tokens_used"), None);
/// ```
pub fn suspicious_word(name: &str) -> Option<&'static str> {
    suspicion(name).map(|found| found.word)
}

/// The word that makes the name of a header, a cookie or a query parameter look sensitive. In
/// addition to the words of fields, some words are sensitive only there: `code`, `key`,
/// `signature`. The words for a whole query or body do not count, because the caller inspects their
/// contents.
pub fn suspicious_parameter(name: &str) -> Option<&'static str> {
    spelt(name, true).filter(|found| !found.dump).map(|found| found.word)
}

/// Judges a name and, if it has no word of the list, the same letters in lower case: `pAsSwOrD`.
fn spelt(name: &str, in_request: bool) -> Option<Suspicion> {
    let whole: Vec<String> = reading::words(name);
    match judge(&whole, in_request) {
        Verdict::Nothing if name.chars().any(char::is_uppercase) => {
            match judge(&reading::words(&name.to_lowercase()), in_request) {
                Verdict::Sensitive(found) => Some(found),
                _ => None,
            }
        }
        Verdict::Sensitive(found) => Some(found),
        _ => None,
    }
}

enum Verdict {
    /// No word of the list is in the name.
    Nothing,
    /// A word of the list is in the name, but the name is about something else.
    Innocent,
    Sensitive(Suspicion),
}

fn judge(words: &[String], in_request: bool) -> Verdict {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut verdict = Verdict::Nothing;
    if let Some((kind, word)) = whole(&words, in_request) {
        return Verdict::Sensitive(found(kind, word, false));
    }
    for at in 0..words.len() {
        if let Some((kind, word, taken)) = phrase(&words[at..], in_request) {
            let (before, behind) = (&words[..at], &words[at + taken..]);
            let last = words[at + taken - 1];
            let singular = word.rsplit('_').next().unwrap_or_default();
            let plural = last.ends_with('s') && (last.len() > singular.len() || word == "headers");
            if is_about_it(kind, word, plural, before, behind) {
                return Verdict::Sensitive(found(kind, word, plural));
            }
            verdict = Verdict::Innocent;
        }
    }
    verdict
}

fn found(kind: Kind, word: &'static str, plural: bool) -> Suspicion {
    let mask = match kind {
        Kind::Email => Sensitivity::Email,
        Kind::Phone | Kind::Payment => Sensitivity::Last4,
        Kind::Ip => Sensitivity::Ip,
        Kind::Secret | Kind::Identity | Kind::Dump => Sensitivity::Redact,
    };
    Suspicion {
        word: if word == "ipv" { "ip" } else { word },
        mask,
        plural,
        dump: kind == Kind::Dump,
    }
}

/// The name is sensitive as a whole.
fn whole(words: &[&str], in_request: bool) -> Option<(Kind, &'static str)> {
    let name = words.strip_prefix(&["x"]).unwrap_or(words).join("_");
    let listed =
        || table::WHOLE.iter().flat_map(|(kind, names)| names.split(' ').map(|name| (*kind, name)));
    let in_requests = || table::WHOLE_IN_REQUESTS.split(' ').map(|name| (Kind::Secret, name));
    let first = listed().find(|(_, known)| is(&name, known));
    first.or_else(|| in_requests().find(|(_, known)| in_request && is(&name, known)))
}

/// The longest phrase at the beginning of the words, and the number of its words.
fn phrase(words: &[&str], in_request: bool) -> Option<(Kind, &'static str, usize)> {
    let first = words.first()?;
    let listed = index::beginning_with(first)
        .filter(|phrase| in_request || !phrase.in_requests)
        .filter_map(|phrase| Some((phrase.kind, phrase.words, taken(words, phrase.words)?)));
    listed.chain(in_two(words)).max_by_key(|(_, _, taken)| *taken).or_else(|| ending(first))
}

/// The number of words in the phrase, if the words begin with it.
fn taken(words: &[&str], phrase: &str) -> Option<usize> {
    let count = phrase.split('_').count();
    (count <= words.len() && phrase.split('_').zip(words).all(|(known, word)| is(word, known)))
        .then_some(count)
}

/// A word of the list that is written as two words: `pass_word`.
fn in_two(words: &[&str]) -> Option<(Kind, &'static str, usize)> {
    const SHORTEST: usize = 5;
    let joined = words.get(..2)?.concat();
    let mut listed = index::beginning_with(&joined).filter(|phrase| phrase.words.len() >= SHORTEST);
    listed.find(|phrase| is(&joined, phrase.words)).map(|phrase| (phrase.kind, phrase.words, 2))
}

/// A word that ends in a word of the list and is not made of known words: `csrfmiddlewaretoken`.
fn ending(word: &str) -> Option<(Kind, &'static str, usize)> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let end = table::ENDINGS.split(' ').find(|end| singular.ends_with(end))?;
    (!is_one_of(word, table::OTHER_WORDS)).then_some((kind_of_ending(end), end, 1))
}

fn kind_of_ending(end: &str) -> Kind {
    match end {
        "email" => Kind::Email,
        "phone" => Kind::Phone,
        "birthday" | "birthdate" => Kind::Identity,
        "ipaddress" | "ipaddr" => Kind::Ip,
        _ => Kind::Secret,
    }
}

/// Whether a name is about the word of the list in it, judged by the words before and behind.
fn is_about_it(kind: Kind, word: &str, plural: bool, before: &[&str], behind: &[&str]) -> bool {
    let has = |list: &str| before.iter().any(|word| list.split(' ').any(|listed| listed == *word));
    let is_flag = has(table::FLAGS)
        || before.first().is_some_and(|first| is_one_of(first, table::FIRST_FLAGS));
    let is_number_of =
        before.windows(2).any(|pair| matches!(pair, ["number" | "amount" | "count", "of"]));
    let is_counted = plural && has(table::QUANTITIES) || is_number_of;
    let is_other = match word {
        "token" => plural && has(table::OF_MODELS),
        // An `assertion` of a test.
        "assertion" => plural,
        "card" => behind.is_empty() && has(table::OTHER_CARDS),
        "headers" => has("control security signed"),
        _ => false,
    };
    says_which(kind, word, behind) && !is_flag && !is_counted && !is_other
}

/// Whether the words behind a suspicious word only qualify it: `email_address_of_customer`,
/// `password_hash`, `dob_year`.
fn says_which(kind: Kind, word: &str, behind: &[&str]) -> bool {
    let has_address = matches!(kind, Kind::Email | Kind::Ip);
    let is_birth = matches!(word, "bday" | "birthdate" | "birthday" | "date_of_birth" | "dob");
    let list = match kind {
        Kind::Secret | Kind::Dump => table::SAME_OF_SECRETS,
        Kind::Phone | Kind::Payment | Kind::Identity => table::SAME_OF_NUMBERS,
        Kind::Email | Kind::Ip => "address addr",
    };
    let is_same = |word: &&str| match *word {
        // A phone code belongs to a country or a city.
        "code" if kind == Kind::Phone => false,
        word if is_birth && is_one_of(word, "day month year") => true,
        word => {
            is_one_of(word, table::SAME)
                || is_one_of(word, list)
                || phrase(&[word], false).is_some()
        }
    };
    let mut which = behind.iter().take_while(|word| !matches!(**word, "and" | "or" | "of" | "for"));
    which.all(is_same) || has_address && behind.last().is_some_and(|last| is(last, "address"))
}

#[cfg(test)]
mod tests {
    use super::{suspicion, suspicious_parameter, suspicious_word};

    #[test]
    fn names_are_suspicious_in_every_spelling() {
        let names = "emails api_keys cookies password1 cvv2 cardnumber emailaddress otp \
                     date_of_birth session_id auth_header PHPSESSID sessionid accesstoken \
                     x-csrftoken passwords APIkey pAsSwOrD pass-word e_mail tokens user.password \
                     ipv4 headers query body Email CardNumbers dbpassword";
        for name in names.split_whitespace() {
            assert!(suspicious_word(name).is_some(), "{name}");
        }
    }

    #[test]
    fn what_is_about_something_else_is_innocent() {
        let names = "email_sent cookies_enabled card_count token_count password_changed_at \
                     has_password secretary ship_address tokens_used discard author gift_card \
                     iphone allowed_headers search_query anybody code key signature";
        for name in names.split_whitespace() {
            assert_eq!(suspicious_word(name), None, "{name}");
        }
    }

    #[test]
    fn requests_have_words_of_their_own() {
        for name in [
            "code",
            "key",
            "X-Amz-Signature",
            "x-forwarded-for",
            "forwarded",
            "session",
            "sig",
            "token",
        ] {
            assert!(suspicious_parameter(name).is_some(), "{name}");
        }
        for name in ["author", "page", "keyboard", "codec", "forwarded_proto", "query"] {
            assert_eq!(suspicious_parameter(name), None, "{name}");
        }
    }

    #[test]
    fn a_suspicion_says_what_suits() {
        let said = |name| {
            suspicion(name).map(|found| (found.word, found.mask.as_str(), found.plural, found.dump))
        };
        assert_eq!(said("clientIPv6"), Some(("ip", "ip", false, false)));
        assert_eq!(said("request_headers"), Some(("headers", "redact", true, true)));
        assert_eq!(said("card_numbers"), Some(("card", "last4", false, false)));
        assert_eq!(said("phones"), Some(("phone", "last4", true, false)));
    }
}
