//! The public surface: small, and no two types of one name in two places.

use super::crates::MAY_IMPORT;
use super::{hold, known, made_of, read};
use event_tests::sources::{Crate, Place, public};
use std::collections::{BTreeMap, BTreeSet};
use syn::Item;

/// The most names in the public root of event-core.
const ROOT: usize = 40;

/// The names in a crate's root.
pub(crate) fn root_names(krate: &Crate) -> BTreeSet<String> {
    let root = format!("{}::", krate.name);
    let names = public(krate).into_iter().filter_map(|name| {
        let name = name.path.strip_prefix(&root)?.to_owned();
        // `_guide` is there for rustdoc alone.
        (!name.contains("::") && !name.starts_with('_')).then_some(name)
    });
    names.collect()
}

/// The public types and traits of crates: by name, the files that define one.
fn types(crates: &[Crate]) -> BTreeMap<String, BTreeSet<String>> {
    let mut types: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for krate in crates {
        for name in public(krate) {
            let Place::Item { module, name } = &name.place else { continue };
            let is_type = krate.items(*module, name).any(|item| {
                matches!(item, Item::Enum(_) | Item::Struct(_) | Item::Trait(_) | Item::Type(_))
            });
            if is_type {
                let place = krate.file_of(*module).to_owned();
                types.entry(name.clone()).or_default().insert(place);
            }
        }
    }
    types
}

fn in_two_places(crates: &[Crate]) -> Vec<String> {
    let twice = types(crates).into_iter().filter(|(_, places)| places.len() > 1);
    twice.map(|(name, _)| name).collect()
}

#[test]
fn the_root_of_event_core_is_small() {
    let names = root_names(&read("event-core").expect("it is there"));
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    assert!(
        names.len() <= ROOT,
        "event-core has {} names in its root, of {ROOT} at most: {}",
        names.len(),
        all.join(" ")
    );
}

#[test]
fn no_two_types_have_one_name() {
    let crates: Vec<Crate> = MAY_IMPORT.iter().filter_map(|(name, _)| read(name)).collect();
    for (name, reason) in known::TYPES_OF_ONE_NAME {
        assert!(reason.len() > 20, "why are there two types {name}?");
    }
    let allowed: Vec<&str> = known::TYPES_OF_ONE_NAME.iter().map(|(name, _)| *name).collect();
    let places = types(&crates);
    let found = in_two_places(&crates);
    for name in found.iter().filter(|name| !allowed.contains(&name.as_str())) {
        println!("{name}: {}", places[name].iter().cloned().collect::<Vec<_>>().join(" "));
    }
    hold("no two public types have one name", found, &allowed);
}

#[test]
fn two_types_of_one_name_are_found() {
    let lower = made_of(
        "event-grammar",
        &[
            ("lib.rs", "mod a;\npub use a::{Level, Only};\n"),
            ("a.rs", "pub struct Level;\npub struct Only;\npub struct Hidden;\n"),
        ],
    );
    let upper = made_of(
        "event-core",
        &[(
            "lib.rs",
            "pub enum Level {}\npub use event_grammar::Only;\n#[doc(hidden)]\npub mod p { pub struct Hidden; }\nmod q { pub struct Only; }\n",
        )],
    );
    assert_eq!(root_names(&upper).into_iter().collect::<Vec<_>>(), ["Level", "Only"]);
    assert_eq!(in_two_places(&[lower, upper]), ["Level"]);
}
