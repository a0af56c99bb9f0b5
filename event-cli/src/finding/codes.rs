//! What the findings mean, and how each is mended. A code is never given to another finding, so
//! that a search for it stays true.

/// One kind of finding.
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

Line endings do not count: git may write `\\r\\n` on checkout. Run the same command without `--check` and commit what it writes:

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
        code: "EV0107",
        title: "a schema file is in no index",
        text: "
`export .. --check` found a file whose name is that of an exported schema, `NAME.vN.json`, but the catalog declares no such event version and `index.json` does not
list the file. The usual cause: a merge of two indexes lost its line, and the event was removed. A consumer that reads every file of the directory takes it for a contract.

An export removes only the files that the index lists, because it wrote those. It never writes or removes this one, because a person may have written it.

    rm schemas/order_placed.v1.json        if no event has this version any more

Keep a schema that you wrote by hand in another directory, or under a name of another form.
",
    },
    Kind {
        code: "EV0108",
        title: "an opaque field has names in its schema that look sensitive",
        text: r#"
A type in an opaque field is written by its own `Serialize`, which knows no masks. Its JSON Schema says what is written, and one of the names in it looks
sensitive: a key at any depth, a key of a map, or what a newtype or a variant that holds text is called. The macro does not see into the type, so `check`
reports it, and `lock` records nothing while there is one.

    #[field(opaque)]
    pub login: vendor::Login,           // {"user":"ada","password":"hunter2"}

Decide what is written:

    #[field(opaque)]
    #[sensitive(redact)]                // "[redacted]"; `hash` gives a pseudonym of its JSON
    pub login: vendor::Login,           // is read back as `Login::default()`

    #[field(opaque)]
    #[sensitive(drop)]                  // the key is left out
    pub login: Option<vendor::Login>,   // is read back as `None`

    pub login: Login,                   // a type of your own, `#[derive(EventValue)]`, that masks field by field

    #[field(opaque, public)]            // nothing in it is sensitive
    pub login: vendor::Login,
"#,
    },
    Kind {
        code: "EV0301",
        title: "the tests emit fewer events than they should",
        text: "
`coverage --fail-under 80` compares how many events of the catalog the tests emitted, each in its newest version, with how many are declared. Recorders
write it down when the environment names a directory:

    EVENTS_COVERAGE=target/event-coverage cargo test
    cargo run -p catalog -- coverage --fail-under 80

A relative directory starts at the workspace, for tests and command alike. Where the variable is not set, `coverage` reads `event-coverage` in cargo's target
directory (`CARGO_TARGET_DIR`, else `target` of the workspace). What was written there before counts too; remove it first.

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

    rm -rf \"$EVENTS_COVERAGE\" && cargo test

A file in another format was written by another version of event-core than the one this command is built with.
",
    },
    Kind {
        code: "EV0401",
        title: "an emitted event is not in the catalog",
        text: r#"
`validate` found a line whose name no event has, in either spelling or as an alias. Whoever reads the catalog's schemas cannot read it.

    {"event":"payment_proces_failed","version":1,..}       // misspelt, by something that writes lines by hand

Emit it with the generated function, which cannot misspell it. An event that the catalog lacks is declared; a name from before is an alias of the event that
took its place:

    #[event(error, alias("payment_failed"))]
    pub struct PaymentProcessFailed<'a> { .. }
"#,
    },
    Kind {
        code: "EV0402",
        title: "an emitted event has a version that the catalog does not have",
        text: r#"
The event is there, and not in this version. A version that is missing in a line is 1.

    {"event":"payment_process_failed","version":3,..}      // the catalog ends at 2

Where the emitter is newer than this catalog, validate with the newer catalog. Where the version is an old one that was removed, declare it again beside the
newest, so that what is stored stays readable:

    #[event(error, version = 1)]
    pub struct PaymentProcessFailedV1<'a> { .. }
"#,
    },
    Kind {
        code: "EV0403",
        title: "an emitted event is not as it is declared",
        text: r#"
The JSON pointer says where in the line, the message what was expected. No value is repeated: it may be sensitive.

    {"event":"cache_hit","version":1,"level":"debug","timestamp":"..","key":7}
    error[EV0403]: `cache_hit` v1: `/key`: expected text, found a number

By default a line is held against what writers promise: exactly the declared keys, all that are always written, the level, the time. `--contract read` asks only
whether a reader of the catalog takes it. What adds keys of its own on the way, as log shippers do, is validated so, or before it has added them:

    cargo run -p catalog -- validate --contract read shipped.ndjson
"#,
    },
    Kind {
        code: "EV0404",
        title: "a deprecated event is still emitted",
        text: r#"
The declaration says that it should not be used any more, and something emits it. The compiler warns where the generated function is called:

    #[deprecated(note = "it does not say which gateway")]
    #[event(info, replaced_by = PaymentChargeCompleted)]
    pub struct PaymentCharged { .. }

Emit what replaces it. `--fail-on deprecated` makes it an error, when nothing should emit it any more.
"#,
    },
    Kind {
        code: "EV0405",
        title: "a legacy name is still written",
        text: r#"
An alias is a name that readers accept and nobody writes. The line is valid; what wrote it is older than the catalog, or writes lines by hand.

    {"event":"payment_failed",..}              // alias of payment_process_failed

Build the emitter with the newer catalog. When no line has the name any more, take the alias out:

    #[event(error)]                            // was: #[event(error, alias("payment_failed"))]
"#,
    },
    Kind {
        code: "EV0406",
        title: "a line is no event",
        text: r#"
`validate` reads one JSON object a line: a flat line (it has `event`), an envelope (`event_type`), or a CloudEvent (`specversion`). It refuses what is not JSON or
not UTF-8, a list, an object without a name, a line longer than `--max-line`, and a last line that ends in the middle.

    {"msg":"listening on :8080"}               // a log line of something else

Keep events and other logs apart, or choose the events first:

    grep '"event":' all.log | cargo run -p catalog -- validate

A file that ends within a line was cut, or is still being written: validate it again when it is whole.
"#,
    },
    Kind {
        code: "EV0407",
        title: "an emitted event has an illegal transition",
        text: r"
The event declares which state may follow which, and the record has a step that is not in that table.

    #[transition(Cart -> Placed, Placed -> Paid | Cancelled)]
    pub change: Change<OrderState>,

    error[EV0407]: `order_ship_completed` v1: `/after`: its transitions have no step `cart -> paid`

A writer of this catalog refuses such an event, so the record is older than the table, or something else wrote it. Readers take it all the same. If the step is
legal, add it to the table: that breaks no reader.
",
    },
    Kind {
        code: "EV0501",
        title: "a schema registry refuses a schema as incompatible",
        text: "
A subject of a registry holds the schemas of one version of one event, as it was pushed over time. Under BACKWARD_TRANSITIVE, which `push` sets, a new
one must accept what every earlier one accepts: a consumer with the newest schema reads the whole topic. After the colon stand the registry's words.
Nothing is registered while anything is refused.

    pub struct OrderPlaced {
        pub items: u32,             // was: Str<'a>
    }

Undo the change, or declare the next version of the event, which gets a subject of its own, and let the one before be read:

    #[event(info, version = 2)]
    pub struct OrderPlaced {
        pub items: u32,
    }

Registries are stricter than `compat` in one thing: a field that is taken out of the declaration is refused, though readers would ignore it. Leave an optional
field where it is, and write `None`. docs/registry.md says what else a registry does not see.
",
    },
    Kind {
        code: "EV0502",
        title: "a schema registry could not be asked",
        text: "
It does not listen, does not answer in time, refuses the user, breaks off, or is no schema registry. What may pass (no connection, 429, 5xx) has been tried four
times. Nothing is lost: schemas that were registered before are found when `push` runs again.

    cannot be reached       host and port of the URL; is it running?
    401, 403                EVENTS_REGISTRY_USER_INFO=name:password, or `--user`
    404 without a code      the path: a registry may stand under one, http://host:8080/apis/ccompat/v7
    422 (42205)             the registry, or the subject, is read-only
    built without https     event-cli = { version = \"0.1\", features = [\"registry-https\"] }

`--dry-run` asks everything and writes nothing: a first run against a registry.
",
    },
    Kind {
        code: "EV0503",
        title: "two events would share a subject of a schema registry",
        text: "
A registry compares a schema with the others of its subject. Two events, or two versions of one, are not compatible with each other, and are not meant to be.
`--topic` with the strategy `topic` has room for one of them:

    push --registry URL --topic payments payment_process_failed@1

Several events in one topic have a subject each when it is called after both:

    push --registry URL --topic payments --subject-strategy topic-record
",
    },
];

/// Every kind, by code.
pub(crate) fn kinds() -> Vec<&'static Kind> {
    let mut kinds: Vec<_> = KINDS.iter().chain(super::codes_lock::KINDS).collect();
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
