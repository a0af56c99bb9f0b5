//! Every file in a `src/` is part of its crate. A file that no module names is never compiled, so no
//! compiler warning shows that it is dead.

use super::{hold, sizes::sources};
use event_tests::sources::Texts;
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};

/// The modules that a file declares without a body.
#[derive(Default)]
struct Named(BTreeSet<String>);

impl<'a> Visit<'a> for Named {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        if item.content.is_none() {
            self.0.insert(item.ident.to_string());
        }
        visit::visit_item_mod(self, item);
    }
}

fn names(text: &str) -> BTreeSet<String> {
    let mut named = Named::default();
    named.visit_file(&syn::parse_file(text).expect("it is Rust"));
    named.0
}

/// The files that a file includes as text, such as the files of a template.
fn included(path: &str, text: &str) -> Vec<String> {
    let Some((directory, _)) = path.rsplit_once('/') else { return Vec::new() };
    let literals = text.split("include_str!(\"").skip(1);
    literals.filter_map(|rest| Some(format!("{directory}/{}", rest.split_once('"')?.0))).collect()
}

fn unnamed_files(sources: &Texts) -> Vec<String> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let texts: BTreeSet<String> =
        sources.iter().flat_map(|(path, text)| included(path, text)).collect();
    let mut unnamed = Vec::new();
    for path in sources.keys().filter(|path| path.contains("/src/")) {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let Some((directory, name)) = module.rsplit_once('/') else { continue };
        let is_root = name == "main" || (directory.ends_with("/src") && name == "lib");
        if is_root || directory.ends_with("/src/bin") || texts.contains(path) {
            continue;
        }
        let named = known.entry(directory.to_owned()).or_insert_with(|| {
            let parents = ["/lib.rs", "/main.rs", "/mod.rs", ".rs"];
            let texts = parents.iter().filter_map(|end| sources.get(&format!("{directory}{end}")));
            texts.flat_map(|text| names(text)).collect()
        });
        if !named.contains(name) {
            unnamed.push(path.clone());
        }
    }
    unnamed
}

#[test]
fn a_module_names_each_file() {
    hold("a module names each file of src/", unnamed_files(&sources()), &[]);
}

#[test]
fn a_file_that_no_module_names_is_found() {
    let made = [
        ("lib.rs", "mod a;\npub mod b;\nmod tests {}"),
        ("a.rs", "mod own;"),
        ("a/own.rs", ""),
        ("b/mod.rs", "// mod dead;"),
        ("b/dead.rs", ""),
        ("dead.rs", ""),
        ("c/main.rs", "const _: &str = include_str!(\"text/shown.rs\");"),
        ("c/text/shown.rs", ""),
        ("bin/program.rs", ""),
    ];
    let made = made.map(|(file, text)| (format!("x/src/{file}"), text.to_owned()));
    assert_eq!(unnamed_files(&Texts::from(made)), ["x/src/b/dead.rs", "x/src/dead.rs"]);
}
