//! Plain English: no text for users has a phrase of the list.
//!
//! Texts for users are the sources of the crates (documentation comments become rustdoc and `--help`,
//! string literals become errors and findings), the Markdown pages, and the compile errors that the
//! `ui` tests expect.

use event_tests::sources::{Texts, files_of, text_of};

/// Each banned phrase, and what to write instead. `*` is one to three words of the same sentence.
const BANNED: &[(&str, &str)] = &[
    ("whom", "name the reader or the user, and use a verb"),
    ("whoever", "name who it is"),
    ("of which", "two sentences, or `whose`"),
    ("is told", "is reported, or is called"),
    ("are told", "are reported, or are called"),
    ("was told", "was reported"),
    ("be told", "be reported, or be called"),
    ("to be had", "available"),
    ("stand", "is, or is written"),
    ("stands", "is, or is written"),
    ("what is * is", "name the thing first: `invalid headers are reported`"),
    ("it comes to that", "say what happens"),
    ("of no use", "unused"),
    ("go with", "be compatible with"),
    ("goes with", "is compatible with"),
    ("most length", "a maximum length"),
    ("least length", "a minimum length"),
    ("nobody", "active voice: name what does not happen, or `no user`, `no event`"),
    ("somebody", "a person, a user, a process"),
];

/// The directories with texts for users, and the endings of the files.
const DIRECTORIES: &[(&str, &[&str])] = &[
    ("event-grammar/src", &["rs"]),
    ("event-macros/src", &["rs"]),
    ("event-core/src", &["rs"]),
    ("event-trace/src", &["rs"]),
    ("schema-compat/src", &["rs"]),
    ("event-schema/src", &["rs"]),
    ("event-export/src", &["rs"]),
    // Help texts of every command, findings, explanations, the files of a new workspace.
    ("event-cli/src", &["rs", "md", "yml", "toml"]),
    ("delivery", &["rs", "sql", "txt"]),
    ("integrations", &["rs"]),
    ("catalog", &["rs"]),
    // The rules' examples, which `explain` prints.
    ("schema-compat/tests/compat/rules", &["txt"]),
    // The errors of the lock.
    ("tests/tests/lock_check", &["txt"]),
    ("examples", &["rs", "txt"]),
    ("docs", &["md"]),
    ("tests/tests/ui", &["stderr"]),
];

const PAGES: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "delivery/event-outbox/README.md",
    "delivery/event-outbox-rusqlite/README.md",
    "delivery/event-outbox-sqlx/README.md",
    "delivery/event-outbox-tokio-postgres/README.md",
    "delivery/event-relay/README.md",
    "event-cli/README.md",
    "event-core/README.md",
    "event-export/README.md",
    "event-grammar/README.md",
    "event-macros/README.md",
    "event-schema/README.md",
    "event-trace/README.md",
    "examples/README.md",
    "fuzz/README.md",
    "integrations/event-otel/README.md",
    "integrations/event-tower/README.md",
    "integrations/event-tracing/README.md",
    "schema-compat/README.md",
    "tests/README.md",
];

/// The words of a text in lower case, with their lines. Punctuation is a word of its own, so that a
/// phrase does not match across it.
fn words(text: &str) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start().trim_start_matches('/').trim_start_matches('!');
        let mut word = String::new();
        for letter in line.chars().chain([' ']) {
            if letter.is_alphanumeric() || matches!(letter, '_' | '\'') {
                word.extend(letter.to_lowercase());
                continue;
            }
            if !word.is_empty() {
                words.push((std::mem::take(&mut word), at + 1));
            }
            if !letter.is_whitespace() {
                words.push((letter.to_string(), at + 1));
            }
        }
    }
    words
}

/// Whether the words begin with the phrase.
fn begins(words: &[(String, usize)], phrase: &[&str]) -> bool {
    match phrase {
        [] => true,
        ["*", rest @ ..] => (1..=3.min(words.len())).any(|gap| {
            let skipped = words.get(..gap).unwrap_or_default();
            skipped.iter().all(|(word, _)| word.chars().all(char::is_alphanumeric))
                && begins(words.get(gap..).unwrap_or_default(), rest)
        }),
        [first, rest @ ..] => words
            .split_first()
            .is_some_and(|((word, _), behind)| word == first && begins(behind, rest)),
    }
}

/// `stands for` is the right term for a placeholder. A variant of a test is called `Stand`.
fn is_allowed(phrase: &str, behind: &[(String, usize)]) -> bool {
    let next = behind.first().map(|(word, _)| word.as_str());
    matches!((phrase, next), ("stand" | "stands", Some("for")) | ("stand", Some("}")))
}

fn found_in(path: &str, text: &str) -> Vec<String> {
    let words = words(text);
    let mut found = Vec::new();
    for at in 0..words.len() {
        for (phrase, instead) in BANNED {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let (here, behind) = (&words[at..], &words[at + 1..]);
            if begins(here, &parts) && !is_allowed(phrase, behind) {
                found.push(format!("{path}:{}: `{phrase}`; write: {instead}", words[at].1));
            }
        }
    }
    found
}

fn texts() -> Texts {
    let mut texts = Texts::new();
    for (directory, extensions) in DIRECTORIES {
        let found = files_of(directory, extensions);
        assert!(!found.is_empty(), "`{directory}` has files");
        texts.extend(found);
    }
    for page in PAGES {
        texts.insert((*page).to_owned(), text_of(page).expect("the page is there"));
    }
    texts
}

#[test]
fn no_banned_phrase_is_in_what_a_user_reads() {
    let found: Vec<String> = texts().iter().flat_map(|(path, text)| found_in(path, text)).collect();
    assert!(found.is_empty(), "{} banned phrases:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_banned_phrase_is_found_across_lines() {
    let found = found_in("a.rs", "/// What is not\n/// valid is reported to\n/// whoever asks.\n");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("a.rs:1: `what is * is`"), "{found:?}");
    assert!(found[1].starts_with("a.rs:3: `whoever`"), "{found:?}");
    assert_eq!(found_in("a.rs", "`_` stands for any. What is it? It is one."), [""; 0]);
}
