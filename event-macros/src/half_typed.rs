//! Tests expansions while the user types: complete events stay usable, and every mistake is one
//! error.

use crate::{expand_catalog, expand_domain_event, expand_event_value, expand_events};
use proc_macro2::TokenStream;
use std::str::FromStr;

/// The expansion and the messages.
fn expanded(
    expand: fn(TokenStream) -> (TokenStream, crate::Errors),
    source: &str,
) -> (String, Vec<String>) {
    let tokens = TokenStream::from_str(source).unwrap_or_else(|error| panic!("{error}: {source}"));
    let (tokens, errors) = expand(tokens);
    (tokens.to_string(), errors.into_messages())
}

const DOMAIN: &str = "#[domain] pub enum Payment { Process, Refund }";
const BEFORE: &str = "#[event(error)] pub struct PaymentProcessFailed { pub amount: i64 }";
const AFTER: &str =
    "#[event(info)] pub struct PaymentRefundCompleted<'a> { pub order_id: Str<'a> }";

/// Checks that `broken`, between two complete events, leaves both unchanged and gives `mistakes`
/// errors.
fn leaves_the_others(broken: &str, mistakes: usize) {
    let (tokens, messages) =
        expanded(expand_events, &format!("{DOMAIN} {BEFORE} {broken} {AFTER}"));
    assert_eq!(messages.len(), mistakes, "{broken}: {messages:#?}");
    for function in ["fn emit_payment_process_failed (", "fn emit_payment_refund_completed ("] {
        assert_eq!(tokens.matches(function).count(), 1, "{broken}: no `{function}`\n{tokens}");
    }
}

#[test]
fn half_an_item() {
    for broken in [
        "#",
        "pub",
        "pub stru",
        "pub struct",
        "struct",
        "enum",
        "pub(crate)",
        "fn",
        "garbage",
        "garbage { with: a body }",
        "= 3",
        ";",
        ",",
        "#[event(error)] pub struct PaymentRefundFailed",
        "#[event(error)] struct",
        "#[event(error)] pub",
        "#[event(error)] fn refund() {}",
        "#[group] pub union Bits { a: u8 }",
        "pub const LIMIT: u32 = 3;",
        "mod inner { struct X; }",
        "impl PaymentProcessFailed {}",
        "trait Payments {}",
        "pub struct PaymentRefundFailed { pub amount: i64 }",
        "pub enum Method { Card }",
        "#[event(error)] pub enum PaymentRefund { Failed }",
        "#[domain] pub struct Order;",
        "#[event(error)] pub struct type { }",
        "#[event(error)] pub struct PaymentRefundFailed(i64);",
        "#[event(error)] pub struct PaymentRefundFailed(i64)",
        "#[event(error)] pub struct PaymentRefundFailed<T> { pub amount: T }",
        "#[event(error)] pub struct PaymentRefundFailed<const N: usize>;",
    ] {
        leaves_the_others(broken, 1);
    }
}

#[test]
fn half_a_field() {
    for (fields, mistakes) in [
        ("pub", 1),
        ("pub amount", 1),
        ("pub amount:", 1),
        ("pub amount: ,", 1),
        ("pub amount: i64 pub reason: String", 1),
        ("pub amount, pub reason", 2),
        ("amount: Option<", 1),
        ("amount: Vec<Option<", 1),
        ("amount: &'a", 1),
        ("amount: 3", 1),
        ("amount: i64, , reason: String", 1),
        ("pub type: String", 1),
        ("#[field(unit = )] amount: i64", 1),
        ("#[field(unit)] amount: i64", 1),
        ("#[field(unti = \"ms\")] amount: i64", 1),
        ("#[field] amount: i64", 0),
        ("#[sensitive] card_number: String", 1),
        ("#[entity(1)] order_id: String", 1),
        ("#[field(example = )] amount: i64", 1),
        ("#[field(alias())] amount: i64", 1),
        ("amount = i64", 1),
        ("amount: i64; reason: String", 1),
        ("amount: i64 = 3, reason: String", 1),
        ("..", 1),
    ] {
        let broken = format!("#[event(error)] pub struct PaymentRefundFailed {{ {fields} }}");
        leaves_the_others(&broken, mistakes);
    }
}

