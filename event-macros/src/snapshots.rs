//! Tests that compare expansions with files, so that review sees every change of the expansion.

use crate::diag::Errors;
use crate::lock::Contract;
use proc_macro2::TokenStream;
use std::fs;
use std::path::Path;

fn hold(name: &str, expand: fn(TokenStream) -> (TokenStream, Errors)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let input = fs::read_to_string(folder.join(format!("{name}.in.rs"))).unwrap();
    let (tokens, errors) = expand(input.parse().unwrap());
    assert_eq!(errors.into_messages(), [""; 0], "{name} is a declaration without mistakes");
    let written = prettyplease::unparse(&syn::parse2(tokens).unwrap());
    let file = folder.join(format!("{name}.out.rs"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(file, written).unwrap();
        return;
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    let line = known.lines().zip(written.lines()).position(|(known, written)| known != written);
    assert!(
        known == written,
        "the expansion of {name} changed, first in line {}\nif that is meant: UPDATE_SNAPSHOTS=1 cargo test -p event-macros, and read the difference",
        line.map_or_else(
            || known.lines().count().min(written.lines().count()) + 1,
            |line| line + 1
        )
    );
}

#[test]
fn a_block() {
    hold("block", crate::expand_events);
}

#[test]
fn a_block_whose_event_is_locked() {
    hold("locked", |input| {
        let lock = fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/locked.events.lock"),
        )
        .unwrap();
        crate::expand_events_under(input, &Contract::of_text(&lock))
    });
}

#[test]
fn a_catalog() {
    hold("catalog", crate::expand_catalog);
}

#[test]
fn a_value() {
    hold("value", crate::expand_event_value);
}

#[test]
fn a_free_event() {
    hold("event", crate::expand_domain_event);
}
