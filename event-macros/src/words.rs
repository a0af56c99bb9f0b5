//! Every word of the language and its places. This table drives parsing, "did you mean", and the
//! table of docs/reference.md.

use crate::diag::Errors;
use crate::foreign_words;
use event_grammar::{Level, Sensitivity, suggest};
use proc_macro2::Ident;

/// The places of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Domain,
    Action,
    Event,
    Group,
    Value,
    Variant,
    Field,
    Sensitive,
    Catalog,
}

impl Place {
    /// The attribute that holds the words of this place.
    pub(crate) const fn attribute(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Action => "action",
            Self::Event => "event",
            Self::Group => "group",
            Self::Value | Self::Variant => "value",
            Self::Field => "field",
            Self::Sensitive => "sensitive",
            Self::Catalog => "catalog",
        }
    }

    /// The items that the attribute is written on.
    const fn thing(self) -> &'static str {
        match self {
            Self::Domain => "a domain's enum",
            Self::Action => "a variant of a domain's enum",
            Self::Event => "an event",
            Self::Group => "a group",
            Self::Value => "a value type",
            Self::Variant => "a variant of a value type",
            Self::Field | Self::Sensitive => "a field",
            Self::Catalog => "a catalog's enum",
        }
    }
}

/// One word.
pub(crate) struct Word {
    pub(crate) name: &'static str,
    pub(crate) on: &'static [Place],
    /// The syntax of the word.
    pub(crate) syntax: &'static str,
    /// The meaning, for docs/reference.md.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) docs: &'static str,
}

const fn word(
    name: &'static str,
    on: &'static [Place],
    syntax: &'static str,
    docs: &'static str,
) -> Word {
    Word { name, on, syntax, docs }
}

const fn level(level: Level) -> Word {
    word(level.as_str(), &[Event], level.as_str(), "the level")
}

const fn mask(mask: Sensitivity, docs: &'static str) -> Word {
    word(mask.as_str(), &[Sensitive], mask.as_str(), docs)
}

use Place::{Action, Catalog, Domain, Event, Field, Group, Sensitive, Value, Variant};

