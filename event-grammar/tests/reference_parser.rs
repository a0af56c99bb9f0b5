//! The reader of names against one that is too slow to be wrong: it spells every name that the
//! vocabulary allows and looks the given one up.

use event_grammar::STATUSES;
use event_grammar::name::{Reading, Unreadable, Vocabulary, camel, read};
use proptest::prelude::*;

/// Words that statuses and actions are made of, so that splits compete: `not_found` and `found`,
/// `timed_out` and `out`.
const WORDS: &[&str] = &[
    "item",
    "not",
    "found",
    "timed",
    "out",
    "process",
    "processed",
    "password",
    "reset",
    "failed",
    "started",
    "request",
    "requested",
    "login",
    "oauth2",
    "payment",
];

const DOMAINS: &[&str] = &["payment", "item", "item_not", "timed"];

/// Statuses of a block's own, which overlap with actions and with each other.
const OWN: &[&str] = &["found", "out", "reset", "not", "request_failed"];

#[derive(Clone, Debug)]
struct Words {
    domain: &'static str,
    actions: Vec<String>,
    own: Vec<&'static str>,
    optional_action: bool,
    optional_status: bool,
}

impl Words {
    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary {
            domain: self.domain,
            actions: Some(self.actions.iter().map(String::as_str).collect()),
            statuses: STATUSES
                .iter()
                .map(|status| status.word)
                .chain(self.own.iter().copied())
                .collect(),
            optional_action: self.optional_action,
            optional_status: self.optional_status,
        }
    }

    /// Every name of the vocabulary and how it reads, found by writing all of them.
    fn every_name(&self) -> Vec<(String, Reading)> {
        let vocabulary = self.vocabulary();
        let optional = |allowed: bool| allowed.then_some(None);
        let actions: Vec<Option<&str>> = self
            .actions
            .iter()
            .map(|action| Some(action.as_str()))
            .chain(optional(self.optional_action))
            .collect();
        let statuses: Vec<Option<&str>> = vocabulary
            .statuses
            .iter()
            .map(|status| Some(*status))
            .chain(optional(self.optional_status))
            .collect();
        let mut names = Vec::new();
        for action in &actions {
            for status in &statuses {
                let parts: Vec<&str> =
                    [Some(self.domain), *action, *status].into_iter().flatten().collect();
                let ident: String = parts.into_iter().map(camel).collect();
                names.push((
                    ident,
                    Reading {
                        action: action.map(str::to_owned),
                        status: status.map(str::to_owned),
                    },
                ));
            }
        }
        names
    }

    /// What `ident` reads as.
    fn readings(&self, ident: &str) -> Vec<Reading> {
        self.every_name()
            .into_iter()
            .filter(|(name, _)| name == ident)
            .map(|(_, reading)| reading)
            .collect()
    }
}

fn several_words(
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<&'static str>> + Clone {
    proptest::collection::vec(proptest::sample::select(WORDS), count)
}

fn words() -> impl Strategy<Value = Words> {
    let actions = proptest::collection::btree_set(
        several_words(1..3).prop_map(|words| words.join("_")),
        0..5,
    );
    let own = proptest::sample::subsequence(OWN, 0..=OWN.len());
    (proptest::sample::select(DOMAINS), actions, own, any::<bool>(), any::<bool>()).prop_map(
        |(domain, actions, own, optional_action, optional_status)| Words {
            domain,
            actions: actions.into_iter().collect(),
            own,
            optional_action,
            optional_status,
        },
    )
}

/// A word with one letter left out, doubled or replaced, or as it is.
fn nearly(word: String) -> impl Strategy<Value = String> {
    let len = word.len();
    (0..4_u8, 0..len.max(1)).prop_map(move |(edit, at)| {
        let mut letters: Vec<char> = word.chars().collect();
        // The capital that begins the name stays, and so do two letters: shorter words would run
        // together.
        if at > 0 && letters.len() > 3 {
            match edit {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letters[at]),
                2 => letters[at] = 'z',
                _ => {}
            }
        }
        letters.into_iter().collect()
    })
}

/// A name: of the vocabulary, made of its words at random, or nearly one of those.
fn name(words: &Words) -> impl Strategy<Value = String> + use<> {
    let own: Vec<String> = words.every_name().into_iter().map(|(name, _)| name).collect();
    let domain = camel(words.domain);
    let random = several_words(0..5).prop_map(move |rest| {
        let rest: String = rest.into_iter().map(camel).collect();
        format!("{domain}{rest}")
    });
    let random = random.boxed();
    let of_vocabulary =
        if own.is_empty() { random.clone() } else { proptest::sample::select(own).boxed() };
    prop_oneof![
        of_vocabulary.clone(),
        random.clone(),
        of_vocabulary.prop_flat_map(nearly),
        random.prop_flat_map(nearly),
        several_words(1..4).prop_map(|rest| rest.into_iter().map(camel).collect()),
    ]
}

fn words_and_name() -> impl Strategy<Value = (Words, String)> {
    words().prop_flat_map(|words| {
        let name = name(&words);
        (Just(words), name)
    })
}

fn sorted(mut readings: Vec<Reading>) -> Vec<String> {
    let mut texts: Vec<String> = readings.drain(..).map(|reading| format!("{reading:?}")).collect();
    texts.sort();
    texts.dedup();
    texts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn accepted_by_both_with_one_reading((words, name) in words_and_name()) {
        let expected = sorted(words.readings(&name));
        match read(&name, &words.vocabulary()) {
            Ok(reading) => prop_assert_eq!(sorted(vec![reading]), expected),
            Err(Unreadable::Ambiguous(readings)) => {
                prop_assert!(expected.len() > 1);
                prop_assert_eq!(sorted(readings), expected);
            }
            Err(why) => prop_assert!(expected.is_empty(), "{} is refused: {:?}, but reads as {:?}", name, why, expected),
        }
    }

    #[test]
    fn the_reason_is_true((words, name) in words_and_name()) {
        let vocabulary = words.vocabulary();
        let is_action = |word: &String| words.actions.contains(word);
        let is_status = |word: &String| vocabulary.statuses.contains(&word.as_str());
        match read(&name, &vocabulary) {
            Ok(_) | Err(Unreadable::Ambiguous(_) | Unreadable::NotInDomain) => {}
            Err(Unreadable::TooShort) => prop_assert_eq!(&name, &camel(words.domain)),
            Err(Unreadable::NoStatus { action }) => prop_assert!(!words.optional_status || !is_action(&action)),
            Err(Unreadable::NoAction { status }) => prop_assert!(is_status(&status) && !words.optional_action),
            Err(Unreadable::UnknownAction { action }) => prop_assert!(!is_action(&action)),
            Err(Unreadable::UnknownStatus { status }) => prop_assert!(!is_status(&status)),
            Err(Unreadable::UnknownBoth { rest }) => prop_assert!(!is_status(&rest) && !is_action(&rest)),
        }
    }
}
