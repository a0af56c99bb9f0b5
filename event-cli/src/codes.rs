//! What the findings mean, and how each is mended. A code is never given to another finding, so that a search for it stays true.

/// One kind of kind.
pub(crate) struct Kind {
    /// `EV` and four digits.
    pub(crate) code: &'static str,
    /// What it says, in a line.
    pub(crate) title: &'static str,
    /// What it means, why it is one, what to write.
    pub(crate) text: &'static str,
}

/// The kinds of all commands but those that have tables of their own.
const KINDS: &[Kind] = &[
    Kind {
        code: "EV0101",
        title: "two types of one event have the same name in schemas",
        text: r#"
A schema lists the types of nested values by name, so that a generator of TypeScript or Python types makes one type of each. Two different types of
one name cannot both stand there, and numbering them would change names whenever a field moves.

    // billing.rs                       // shipping.rs
    #[value]                            #[value]
    pub struct Address { .. }           pub struct Address { .. }

Give one of them another name in schemas; its Rust name stays:

    #[value(rename = "ShippingAddress")]
    pub struct Address { .. }

If one of the two is a foreign type in an opaque field, rename yours, or use `#[schemars(rename = "..")]` where the foreign one is declared.
"#,
    },
    Kind {
        code: "EV0102",
        title: "exported files are out of date",
        text: "
`export .. --check` compares what the catalog declares with the files that are committed, and writes nothing. A file is

    missing   the event is declared, its file is not there
    changed   the file says something else than the declaration
    stale     an earlier export wrote it, and its event is gone

Run the same command without `--check` and commit what it writes:

    cargo run -p catalog -- export json-schema
    git add schemas
",
    },
    Kind {
        code: "EV0103",
        title: "no event has this name, or not this version",
        text: "
An event is found by its name in either spelling, or by one of its aliases; `@` and a number ask for one version.

    show payment_process_failed
    show payment.process.failed@1

`list` lists every version of every event. A legacy name that readers should still accept is declared as an alias:

    #[event(error, alias(\"payment_failed\"))]
    pub struct PaymentProcessFailed<'a> { .. }
",
    },
    Kind {
        code: "EV0104",
        title: "two fields of one event have the same key",
        text: "
The fields of groups and of context stand beside the event's own in one object, and a key stands there once. It happens when a group repeats a field
of the event, when two groups share one, or when a field is an alias of another.

    #[event(info, context(RequestContext))]     // brings `user_id`
    pub struct PageViewed<'a> {
        pub user_id: Str<'a>,
    }

Leave one of them out, or rename it:

    #[field(rename = \"viewer_id\")]
    pub user_id: Str<'a>,
",
    },
    Kind {
        code: "EV0105",
        title: "an example is not JSON",
        text: "
An example stands in the schema as a value, so it is written as JSON: a text in quotes, a number without them.

    example: Some(\"\\\"ord_9f2c8a\\\"\")

The macros quote the literal of `#[field(example = \"ord_9f2c8a\")]` themselves; this finding is about a descriptor that was written by hand.
",
    },
    Kind {
        code: "EV0106",
        title: "a tag has no object to stand in",
        text: "
An internally tagged enum writes the variant's name as one more key of what the variant holds. A number, a text or a list has no keys.

    #[value(tag = \"type\")]
    pub enum Payer {
        User(User),         // {\"type\":\"user\", ..the keys of User}
        Number(u64),        // no place for \"type\"
    }

Write the content under a key of its own, or let the variant hold named fields:

    #[value(tag = \"type\", content = \"data\")]     // {\"type\":\"number\",\"data\":7}
    Number { value: u64 }                        // {\"type\":\"number\",\"value\":7}
",
    },
    Kind {
        code: "EV0301",
        title: "the tests emit fewer events than they should",
        text: "
`coverage --fail-under 80` compares how many events of the catalog the tests emitted, each in its newest version, with how many are declared. Recorders
write it down when the environment names a directory:

    EVENT_COVERAGE=$PWD/target/event-coverage cargo test
    cargo run -p catalog -- coverage --fail-under 80

The directory is an absolute one: each package's tests run in a directory of their own. What was written there before counts too; remove it first.

Test the code that emits what is listed as never emitted. What no code emits is not an event: remove it from the catalog.
",
    },
    Kind {
        code: "EV0302",
        title: "a coverage file is damaged",
        text: "
A recorder writes a file beside its place and renames it, so that it is there as a whole. One that ends too early, or has a line that is no event, was
damaged later: by a copy that was interrupted, or by hand.

Remove it and run the tests again. What it had is not guessed: a coverage that is too low would look like tests that are missing.

A file in another form was written by another version of event-core than the one this command is built with.
",
    },
];

/// Every kind, by code.
pub(crate) fn kinds() -> Vec<&'static Kind> {
    let mut kinds: Vec<_> = KINDS.iter().chain(crate::lock::codes::KINDS).collect();
    kinds.sort_by_key(|kind| kind.code);
    kinds
}

/// The kind of this code.
pub(crate) fn find(code: &str) -> Option<&'static Kind> {
    kinds().into_iter().find(|kind| kind.code == code)
}

#[cfg(test)]
mod tests {
    use super::kinds;

    #[test]
    fn codes_are_given_once_and_explained() {
        let kinds = kinds();
        assert!(kinds.is_sorted_by(|a, b| a.code < b.code));
        for kind in kinds {
            assert!(kind.code.len() == 6 && kind.code.starts_with("EV"), "{}", kind.code);
            assert!(!kind.text.trim().is_empty() && !kind.title.ends_with('.'), "{}", kind.code);
        }
    }
}
