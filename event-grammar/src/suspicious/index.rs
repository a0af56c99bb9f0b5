//! The tables, sorted once: a macro looks up the name of every field.

use super::table::{
    COMPANIONS, FIRST_FLAGS, FLAGS, IN_REQUESTS, Kind, PHRASES, QUANTITIES, SAME, SHORT,
};
use std::sync::OnceLock;

/// A word or phrase of the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// Its words, joined by `_`.
    pub words: &'static str,
    pub kind: Kind,
    /// Whether it is sensitive only in a request.
    pub in_requests: bool,
}

impl Phrase {
    fn first(&self) -> &'static str {
        self.words.split('_').next().unwrap_or_default()
    }
}

/// The phrases that begin with the word or with a singular of the word.
pub(super) fn beginning_with(word: &str) -> impl Iterator<Item = Phrase> {
    static PHRASES_BY_FIRST: OnceLock<Vec<Phrase>> = OnceLock::new();
    let sorted = PHRASES_BY_FIRST.get_or_init(|| {
        let phrase = |kind, words, in_requests| Phrase { words, kind, in_requests };
        let listed = PHRASES
            .iter()
            .flat_map(|(kind, list)| list.split(' ').map(move |words| phrase(*kind, words, false)));
        let in_requests = IN_REQUESTS.split(' ').map(|words| phrase(Kind::Secret, words, true));
        let mut all: Vec<_> = listed.chain(in_requests).collect();
        all.sort_by_key(Phrase::first);
        all
    });
    singulars(word).flat_map(|first| {
        let from = sorted.partition_point(|phrase| phrase.first() < &*first);
        sorted[from..].iter().take_while(move |phrase| phrase.first() == first).copied()
    })
}

/// Whether the word or a singular of it is in a table. A word without separators is split into such
/// words.
pub(super) fn is_known(word: &str) -> bool {
    static KNOWN: OnceLock<Vec<&str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let lists = [COMPANIONS, SAME, FLAGS, FIRST_FLAGS, QUANTITIES]
            .into_iter()
            .chain(PHRASES.iter().map(|(_, list)| *list));
        let mut all: Vec<_> = lists.flat_map(|list| list.split([' ', '_'])).collect();
        all.sort_unstable();
        all
    });
    let is_in = |word: &str| known.binary_search(&word).is_ok();
    let stem = |end| word.strip_suffix(end);
    (word.len() > 2 || is_one_of(word, SHORT))
        && (is_in(word)
            || stem("s").is_some_and(|stem| {
                is_in(stem)
                    || stem.strip_suffix('e').is_some_and(is_in)
                    || stem.strip_suffix("ie").is_some_and(|stem| is_in(&format!("{stem}y")))
            }))
}

/// Whether the word or a singular of it is in a list of the table.
pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| is(word, known))
}

/// Whether `word` is `known` or the plural of `known`.
pub(super) fn is(word: &str, known: &str) -> bool {
    // Compare the first bytes first: nearly all comparisons end here, and in a macro without
    // optimisation every call costs time.
    if word.as_bytes().first() != known.as_bytes().first() {
        return false;
    }
    let plural_of = |end| word.strip_suffix(end) == Some(known);
    let of_y =
        || word.strip_suffix("ies").is_some_and(|stem| known.strip_suffix('y') == Some(stem));
    word == known || plural_of("s") || plural_of("es") || of_y()
}

/// The word and its possible singulars.
fn singulars(word: &str) -> impl Iterator<Item = String> {
    let stem = |end: &str| word.strip_suffix(end);
    let plurals =
        [Some(word.to_owned()), stem("s").map(str::to_owned), stem("es").map(str::to_owned)];
    plurals.into_iter().chain([stem("ies").map(|stem| format!("{stem}y"))]).flatten()
}

#[cfg(test)]
mod tests {
    use super::{beginning_with, is, is_known};

    #[test]
    fn plurals_are_those_of_a_word() {
        assert!(
            is("cookies", "cookie")
                && is("addresses", "address")
                && is("bodies", "body")
                && is("token", "token")
        );
        assert!(!is("cookied", "cookie") && !is("emailed", "email"));
    }

    #[test]
    fn the_index_holds_every_table() {
        let begun = |word| beginning_with(word).map(|phrase| phrase.words).collect::<Vec<_>>();
        assert_eq!(begun("dates"), ["date_birth", "date_of_birth"]);
        assert_eq!(begun("sigs"), ["sig"]);
        assert!(
            is_known("cookies")
                && is_known("birth")
                && is_known("id")
                && !is_known("e")
                && !is_known("it")
        );
    }
}
