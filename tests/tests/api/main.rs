//! The public API of each library crate, as its `api.txt` lists it: a fact a line, so that a change
//! of the API is a change of that file. Read from the sources, so what a macro of the crate makes is
//! listed as the macro's call.
//!
//! `UPDATE_API=1 cargo test -p event-tests --test api` writes the files.

mod facts;
mod impls;
mod written;

use event_tests::sources::{Crate, Texts, repository, rust_files, text_of};
use facts::facts;
use std::collections::BTreeSet;
use std::{env, fs};

/// The crates whose public API is listed.
const LISTED: &[&str] = &[
    "event-grammar",
    "event-core",
    "event-trace",
    "schema-compat",
    "event-schema",
    "event-export",
    "event-cli",
    "delivery/event-outbox",
    "delivery/event-outbox-rusqlite",
    "delivery/event-outbox-sqlx",
    "delivery/event-outbox-tokio-postgres",
    "delivery/event-relay",
    "delivery/event-store",
    "integrations/event-otel",
    "integrations/event-tower",
    "integrations/event-tracing",
];

/// The lines of a crate's list.
fn list_of(krate: &Crate) -> String {
    facts(krate).into_iter().map(|fact| fact + "\n").collect()
}

/// What an old and a new list do not share, as lines of a diff.
fn changes(old: &str, new: &str) -> Vec<String> {
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
        (old.lines().collect(), new.lines().collect());
    let gone = old.difference(&new).map(|line| (*line, '-'));
    let added = new.difference(&old).map(|line| (*line, '+'));
    let mut changes: Vec<(&str, char)> = gone.chain(added).collect();
    changes.sort_by_key(|(line, sign)| (line.split(' ').next(), *sign == '+'));
    changes.into_iter().map(|(line, sign)| format!("{sign} {line}")).collect()
}

#[test]
fn the_public_api_is_what_is_listed() {
    let mut changed = Vec::new();
    for name in LISTED {
        let krate = Crate::read(name, &rust_files(&format!("{name}/src")));
        let (file, new) = (format!("{name}/api.txt"), list_of(&krate));
        let old = text_of(&file).unwrap_or_default();
        if old == new {
            continue;
        }
        if env::var_os("UPDATE_API").is_some() {
            fs::write(repository().join(&file), new).expect("the list can be written");
        } else {
            changed.push(format!("{file}:"));
            changed.extend(changes(&old, &new));
        }
    }
    assert!(
        changed.is_empty(),
        "the public API changed:\n{}\nhelp: if that is meant, run `UPDATE_API=1 cargo test -p event-tests --test api`, commit the files and add the change to CHANGELOG.md",
        changed.join("\n")
    );
}

fn made_of(files: &[(&str, &str)]) -> Vec<String> {
    let texts: Texts =
        files.iter().map(|(file, text)| (format!("a/src/{file}"), (*text).to_owned())).collect();
    facts(&Crate::read("a", &texts))
}

#[test]
fn a_change_is_told() {
    let changes = changes("a::A struct\na::f fn()\n", "a::A struct\na::f fn(u8)\na::g fn()\n");
    assert_eq!(changes, ["- a::f fn()", "+ a::f fn(u8)", "+ a::g fn()"]);
}

#[test]
fn items_are_listed_where_they_are_reached() {
    let found = made_of(&[
        (
            "lib.rs",
            "mod deep;\npub mod open;\npub use deep::{Deep, function};\npub use other::Thing;\n#[doc(hidden)]\npub mod secret { pub struct Hidden; }\n#[cfg(feature = \"more\")]\npub const MORE: u8 = 1;\n",
        ),
        (
            "deep.rs",
            "#[derive(Clone, Debug)]\npub struct Deep<'a, T = u8> { pub text: &'a str, own: T }\npub struct Unreachable;\npub fn function<T: Into<String>>(name: T, other: impl Fn(&str) -> bool) -> Option<Vec<T>> where T: Clone { None }\n",
        ),
        (
            "open.rs",
            "pub use crate::deep::Deep;\n#[non_exhaustive]\npub enum Kind { A, B(u8), C { d: bool } }\npub trait Does: Send { const N: usize; type Out; fn must(&self); fn may(&mut self) -> u8 { 1 } }\n",
        ),
    ]);
    let expected = [
        "a::Deep derive Clone",
        "a::Deep derive Debug",
        "a::Deep struct<'a, T = u8> { .. }",
        "a::Deep::text field &'a str",
        "a::MORE const u8 [feature=\"more\"]",
        "a::Thing use other::Thing",
        "a::function fn<T: Into<String>>(name: T, other: impl Fn(&str) -> bool) -> Option<Vec<T>> where T: Clone",
        "a::open mod",
        "a::open::Deep use a::Deep",
        "a::open::Does trait: Send",
        "a::open::Does::N const usize",
        "a::open::Does::Out type",
        "a::open::Does::may fn(&mut self) -> u8 (provided)",
        "a::open::Does::must fn(&self)",
        "a::open::Kind enum (non_exhaustive)",
        "a::open::Kind::A variant",
        "a::open::Kind::B variant(u8)",
        "a::open::Kind::C variant { d: bool }",
    ];
    assert_eq!(found, expected);
}

#[test]
fn implementations_are_listed_at_the_public_type_or_trait() {
    let found = made_of(&[
        (
            "lib.rs",
            "mod deep;\npub use deep::{Public, Trait};\nmacro_rules! numbers { ($t:ty) => { impl Trait for $t {} }; }\nnumbers!(u8);\n",
        ),
        (
            "deep.rs",
            "use std::fmt;\npub struct Public<T>(pub T);\npub struct Private;\npub trait Trait {}\ntrait Own {}\nimpl<T: Copy> Public<T> { pub const fn get(&self) -> T { self.0 } fn own(&self) {} pub(crate) fn near(&self) {} #[doc(hidden)] pub fn hidden(&self) {} #[cfg(feature = \"x\")] pub async fn wait(self) {} }\nimpl<T> fmt::Display for Public<T> {}\nimpl<T> Own for Public<T> {}\nimpl Trait for Private {}\nimpl Trait for String {}\nimpl<T: Trait> Trait for Option<T> {}\nimpl From<Public<u8>> for u8 {}\n",
        ),
    ]);
    let expected = [
        "a impls by numbers!(u8)",
        "a::Public impl<T> fmt::Display for Public<T>",
        "a::Public struct<T>",
        "a::Public::0 field T",
        "a::Public<T>::get const fn(&self) -> T where T: Copy",
        "a::Public<T>::wait async fn(self) where T: Copy [feature=\"x\"]",
        "a::Trait impl Trait for String",
        "a::Trait impl<T: Trait> Trait for Option<T>",
        "a::Trait trait",
    ];
    assert_eq!(found, expected);
}