/// The words of the language.
pub(crate) const WORDS: &[Word] = &[
    word(
        "optional",
        &[Domain],
        "optional(action, status)",
        "the part that a name of this domain may leave out",
    ),
    word(
        "require",
        &[Domain],
        "require(docs, entity, owner)",
        "what every event of the block must have",
    ),
    word(
        "open_ended",
        &[Domain, Action],
        "open_ended = \"reason\"",
        "the action has no `ok` or no `fault` end, by decision",
    ),
    level(Level::Trace),
    level(Level::Debug),
    level(Level::Info),
    level(Level::Warning),
    level(Level::Error),
    level(Level::Critical),
    word(
        "level",
        &[Event],
        "level = match code { 500..=599 => error, _ => info }",
        "the level, by a total rule on one field",
    ),
    word("version", &[Event], "version = 2", "the version, 1 when left out"),
    word(
        "upcast",
        &[Event],
        "upcast = auto",
        "read the version before as this one, new fields empty",
    ),
    word(
        "domain",
        &[Event],
        "domain = path::Payment",
        "the domain that a free event's name is read with",
    ),
    word(
        "name",
        &[Event],
        "name(payment, process, failed)",
        "decides an ambiguous name; `_` for a part that is absent",
    ),
    word(
        "context",
        &[Domain, Event, Group],
        "context(RequestContext)",
        "context groups that it carries; on a group, bare: it may be bound",
    ),
    word(
        "optional_context",
        &[Event],
        "optional_context(TaskContext)",
        "context groups that it carries if they are bound",
    ),
    word(
        "wide",
        &[Event],
        "wide(UserContribution, ChatContribution)",
        "groups that a unit of work may add; it is emitted once, at its end",
    ),
    word(
        "sample",
        &[Event],
        "sample = 1 / 100",
        "emit one in a hundred, all or none of a trace; errors and faults always",
    ),
    word("sample_errors", &[Event], "sample_errors", "sample errors and faults too"),
    word(
        "limit",
        &[Event],
        "limit = \"100/s\"",
        "emit at most this many per second, minute (`m`) or hour (`h`); errors and faults always",
    ),
    word("limit_errors", &[Event], "limit_errors", "limit errors and faults too"),
    word(
        "deduplicate",
        &[Event],
        "deduplicate(order_id, attempt)",
        "the fields that make one fact: an outbox keeps one record of equal values",
    ),
    word("owner", &[Domain, Event], "owner = \"team\"", "the team that is responsible for it"),
    word(
        "stability",
        &[Event],
        "stability = beta",
        "`development`, `alpha`, `beta`, `release_candidate` or `stable`",
    ),
    word("since", &[Event], "since = \"1.4.0\"", "the version of the catalog that added it"),
    word(
        "expires",
        &[Event],
        "expires = \"2027-06-30\"",
        "the day from which it should be removed",
    ),
    word("retention", &[Event], "retention = \"90d\"", "how long records are kept"),
    word("replaced_by", &[Event], "replaced_by = OtherEvent", "the event to use instead"),
    word(
        "alias",
        &[Event, Variant, Field],
        "alias(\"old\", ..)",
        "other names that readers accept; they are never written",
    ),
    word(
        "skip_none",
        &[Event, Group, Value, Field],
        "skip_none",
        "leave a `None` out; else it is written as `null`",
    ),
    word(
        "rename",
        &[Domain, Value, Variant, Field],
        "rename = \"type\"",
        "its name in JSON; for a type, its name in schemas; for a domain, its name in the names of \
         its events",
    ),
    word(
        "rename_all",
        &[Event, Group, Value, Variant],
        "rename_all = \"camelCase\"",
        "how the names of its fields or variants are spelt, as serde spells them",
    ),
    word(
        "rename_all_fields",
        &[Value],
        "rename_all_fields = \"camelCase\"",
        "how the names of the fields of an enum's variants are spelt",
    ),
    word("default", &[Value, Field], "default", "read a missing value as the type's default"),
    word("tag", &[Value], "tag = \"type\"", "write the variant's name under this key"),
    word("content", &[Value], "content = \"data\"", "write the variant's content under this key"),
    word(
        "untagged",
        &[Value],
        "untagged",
        "write the content only; read a value as the first variant that accepts it",
    ),
    word("other", &[Variant], "other", "the unit variant for unknown names"),
    word("public", &[Field], "public", "the name looks sensitive, but the value is not"),
    word("unit", &[Field], "unit = \"ms\"", "the unit of a number"),
    word(
        "finite",
        &[Field],
        "finite",
        "an event with a NaN or an infinity here is refused; else it is written as `null`",
    ),
    word("example", &[Field], "example = \"ord_1\"", "an example, for schemas"),
    word(
        "dictionary",
        &[Field],
        "dictionary = \"reason\"",
        "the reason why its type differs from other fields of its name",
    ),
    word("label", &[Field], "label", "it may label a metric; a `bool` or an enum of unit variants"),
    word(
        "opaque",
        &[Field],
        "opaque",
        "any `Serialize + Deserialize` type, its schema by schemars",
    ),
    word(
        "recursive",
        &[Field],
        "recursive",
        "its type contains, through other types, the type that has this field",
    ),
    mask(Sensitivity::Drop, "left out; an `Option`"),
    mask(Sensitivity::Redact, "`[redacted]`"),
    mask(Sensitivity::Email, "`a***@example.com`"),
    mask(Sensitivity::Last4, "`****4242`"),
    mask(Sensitivity::Card, "`424242******4242`"),
    mask(Sensitivity::Hash, "a keyed pseudonym: `h:<key id>:<32 hex>`"),
    mask(Sensitivity::Ip, "the network: `203.0.113.0/24`"),
    word(
        "custom",
        &[Sensitive],
        "custom = path::Iban",
        "as your own `event_core::mask::Mask` writes it",
    ),
    word(
        "clear",
        &[Sensitive],
        "clear = \"reason\"",
        "unmasked, but classed as sensitive; not in a context group",
    ),
    word(
        "crate",
        &[Domain, Event, Group, Value, Catalog],
        "crate = ::path",
        "where event-core is, when another crate re-exports it",
    ),
];

