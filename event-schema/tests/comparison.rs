//! The compiler's comparison, which compares forms, held against the engine, which compares
//! schemas.
//!
//! Where the comparison says that nothing breaks, the engine must not find a payload that shows the
//! opposite. The other direction does not hold: the comparison knows promises that no schema
//! states, and is coarser in some places; they are listed.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::Level;
use event_core::lock::{of_event, revision_of};
use event_core::meta::shape::*;
use event_core::meta::{EventMeta, FieldMeta, LevelRule, Member, Role, Sensitivity};
use event_grammar::lock::{Lock, Mode, Stage, TypesOf, Version, VersionKey};
use event_schema::lock::{breaks, readers};
use event_schema::{Contract, Options, Rendering, schema};
use fixture::random::{Mutation, fields, leak, leak_all, shape, unique};
use fixture::{event, shapes::named};
use proptest::prelude::*;
use schema_compat::{Contracts, Report, Rules, Verdict, check_contracts};
use serde_json::Value;
use std::collections::BTreeMap;

fn declared(fields: &'static [FieldMeta]) -> &'static EventMeta {
    let members = leak_all(fields.iter().map(|field| Member::Field(*field)).collect());
    leak(event(fixture::CACHE_HIT.name, "CacheHit", "").members(members))
}

/// The rules of what breaks, by forms.
fn by_forms(
    old: &'static EventMeta,
    new: &'static EventMeta,
    mode: Mode,
) -> Vec<(&'static str, String)> {
    let key = VersionKey::new(old.name.snake, old.version);
    let (revision, types) = revision_of(old);
    let lock = Lock { types, ..Lock::new("shop") };
    let version = Version {
        event_type: old.name.dotted.to_owned(),
        stage: Stage::Locked,
        mode,
        aliases: old.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        revisions: vec![revision],
        accepted: Vec::new(),
        retired: BTreeMap::new(),
        samples: String::new(),
    };
    breaks(&lock, &key, &version, new)
        .open
        .into_iter()
        .map(|broken| (broken.rule.id(), broken.path))
        .collect()
}

/// The forms of an event's fields, every named type written out.
fn forms_of(event: &'static EventMeta) -> BTreeMap<String, String> {
    let (revision, types) = revision_of(event);
    let lock = Lock { types, ..Lock::new("shop") };
    let types = TypesOf::of(&lock, &revision);
    types
        .fields(&revision)
        .into_iter()
        .map(|(name, rendering)| (name, types.written_out(&rendering, usize::MAX)))
        .collect()
}

/// What breaks, by schemas of the payload.
fn by_schemas(old: &'static EventMeta, new: &'static EventMeta, mode: Mode) -> Report {
    let of = |event, contract| {
        let options = Options {
            contract,
            rendering: Rendering::Payload,
            annotations: false,
            ..Options::default()
        };
        schema(event, options).unwrap().to_value()
    };
    let contracts =
        |event| -> (Value, Value) { (of(event, Contract::Write), of(event, Contract::Read)) };
    let (old, new) = (contracts(old), contracts(new));
    let side = |(write, read): &(Value, Value)| -> Contracts<'_> {
        // The borrow is of the pair, which lives as long as the question.
        Contracts {
            write: Box::leak(Box::new(write.clone())),
            read: Box::leak(Box::new(read.clone())),
        }
    };
    check_contracts(side(&old), side(&new), readers(mode), Rules::Semantic)
}

const MODES: [Mode; 3] = [Mode::Backward, Mode::Forward, Mode::Full];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_form_is_compatible_with_itself(fields in fields(shape())) {
        let event = declared(fields);
        for mode in Mode::ALL {
            prop_assert_eq!(by_forms(event, event, mode), vec![], "{:?}", forms_of(event));
        }
    }

    #[test]
    fn what_the_gate_lets_pass_the_engine_does_not_refuse(fields in fields(shape()), seed: u64) {
        let (old, new) = (declared(fields), declared(Mutation(seed).fields(fields)));
        for mode in MODES {
            if by_forms(old, new, mode).is_empty() {
                let report = by_schemas(old, new, mode);
                prop_assert!(
                    report.verdict != Verdict::Incompatible,
                    "{mode:?}: {:#?}\n{:?}\n{:?}", report.findings, forms_of(old), forms_of(new)
                );
            }
        }
    }

    #[test]
    fn equal_fingerprints_are_equal_forms(fields in fields(shape()), seed: u64) {
        let (old, new) = (declared(fields), declared(Mutation(seed).fields(fields)));
        if of_event(old) == of_event(new) {
            prop_assert_eq!(forms_of(old), forms_of(new));
        }
    }
}

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);
const NUMBER: &Shape = &Shape::Integer { min: 0, max: 255 };

