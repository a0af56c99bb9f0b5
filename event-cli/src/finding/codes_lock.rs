//! What the findings about locked versions mean.

use super::codes::Kind;

const fn kind(code: &'static str, title: &'static str, text: &'static str) -> Kind {
    Kind { code, title, text }
}

/// Every kind, by code.
pub(crate) const KINDS: &[Kind] = &[
    kind(
        "EV0201",
        "a locked version is not declared any more",
        "
What was written under it is stored somewhere, and somebody reads it. As long as that is so, the version stays declared beside the newer ones, and is read as
the newest through its upcasts:

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed<'a> { .. }

    #[event(error)]
    pub struct PaymentProcessFailedV1<'a> { .. }

When nothing of it is left, retire it; its name and the names of its fields stay taken:

    EVENTS_LOCK=off cargo run -p shop-command -- lock --retire payment_process_failed@1
",
    ),
    kind(
        "EV0202",
        "a locked event has another name on the wire",
        "
Readers find an event by its name. Whoever looks for the old one finds nothing of the new, and what is stored under the old one is not found any more.

Keep the name. To give the event another one, declare a new event and let it replace this one (`deprecated`, `replaced_by`), or read the old name as an alias:

    #[event(error, alias(\"payment.failed\"))]
    pub struct PaymentProcessFailed<'a> { .. }
",
    ),
    kind(
        "EV0203",
        "a field that old readers need is gone",
        "
A reader of the locked version looks for the field and refuses a record without it. A field that was an `Option`, or had a default, may go: nobody misses it.

Keep the field, or declare the next version without it and keep this one:

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed<'a> { pub order_id: Str<'a> }

    #[event(error)]
    pub struct PaymentProcessFailedV1<'a> { pub order_id: Str<'a>, pub reason: Str<'a> }
",
    ),
    kind(
        "EV0204",
        "a field has another name",
        "
An alias lets new readers find the field in what was written before. Old readers know nothing of the new name: they look for the old one.

Keep the name, or declare the next version. Where only new readers count (`--mode backward`), an alias is enough:

    #[field(alias(\"amount\"))]
    pub amount_cents: i64,
",
    ),
    kind(
        "EV0205",
        "a field that readers need is new",
        "
What was written before does not have it, so new readers refuse it. A field that may be missing is no break:

    pub note: Option<Str<'a>>,      // or
    #[field(default)]
    pub tags: Vec<String>,
",
    ),
    kind(
        "EV0206",
        "a field that could be missing or `null` has to be there",
        "
What was written before may lack it, or have `null` there; new readers refuse that. Keep the `Option`, or declare the next version and say in its upcast what
stands for nothing:

    impl UpcastFrom<OrderPlacedV1> for OrderPlaced {
        fn upcast(old: OrderPlacedV1) -> Self { Self { items: old.items.unwrap_or(1) } }
    }
",
    ),
    kind(
        "EV0207",
        "a field that old readers need may be missing or `null`",
        "
A reader of the locked version expects a value. It refuses a record in which there is none. Keep the type, or declare the next version.

    pub items: Option<u32>,         // was: u32
",
    ),
    kind(
        "EV0208",
        "a field's type changed",
        "
The values of the one form are not all values of the other: `i64` and `u32`, text and number, an object and a list. The comparison follows aliases, nested types,
`Option`, `Vec` and variants, so the change may be in another file, or in another crate.

`check` shows who breaks, and if it can, a line that one side writes and the other refuses. Undo the change, or declare the next version.

    pub amount_cents: u32,          // was: i64
",
    ),
    kind(
        "EV0209",
        "a variant is gone",
        "
What was written with it is not read any more. Keep the variant, or name it as an alias of the one that took its place:

    #[value(alias(\"credit_card\"))]
    Card,
",
    ),
    kind(
        "EV0210",
        "a variant is new, and old readers know no other",
        "
A reader of the locked version refuses a name that it does not know. An enum that is to grow has a variant for what it does not know; then new ones are no
break:

    #[value(other)]
    Other,

It has to be there before the first new variant comes: in the next version, say.
",
    ),
    kind(
        "EV0211",
        "an enum is tagged in another way",
        "
`{\"Card\":{..}}`, `{\"type\":\"Card\",..}` and `{\"type\":\"Card\",\"data\":{..}}` are three languages; a reader of one understands no other. Tag it as
it was, or declare the next version.

    #[value(tag = \"type\")]        // was: #[value]
    pub enum Payer { .. }
",
    ),
    kind(
        "EV0212",
        "a name that was read is not read any more",
        "
What was written under the alias is stored. An alias costs nothing; keep it.

    #[field(alias(\"amount\"))]
    pub amount_cents: i64,
",
    ),
    kind(
        "EV0213",
        "a sensitive field is protected less",
        "
Nobody's reading breaks. But who was told that a value is masked will now find it in clear, and it cannot be taken back from where it was sent. So it is a
decision, with a name under it:

    accept payment_process_failed@1 sensitivity-lowered email --reason SEC-4
",
    ),
    kind(
        "EV0214",
        "a field is something else to the event",
        "
The entity, its version, what was before and after, and context have places of their own in an envelope. Whoever looks there finds something else, or nothing.

    pub order_id: Str<'a>,          // was: #[entity]
",
    ),
    kind(
        "EV0215",
        "a number counts something else",
        "
`1500` milliseconds and `1500` seconds are read alike. Give the field that has the new unit a name of its own, and keep the old one beside it for a while.

    #[field(unit = \"s\")]
    pub waited_s: f64,              // beside waited_ms, unit = \"ms\"
",
    ),
    kind(
        "EV0216",
        "the level changed",
        "
Alerts, dashboards and what is kept for how long hang on the level. From `warning` to `error` somebody is woken who was not, or the other way round. `error` and
`critical` count as one kind, `trace` and `debug` as one.

    #[event(error)]                 // was: #[event(warning)]
",
    ),
    kind(
        "EV0217",
        "a name that was retired is used again",
        "
What was written under it meant something else, and is stored. The lock keeps the names of versions that were retired, and those of fields that a version had
and the next one has not. Take another name.

    \"payment_failed@2 retired .amount\": \"i64\",     // in events.lock: `amount` is taken
",
    ),
    kind(
        "EV0221",
        "the schema of a locked version breaks",
        "
The lock compares forms: what a type is made of. Of a foreign type (`opaque`) it knows no more than that. The schemas that are stored beside the lock know more,
and the engine behind `compat` has found a line that one side writes and the other refuses; the finding shows it.

Undo the change, declare the next version, or accept it by the rule and the field that the finding names:

    accept payment_failed@1 max-length-lowered code --reason PAY-12

Where the engine cannot decide, it says EV0229.
",
    ),
    kind(
        "EV0222",
        "a change is not recorded",
        "
The declaration differs from the last revision that the lock has. The finding says what the change is:

    a compatible change   no reader breaks
    an accepted break     some reader breaks, and `accept` allowed it

A later change is compared with the recorded revisions only. Record this one, so that later changes are compared with it too:

    cargo run -p shop-command -- lock

Commit `events.lock` and the new files in `events.lock.d` together with the change.
",
    ),
    kind(
        "EV0223",
        "a version is a draft",
        "
It is declared and not locked: it may change in any way, and nobody should rely on it. This locks it:

    cargo run -p shop-command -- lock payment_failed@2
",
    ),
    kind(
        "EV0224",
        "an acceptance is not used",
        "
It accepts a break that does not exist: the change was undone, was never made, or is at another place. It would also accept the next break by the same rule at the
same place, which no person has reviewed. Remove it:

    cargo run -p shop-command -- accept --remove payment_failed@1 type-changed amount
",
    ),
    kind(
        "EV0225",
        "an acceptance has expired",
        "
A break is accepted until a day. By then old readers should be gone, or the change undone. If neither is so, accept it anew, with the reason why:

    accept --remove payment_failed@1 type-changed amount
    accept payment_failed@1 type-changed amount --reason PAY-12 --until 2027-06-30
",
    ),
    kind(
        "EV0226",
        "the lock cannot be read",
        "
It was cut off, edited by hand, merged with conflicts, or written by a newer version. The finding has the line.

    git checkout -- events.lock                                    restore it
    EVENTS_LOCK=off cargo run -p shop-command -- lock --repair     keep what is in it, and sum it anew

`events.lock text eol=lf merge=union` in .gitattributes lets git join what two branches lock. Where both changed the same version, the lines of both stand there: choose.
",
    ),
    kind(
        "EV0227",
        "a stored file is missing or changed",
        "
Beside the lock stand the schemas and golden samples that its digests are of. They are what later changes are held against, so they are written once and never
edited. Restore them from version control; what the declarations still give, byte for byte, is written anew by the second:

    git checkout -- events.lock.d
    EVENTS_LOCK=off cargo run -p shop-command -- lock --repair
",
    ),
    kind(
        "EV0228",
        "an event should be gone by now",
        "
Its declaration says until when, and that day has come. Remove what emits it, then retire it; or give it another day.

    #[event(info, expires = \"2026-12-31\")]
",
    ),
    kind(
        "EV0229",
        "it is undecided whether a change breaks a reader",
        "
The engine behind `compat` looked for a line that one side writes and the other refuses. It found none, and could not prove that there is none: it cannot compare two
patterns with look-ahead, for example. The finding gives the reasons, docs/compatibility.md lists what is not decided. This is no break, and no permission.

A person decides. Compare the old form with the new one. If every old value is still read, and every new value is read by old readers, say so:

    accept payment_failed@1 undecided code --reason 'PAY-12: the new pattern only adds codes' --until 2027-06-30

Else undo the change, or declare the next version. Or write the schema so that it can be decided, with a tag or a plainer pattern. If a later version of the engine
decides, the acceptance is not used any more, which is EV0224.
",
    ),
    kind(
        "EV0230",
        "the lock takes back what a baseline has",
        "
`check --baseline-rev origin/main` holds the lock against one that this change did not write. What was locked there has to be here: every version, its revisions
as they are, a mode that asks no less, the names that were retired. Restore the lock, and let the command record what changed:

    git checkout origin/main -- events.lock events.lock.d
    cargo run -p shop-command -- lock
",
    ),
    kind(
        "EV0231",
        "the lock allows what a baseline did not",
        "
A break is accepted that was not, or a version is retired. That may be right; it is told so that somebody looks at it:

    cargo run -p shop-command -- accept --list
",
    ),
    kind(
        "EV0232",
        "the registry holds a schema that is not compatible with the declaration",
        "
`check --baseline-registry URL` holds what is declared against every schema that a registry has of an event version. Who breaks is said:

    new readers   what fits the registered schema, and so may be in the topic, is refused by the readers that are declared now
    old readers   what is written now is refused by readers of the registered schema, which pass over keys that they do not know

Which of the two counts is the lock's mode of the version; backward-transitive, as for `push`, where the lock does not have it. The payload shows the break:

    pub struct OrderPlaced {
        pub items: u32,             // registered as: Str<'a>
    }

    payload: {..,\"payload\":{\"items\":\"\",..}}

Undo the change, or declare the next version of the event, which gets a subject of its own. The lock may know nothing of it: what was registered before there was a
lock, or from another branch, is in the registry only. A warning says what could not be decided: the registered text is no JSON Schema, or says what is not decided.
A registered schema of another form is compared wrongly: `--rendering`, `--topic` and `--subject-strategy` are those of `push`.
",
    ),
    kind(
        "EV0233",
        "the registry has no schema of an event version",
        "
Nothing is registered under the subject that `push` would use, so there is nothing to be compatible with. A new event is registered with the next release:

    cargo run -p shop-command -- push --registry URL --dry-run order_placed@1

If it was pushed before, it is under another subject: `--subject-strategy` and `--topic` have to be those of `push`.
",
    ),
    kind(
        "EV0234",
        "the baseline has no lock of this package",
        "
`check --baseline-rev main` compares the lock with the one that `main` has. There was none to compare with, so nothing was compared. The lock is looked for

    1. at the same path; there it is used if it names this package
    2. in the whole revision, by the line `\"package\": \"shop-command\"`; so a package that was moved is found
    3. at the same path, if it names another package and none names this one: the package was renamed

If the package was renamed and moved, or the revision has several locks of it, say which one it is. The path is from the root of the repository:

    cargo run -p shop-command -- check --baseline-rev main --baseline-lock old/events.lock

If that revision has no lock yet, because this change brings the first one, leave the baseline out until it is merged.
",
    ),
    kind(
        "EV0235",
        "there is no lock",
        "
`check` compares what is declared with the lock. There was none, so nothing was compared. Before the first event is locked, that is as it should be:

    cargo run -p shop-command -- lock
    git add events.lock events.lock.d

Else it was lost: restore it, and see that no .gitignore names `*.lock`. A lock that Cargo.toml declares is missed by the compiler, too:

    [package.metadata.events]
    lock = \"events.lock\"
",
    ),
];
