//! Tests how an editor sees the expansion: it takes every generated token with the span of a user's
//! token for that token.
//!
//! A generated name with such a span is a second target of hover and "go to definition", and a
//! rename of it overwrites the user's text. So every identifier at the user's tokens must be the
//! user's own, except for the identifiers listed here. An editor refuses to rename names with the
//! macro's hygiene, such as the names at a keyword. `tests/tests/ui/emit` shows that hygiene: rustc
//! says there that the names come from a macro.

use crate::any_input::BLOCK;
use crate::diag::Errors;
use crate::lock::Contract;
use crate::{
    expand_catalog, expand_domain_event, expand_event_value, expand_events, expand_events_under,
};
use proc_macro2::{Ident, TokenStream, TokenTree};
use std::fs;
use std::path::Path;

/// A block with the features that the snapshots lack: operations, a rule on text, upcasts that
/// convert, group fields, nested values.
const LIFECYCLES: &str = r#"
    #[domain(context(Caller), optional(action))]
    pub enum Order { Pay }
    #[statuses] enum Own { #[status(neutral)] Seen }
    #[event(info)]
    pub struct OrderPayStarted<'a> { #[entity] pub order_id: Str<'a> }
    #[event(level = match reason { "declined" => warning, _ => error }, version = 2, upcast = auto, stability = beta)]
    pub struct OrderPayFailed<'a> {
        pub reason: Str<'a>,
        pub amount: i64,
        pub note: Option<Str<'a>>,
        #[elapsed]
        pub duration_ms: Option<u64>,
        #[sensitive(custom = masks::Iban)]
        pub iban: Option<Str<'a>>,
        #[field(unit = "cents", label, skip_none)]
        pub total: Option<Cents>,
        #[group]
        pub error: shared::ErrorDetails<'a>,
    }
    #[event(error, version = 1)]
    pub struct OrderPayFailedV1<'a> { pub reason: Str<'a>, pub amount: i32, #[group] pub error: shared::ErrorDetails<'a> }
    #[event(info, wide(shared::ChatContribution<'static>), optional_context(Caller), replaced_by = OrderPayStarted)]
    pub struct OrderSeen;
    #[event(level = if expected { info } else { error })]
    pub struct OrderPayCompleted { pub expected: bool, pub amount: Option<i64>, #[transition] pub state: Change<State> }
    #[group(context)]
    pub struct Caller { pub caller: Option<String>, #[group] pub inner: Inner }
    #[group]
    pub struct Inner { #[elapsed] pub took_ms: f64 }
    #[value(tag = "type")]
    pub enum State { Open, Paid { at: Cents, before: Box<State> } }
    #[value]
    pub struct Cents(pub i64);
"#;

/// Generated identifiers with the span of a user's token of another text:
/// `emit_order_seen at struct`.
fn strangers(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    walk(tokens, &mut |ident| {
        let written = ident.span().source_text().unwrap_or_default();
        // A doc comment is a `doc` attribute in the tokens.
        let own = written.is_empty()
            || written.starts_with("//")
            || ident == written.as_str()
            || *ident == written.trim_start_matches("r#");
        if !own {
            found.push(format!("{ident} at {written}"));
        }
    });
    found
}

fn walk(tokens: TokenStream, each: &mut impl FnMut(&Ident)) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => each(&ident),
            TokenTree::Group(group) => walk(group.stream(), each),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn expanded(input: &str, expand: impl FnOnce(TokenStream) -> (TokenStream, Errors)) -> Vec<String> {
    let (tokens, errors) = expand(input.parse().unwrap());
    assert_eq!(errors.into_messages(), [""; 0]);
    strangers(tokens)
}

fn snapshot(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name)).unwrap()
}

#[test]
fn a_block_has_generated_names_at_keywords_and_once() {
    assert_eq!(
        expanded(LIFECYCLES, expand_events),
        [
            "emit_order_pay_started at struct",
            // rustc shows this for a rule with an unreachable arm.
            "deny at struct",
            "unreachable_patterns at struct",
            "emit_order_pay_failed at struct",
            "emit_order_seen at struct",
            "deny at struct",
            "unreachable_patterns at struct",
            "emit_order_pay_completed at struct",
            // The impl that orders the versions.
            "impl at struct",
            // The impl of `upcast = auto`: a second impl, written by hand, is reported there.
            "impl at upcast",
            // Found with the domain, which an editor renames.
            "OrderEvent at Order",
            "PayStarted at struct",
            "PayFailed at struct",
            "Seen at struct",
            "PayCompleted at struct",
        ]
    );
}

#[test]
fn the_words_of_the_language_are_not_taken_for_others() {
    let known = |name: &&String| name.ends_with(" at struct") || *name == "PaymentEvent at Payment";
    let others: Vec<String> =
        expanded(BLOCK, expand_events).into_iter().filter(|name| !known(&name)).collect();
    // A generated alias of the type is beside each state: no rename leads from the alias to the
    // state.
    let aliases = ["__Method at Card", "__Method at Cash", "__Method at By"];
    assert!(
        others.iter().all(|name| *name == "impl at upcast" || aliases.contains(&name.as_str())),
        "{others:?}"
    );
}

#[test]
fn the_patterns_of_rules_and_transitions_are_the_users_own() {
    const RULES: &str = "
        #[domain] pub enum Order { Ship }
        #[value] pub enum State { Cart, Placed, Lost { why: String } }
        #[event(level = match state { Some(State::Lost { .. }) => error, Some(Cart | Placed) | \
                         None => info })]
        pub struct OrderShipCompleted {
            pub state: Option<State>,
            #[transition(Cart -> Placed, Placed -> Lost)]
            pub change: Change<State>,
        }
        #[event(level = match reason { Some(\"late\") => warning, _ => info })]
        pub struct OrderShipFailed<'a> { pub reason: Option<Str<'a>> }";
    let known = |name: &&String| name.ends_with(" at struct") || *name == "OrderEvent at Order";
    let others: Vec<String> =
        expanded(RULES, expand_events).into_iter().filter(|name| !known(&name)).collect();
    // A generated alias of the type: no rename leads from the alias to the variant.
    let aliases = ["__State at Cart", "__State at Placed", "__State at Lost"];
    assert!(others.iter().all(|name| aliases.contains(&name.as_str())), "{others:?}");
}

