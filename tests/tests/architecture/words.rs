//! One word means one thing: the public names, and the command's words, use none of those that
//! ARCHITECTURE.md's table says not to use. Only words that are never right are held here: `form`,
//! `part` and `status` are right for something else.

use super::crates::MAY_IMPORT;
use super::{made_of, read};
use event_tests::sources::{Crate, public, text_of};
use syn::Item;

/// Never right in a name, with what is.
const NOT: &[(&str, &str)] =
    &[("publish", "push"), ("published", "locked"), ("remark", "finding"), ("remarks", "finding")];

/// The words of a name: `to` and `push` of `ToPush`, `to_push` and `to-push`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        let is_border = matches!(letter, '_' | '-' | ':') || letter.is_uppercase();
        if is_border && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

fn wrong_word(name: &str) -> Option<String> {
    let words = words(name);
    let (not, right) = NOT.iter().find(|(not, _)| words.iter().any(|word| word == not))?;
    Some(format!("`{name}` says `{not}`: {right}"))
}

/// The public names, and the names of fields and variants that a command line is derived from.
fn names(krate: &Crate) -> Vec<String> {
    let mut names: Vec<String> = public(krate).into_iter().map(|name| name.path).collect();
    for item in krate.modules.iter().flat_map(|module| &module.items) {
        match item {
            Item::Enum(item) if is_of_a_command_line(&item.attrs) => {
                names.extend(item.variants.iter().map(|variant| variant.ident.to_string()));
            }
            Item::Struct(item) if is_of_a_command_line(&item.attrs) => {
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                names.extend(fields.map(ToString::to_string));
            }
            _ => {}
        }
    }
    names
}

fn is_of_a_command_line(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut found = false;
        if attribute.path().is_ident("derive") {
            let _ = attribute.parse_nested_meta(|derived| {
                let last = derived.path.segments.last().map(|last| last.ident.to_string());
                found |= last.is_some_and(|last| {
                    matches!(last.as_str(), "Args" | "Parser" | "Subcommand" | "ValueEnum")
                });
                Ok(())
            });
        }
        found
    })
}

#[test]
fn names_use_the_words_of_the_table() {
    let table = text_of("ARCHITECTURE.md").expect("it is there");
    assert!(table.contains("| push |") && table.contains("| finding |"), "the table was found");
    let crates = MAY_IMPORT.iter().filter_map(|(name, _)| read(name));
    let names: Vec<String> = crates.flat_map(|krate| names(&krate)).collect();
    assert!(names.iter().any(|name| name == "Push"), "the command's words were found");
    let wrong: Vec<String> = names.iter().filter_map(|name| wrong_word(name)).collect();
    assert!(wrong.is_empty(), "one word means one thing:\n{}", wrong.join("\n"));
}

#[test]
fn a_wrong_word_is_found() {
    let made = made_of(
        "event-cli",
        &[("lib.rs", "pub struct Remark;\n#[derive(clap::Args)]\nstruct A { to_publish: u8 }\n")],
    );
    let wrong: Vec<String> = names(&made).iter().filter_map(|name| wrong_word(name)).collect();
    let expected =
        ["`event_cli::Remark` says `remark`: finding", "`to_publish` says `publish`: push"];
    assert_eq!(wrong, expected);
    assert_eq!(wrong_word("Republished"), None);
}
