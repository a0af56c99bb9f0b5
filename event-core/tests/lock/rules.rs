//! Each rule, once: what was, what is, and where it breaks. What the compiler says of them is in
//! `tests/lock_check`.

use crate::forms::{enumeration, leak};
use crate::locked::{broken, event};
use event_core::lock::{BACKWARD, FORWARD, RULES};
use event_core::meta::shape::{Shape, Tagging, TextFormat, VariantContent, VariantShape};
use event_core::meta::{EventMeta, FieldMeta, LevelRule, Role, Sensitivity};
use std::collections::BTreeSet;

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);

fn field(name: &'static str, shape: &'static Shape) -> FieldMeta {
    FieldMeta::new(name, "", shape)
}

fn unit(name: &'static str) -> VariantShape {
    VariantShape::new(name, "", VariantContent::Unit)
}

fn method(tagging: Tagging, variants: Vec<VariantShape>) -> FieldMeta {
    field("method", enumeration(tagging, variants))
}

/// The rule, who is asked, what was locked, what is declared, and the path.
type Case = (&'static str, u8, &'static str, &'static EventMeta, &'static str);

const FULL: u8 = BACKWARD | FORWARD;

fn cases() -> Vec<Case> {
    [of_events(), of_fields(), of_types(), of_words()].concat()
}

fn of_events() -> Vec<Case> {
    let base = event(vec![]);
    let named = |dotted| base.clone().name(base.name.dotted(dotted));
    vec![
        ("name-changed", FULL, "", leak(named("probe_run.failed")), ""),
        ("alias-dropped", BACKWARD, "", leak(base.clone().aliases(&[])), "probe_broke"),
        (
            "level-changed",
            FULL,
            "",
            leak(base.clone().level(LevelRule::Fixed(event_core::Level::Debug))),
            "",
        ),
    ]
}

/// A field comes, goes, or may be left out.
fn of_fields() -> Vec<Case> {
    vec![
        ("field-removed", FORWARD, "note:text", event(vec![]), "note"),
        (
            "field-renamed",
            FORWARD,
            "note:text",
            event(vec![field("remark", TEXT).aliases(&["note"])]),
            "remark",
        ),
        ("field-added", BACKWARD, "", event(vec![field("note", TEXT)]), "note"),
        ("field-made-required", BACKWARD, "note:text?", event(vec![field("note", TEXT)]), "note"),
        (
            "field-made-required",
            BACKWARD,
            "note:text? skip",
            event(vec![field("note", TEXT)]),
            "note",
        ),
        (
            "field-made-optional",
            FORWARD,
            "note:text",
            event(vec![field("note", &Shape::Optional(TEXT))]),
            "note",
        ),
        (
            "field-made-optional",
            FORWARD,
            "ratio:f64 finite",
            event(vec![field("ratio", &Shape::Float)]),
            "ratio",
        ),
    ]
}

fn of_types() -> Vec<Case> {
    vec![
        (
            "type-changed",
            FULL,
            "note:[text]",
            event(vec![field("note", &Shape::List(&Shape::Bool))]),
            "note[]",
        ),
        (
            "variant-removed",
            BACKWARD,
            "method:enum{Card,Cash}",
            event(vec![method(Tagging::External, vec![unit("Card")])]),
            "method.Cash",
        ),
        (
            "variant-added",
            FORWARD,
            "method:enum{Card}",
            event(vec![method(Tagging::External, vec![unit("Card"), unit("Cash")])]),
            "method.Cash",
        ),
        (
            "tagging-changed",
            FULL,
            "method:enum{Card}",
            event(vec![method(Tagging::Internal { tag: "type" }, vec![unit("Card")])]),
            "method",
        ),
    ]
}

/// What a field says beside its type.
fn of_words() -> Vec<Case> {
    vec![
        (
            "alias-dropped",
            BACKWARD,
            "note:text alias(remark)",
            event(vec![field("note", TEXT)]),
            "note",
        ),
        (
            "sensitivity-lowered",
            0,
            "note:text masked(redact)",
            event(vec![field("note", TEXT).sensitivity(Sensitivity::Last4)]),
            "note",
        ),
        (
            "role-changed",
            FULL,
            "id:text entity(order)",
            event(vec![field("id", TEXT).role(Role::Entity { kind: "user" })]),
            "id",
        ),
        (
            "unit-changed",
            FULL,
            "took:f64 unit(ms)",
            event(vec![field("took", &Shape::Float).unit("s")]),
            "took",
        ),
    ]
}

#[test]
fn each_breaks_where_it_says_and_nowhere_else() {
    for (rule, mode, was, is, path) in cases() {
        assert_eq!(broken(was, is, mode), [(rule, path.to_owned())], "{was}");
        let other = (BACKWARD | FORWARD) & !mode;
        if mode == BACKWARD || mode == FORWARD {
            assert_eq!(broken(was, is, other), [], "{rule}: only one side breaks");
        }
    }
}

#[test]
fn there_is_a_case_for_each() {
    // These two are told before a version is compared: it is not declared, or must not be.
    let mut known = BTreeSet::from(["version-deleted", "name-retired"]);
    known.extend(cases().iter().map(|case| case.0));
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(known, rules);
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(
        codes.is_sorted() && RULES.iter().enumerate().all(|(at, rule)| rule.rule as usize == at)
    );
}