/// The words that are valid at `place`.
pub(crate) fn valid_on(place: Place) -> impl Iterator<Item = &'static str> + Clone {
    WORDS.iter().filter(move |word| word.on.contains(&place)).map(|word| word.name)
}

/// Whether `ident` is a word of `place`; reports an error if not.
pub(crate) fn check(place: Place, ident: &Ident, errors: &Errors) -> bool {
    let name = ident.to_string();
    let known = WORDS.iter().find(|word| word.name == name);
    if known.is_some_and(|word| word.on.contains(&place)) {
        return true;
    }
    let what =
        if place == Sensitive { "mask".to_owned() } else { format!("{} word", place.attribute()) };
    let message = match (foreign_words::help(place, &name), known) {
        (Some(help), _) => format!("unknown {what} `{name}`\nhelp: {help}"),
        (None, Some(word)) => {
            let places: Vec<&str> = word.on.iter().map(|place| place.thing()).collect();
            format!(
                "`{name}` is only valid on {}, not on {}\nhelp: there it is written `#[{}({})]`",
                places.join(" or "),
                place.thing(),
                word.on[0].attribute(),
                word.syntax
            )
        }
        (None, None) => match suggest::closest(&name, valid_on(place)) {
            Some(near) => format!("unknown {what} `{name}`, did you mean `{near}`?"),
            None => {
                let all: Vec<String> = valid_on(place).map(|word| format!("`{word}`")).collect();
                format!(
                    "unknown {what} `{name}`\nhelp: `#[{}(..)]` takes {}",
                    place.attribute(),
                    all.join(", ")
                )
            }
        },
    };
    errors.on(ident, message);
    false
}

#[cfg(test)]
mod tests {
    use super::{Place, WORDS, valid_on};
    use event_grammar::{Level, Sensitivity};
    use std::fmt::Write as _;

    /// The table of docs/reference.md.
    fn table() -> String {
        let mut table = String::from("| word | in | written | says |\n| --- | --- | --- | --- |\n");
        for word in WORDS {
            let mut attributes: Vec<&str> = word.on.iter().map(|place| place.attribute()).collect();
            attributes.dedup();
            let places: Vec<String> =
                attributes.iter().map(|attribute| format!("`#[{attribute}]`")).collect();
            writeln!(
                table,
                "| `{}` | {} | `{}` | {} |",
                word.name,
                places.join(", "),
                word.syntax,
                word.docs
            )
            .unwrap();
        }
        table
    }

    #[test]
    fn the_reference_lists_every_word() {
        const BEGIN: &str = "writes it -->\n";
        const END: &str = "<!-- /words -->";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference.md");
        let page = std::fs::read_to_string(path).unwrap();
        let (before, rest) = page.split_once(BEGIN).unwrap();
        let (listed, after) = rest.split_once(END).unwrap();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, format!("{before}{BEGIN}{}{END}{after}", table())).unwrap();
        } else {
            assert_eq!(
                listed,
                table(),
                "run `UPDATE_DOCS=1 cargo test -p event-macros` and commit docs/reference.md"
            );
        }
    }

    #[test]
    fn every_level_and_mask_is_a_word() {
        let masks = <Sensitivity>::BUILT_IN.map(|mask| (mask.as_str(), Place::Sensitive));
        let levels = Level::ALL.map(|level| (level.as_str(), Place::Event));
        for (word, place) in masks.into_iter().chain(levels) {
            assert!(valid_on(place).any(|known| known == word), "`{word}`");
        }
    }

    #[test]
    fn a_word_is_listed_once() {
        for (at, word) in WORDS.iter().enumerate() {
            assert!(WORDS[..at].iter().all(|other| other.name != word.name), "`{}`", word.name);
        }
    }
}