fn one(field: FieldMeta) -> &'static EventMeta {
    declared(leak_all(vec![field]))
}

const fn field(shape: &'static Shape) -> FieldMeta {
    FieldMeta::new("a", "", shape)
}

/// Where the comparison refuses and the schemas do not: the rule, the two fields, and why that is
/// right.
fn stricter() -> [(&'static str, FieldMeta, FieldMeta, &'static str); 7] {
    let unit = |name| VariantShape::new(name, "", VariantContent::Unit);
    let of_two = |aliases| {
        let variants = leak_all(vec![unit("x").aliases(aliases), unit("y")]);
        let ty = named("Two", "");
        field(leak(Shape::Enum(leak(EnumShape::new(ty, Tagging::External, variants)))))
    };
    let plain = field(TEXT);
    let number = field(NUMBER);
    let masked = plain.sensitivity(Sensitivity::Last4);
    [
        // A writer never writes an alias, so no schema of what is written has it; what was stored
        // under it by hands before is.
        ("alias-dropped", plain.aliases(&["b"]), plain, "an alias is of what was written before"),
        ("alias-dropped", of_two(&["z"]), of_two(&[]), "the same of a variant"),
        // Nobody's reading breaks.
        ("sensitivity-lowered", masked, plain, "it is about who sees it"),
        // The payload says nothing of places in the envelope, and of what is meant.
        (
            "role-changed",
            plain.role(Role::Entity { kind: "order" }),
            plain,
            "its place in the envelope",
        ),
        ("role-changed", plain.role(Role::Before), plain.role(Role::After), "the same"),
        ("unit-changed", number.unit("ms"), number.unit("s"), "what it counts"),
        // An array of no items is a list of no items, whatever they would be; the comparison
        // compares the items' forms.
        (
            "type-changed",
            field(&Shape::Array { item: TEXT, len: 0 }),
            field(&Shape::Array { item: NUMBER, len: 0 }),
            "what no value shows",
        ),
    ]
}

#[test]
fn where_the_lock_check_is_stricter() {
    for (rule, old, new, why) in stricter() {
        let (old, new) = (one(old), one(new));
        let found: Vec<&str> =
            by_forms(old, new, Mode::Full).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(found, [rule], "{why}");
        assert_eq!(by_schemas(old, new, Mode::Full).verdict, Verdict::Compatible, "{rule}: {why}");
    }
    let louder =
        leak(event(fixture::CACHE_HIT.name, "CacheHit", "").level(LevelRule::Fixed(Level::Error)));
    let quiet =
        leak(event(fixture::CACHE_HIT.name, "CacheHit", "").level(LevelRule::Fixed(Level::Info)));
    assert_eq!(
        by_forms(quiet, louder, Mode::Full),
        [("level-changed", String::new())],
        "the level is in the line, not in the payload"
    );
    assert_eq!(by_schemas(quiet, louder, Mode::Full).verdict, Verdict::Compatible);
}

/// An `Option` within a newtype is an `Option`; a `Presence` is left out, and `null` is written all
/// the same.
#[test]
fn options_within_others() {
    let newtype = |inner| leak(Shape::Newtype(leak(NewtypeShape::new(unique(), inner)))) as &Shape;
    let optional = |inner| leak(Shape::Optional(inner)) as &Shape;
    let presence = |inner| optional(optional(inner));
    let shapes = [
        TEXT,
        newtype(TEXT),
        optional(TEXT),
        optional(newtype(TEXT)),
        newtype(optional(TEXT)),
        newtype(optional(newtype(TEXT))),
        presence(TEXT),
        presence(newtype(TEXT)),
    ];
    let words = [(false, false), (false, true), (true, false), (true, true)];
    let of = |shape: &&'static Shape, (skip_none, default)| {
        let plain = field(shape);
        plain.skip_none(skip_none || plain.skip_none).default(default)
    };
    let all = || shapes.iter().flat_map(|shape| words.map(|words| of(shape, words)));
    for (old, new) in all().flat_map(|old| all().map(move |new| (one(old), one(new)))) {
        for mode in MODES {
            if by_forms(old, new, mode).is_empty() {
                let report = by_schemas(old, new, mode);
                assert_eq!(
                    report.verdict,
                    Verdict::Compatible,
                    "{mode:?} {:?} {:?}",
                    forms_of(old),
                    forms_of(new)
                );
            }
        }
    }
}