#[test]
fn a_locked_block_is_compared_without_a_name_at_its_fields() {
    let lock = snapshot("locked.events.lock");
    let found = expanded(&snapshot("locked.in.rs"), |input| {
        expand_events_under(input, &Contract::of_text(&lock))
    });
    let at_names: Vec<&String> =
        found.iter().filter(|name| !name.ends_with(" at struct")).collect();
    // The last is the constant of a warning, at the name that the warning is about: the action has
    // no end.
    assert_eq!(
        at_names,
        [
            "PaymentEvent at Payment",
            "event_catalog at PaymentProcessStarted",
            "event_catalog at PaymentProcessStarted"
        ]
    );
}

#[test]
fn a_catalog_a_value_and_a_group_have_none() {
    assert_eq!(expanded(&snapshot("catalog.in.rs"), expand_catalog), [""; 0]);
    assert_eq!(expanded(&snapshot("value.in.rs"), expand_event_value), [""; 0]);
    let groups = "#[group(context)] pub struct Caller<'a> { #[sensitive(email)] pub email: \
                  Str<'a>, pub r#type: u8 }";
    assert_eq!(expanded(groups, expand_events), [""; 0]);
}

#[test]
fn a_derived_event_has_its_function_at_its_keyword() {
    assert_eq!(
        expanded(&snapshot("event.in.rs"), expand_domain_event),
        ["emit_payment_import_completed at struct"]
    );
}

/// Outside of the compiler, `proc_macro2` knows the place of a token but not its hygiene. So only
/// one file sets spans, and it is checked in review.
#[test]
fn one_file_gives_generated_tokens_a_span() {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/expand"), &mut found);
    assert!(found.len() > 15, "the folder was read");
    for path in found.iter().filter(|path| !path.ends_with("spans.rs")) {
        let text = fs::read_to_string(path).unwrap();
        for word in ["quote_spanned!", ".set_span(", "located_at(", "resolved_at("] {
            assert!(
                !text.contains(word),
                "{} has `{word}`: let `spans.rs` give the span",
                path.display()
            );
        }
    }
}