#[test]
fn half_a_table_of_transitions() {
    for (table, mistakes) in [
        ("", 0),
        ("()", 1),
        ("(A)", 1),
        ("(A -)", 1),
        ("(A ->)", 1),
        ("(A -> B |)", 1),
        ("(A -> B, )", 0),
        ("(A -> B, C -)", 1),
        ("(A ->, B -> , C)", 3),
        ("(A -> B | C)", 0),
    ] {
        let event = format!(
            "#[event(info)] pub struct PaymentProcessStarted {{ #[transition{table}] pub c: Change<S> }}"
        );
        leaves_the_others(&event, mistakes);
    }
}

#[test]
fn half_a_deduplication_key() {
    for (key, mistakes) in [
        ("", 1),
        ("()", 1),
        ("(,)", 1),
        ("(amount,)", 0),
        ("(amount, amo)", 1),
        ("(amount amount)", 1),
        ("(amount.)", 1),
        (" = amount", 1),
        ("(type)", 1),
    ] {
        let event = format!(
            "#[event(info, deduplicate{key})] pub struct PaymentProcessStarted {{ pub amount: i64 }}"
        );
        leaves_the_others(&event, mistakes);
    }
}

#[test]
fn half_a_level_rule() {
    for (rule, mistakes) in [
        ("", 1),
        ("match", 1),
        ("match a", 1),
        ("match a {}", 1),
        ("match a { 1 }", 1),
        ("match a { 1 => }", 1),
        ("match a { Some(|) => info }", 1),
        ("match a { Some() => info }", 1),
        ("match a { 1.. => info, _ }", 1),
        ("if a", 1),
        ("if a { info }", 1),
        ("if a { info } else", 1),
    ] {
        let event =
            format!("#[event(level = {rule})] pub struct PaymentProcessStarted {{ pub a: i64 }}");
        leaves_the_others(&event, mistakes);
    }
}

/// Contents of `#[event(..)]`, and the number of mistakes in each.
const HALF_ATTRIBUTES: &[(&str, usize)] = &[
    ("", 1),
    ("eror", 1),
    ("error,,", 0),
    ("error, version", 1),
    ("error, version =", 1),
    ("error, version = x", 1),
    ("error, alias", 1),
    ("error, alias()", 1),
    ("error, alias(payment_failed)", 1),
    ("error, name()", 1),
    ("error, name(payment, refund)", 1),
    ("error, sample = 1 /", 1),
    ("error, sample = 1 / 0", 1),
    ("error, sample = 1 / 2", 1),
    ("error, sample = 1 / 2, sample_errors", 0),
    ("error, sample_errors", 1),
    ("error, limit", 1),
    ("error, limit = 100", 1),
    ("error, limit = \"100/d\", limit_errors", 1),
    ("error, limit = \"0/s\"", 1),
    ("error, limit_errors = 1", 1),
    ("error, context()", 1),
    ("error, optional_context", 1),
    ("error, context(A), optional_context(A)", 1),
    ("error, wide", 1),
    ("error, wide()", 1),
    ("error, wide = Details", 1),
    ("error, wide(Details, )", 0),
    ("error, wide(Details<'a>, Details<'a>)", 1),
    ("error, wide(Details, 3)", 1),
    ("error, context(Details), wide(Details)", 1),
    ("error, upcast = ", 1),
    ("error, =", 1),
    ("error, \"text\"", 1),
    ("level =", 1),
    ("level = match", 1),
    ("level = match amount", 1),
    ("level = match amount { }", 1),
    ("level = match amount { 1 }", 1),
    ("level = match amount { 1 => }", 1),
    ("level = match amount { 1 => erorr, _ => info }", 1),
    ("level = match amount { _ => info, }", 0),
    ("level = match amoutn { _ => info }", 1),
    (
        "level = match amount { 99999999999999999999999999999999999999999999 => info, _ => \
             error }",
        1,
    ),
    ("level = if", 1),
    ("level = if amount", 1),
    ("level = if amount { info } else", 1),
    ("level = if amount { info } else { }", 1),
    ("level = if amount { info } else { error } else", 1),
    ("error, expires = \"\"", 1),
    ("error, stability = stabel, owner = 3, sample = 7", 3),
];

#[test]
fn half_an_attribute() {
    for &(words, mistakes) in HALF_ATTRIBUTES {
        let broken =
            format!("#[event({words})] pub struct PaymentRefundFailed {{ pub amount: i64 }}");
        leaves_the_others(&broken, mistakes);
    }
}

#[test]
fn half_an_enum() {
    for (variants, mistakes) in [
        ("Card()", 1),
        ("Card(u8, u8)", 1),
        ("Card =", 1),
        ("Card Cash", 1),
        ("3", 1),
        (",", 1),
        ("Card { number }", 1),
    ] {
        let broken = format!("#[value] pub enum Method {{ {variants} }}");
        leaves_the_others(&broken, mistakes);
    }
}

#[test]
fn an_event_with_a_mistake_is_still_emitted() {
    let mistakes = [
        "#[event(eror)] pub struct PaymentRefundFailed { pub amount: i64 }",
        "#[event(error)] pub struct PaymentRefundFaild { pub amount: i64 }",
        "#[event(error)] pub struct PaymentRefundFailed<'a> { pub reason: &'a str }",
        "#[event(error)] pub struct PaymentRefundFailed<T> { pub amount: T }",
        "#[event(error)] pub struct PaymentRefundFailed { pub amount: i64, pub }",
        "#[event(error)] pub struct PaymentRefundFailed { pub password: String }",
        "#[event(error)] pub struct PaymentRefundFailed { pub trace_id: String }",
    ];
    for broken in mistakes {
        let (tokens, messages) = expanded(expand_events, &format!("{DOMAIN} {broken}"));
        assert_eq!(messages.len(), 1, "{broken}: {messages:#?}");
        assert_eq!(tokens.matches("fn emit_payment_refund_fai").count(), 1, "{broken}\n{tokens}");
    }
}

#[test]
fn a_raw_identifier_is_read_without_its_mark() {
    let (tokens, messages) = expanded(
        expand_events,
        "#[domain(optional(action))] pub enum r#Type {} #[event(info)] pub struct r#TypeFailed; \
         #[event(info)] pub struct r#type;",
    );
    assert_eq!(messages.len(), 1, "{messages:#?}");
    assert!(
        tokens.contains("fn emit_type_failed") && tokens.contains("enum TypeEvent"),
        "{tokens}"
    );
}

#[test]
fn the_other_macros_say_one_thing_too() {
    for source in [
        "",
        "pub",
        "pub enum",
        "pub enum ShopEvent",
        "pub enum ShopEvent {}",
        "struct X;",
        "fn x() {}",
        "pub enum ShopEvent { Payment }",
    ] {
        let (_, messages) = expanded(expand_catalog, source);
        assert_eq!(messages.len(), 1, "catalog: {source}: {messages:#?}");
    }
    for source in [
        "enum X {}",
        "struct PaymentProcessFailed;",
        "#[event(error)] struct PaymentProcessFailed(u8);",
    ] {
        let (_, messages) = expanded(expand_domain_event, source);
        assert!(!messages.is_empty(), "derive(DomainEvent): {source}");
    }
    for source in ["union X { a: u8 }", "struct X(u8, u8);", "enum X {}", "struct X<T>(T);"] {
        let (_, messages) = expanded(expand_event_value, source);
        assert_eq!(messages.len(), 1, "derive(EventValue): {source}: {messages:#?}");
    }
}
