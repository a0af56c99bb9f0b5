//! The sources of a crate as its compiler finds them: modules, their files, the names in them.
//! The tests of the house ask it who imports whom, and what is public. It expands no macros.

mod attributes;
mod files;
mod imports;
mod names;
mod public;

pub use attributes::{features, is_hidden, is_macro_exported, is_test};
pub use files::{Texts, files_of, repository, rust_files, text_of};
pub use imports::{Import, imports};
pub use names::Place;
pub use public::{Public, public};

use names::Scope;
use std::path::{Path, PathBuf};
use syn::Item;

/// A file of a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// From the repository's root, with `/`: `event-core/src/emit/mod.rs`.
    pub path: String,
}

/// A module of a crate.
pub struct Module {
    /// Its name; the root's is the crate's, with `_`.
    pub name: String,
    /// The file that it is in, an index of [`Crate::files`].
    pub file: usize,
    /// The module that declares it; the root has none.
    pub parent: Option<usize>,
    /// Its items. Those under `#[cfg(test)]` are left out.
    pub items: Vec<Item>,
    scope: Scope,
}

/// A library crate, read without its tests.
pub struct Crate {
    /// With `_`, as code writes it.
    pub name: String,
    /// In the order in which they are declared.
    pub files: Vec<File>,
    /// The root first.
    pub modules: Vec<Module>,
}

impl Crate {
    /// Reads the crate in `directory`, from its `src/lib.rs`.
    ///
    /// # Panics
    ///
    /// If a declared module has no file, or a file does not parse.
    pub fn read(directory: &str, texts: &Texts) -> Self {
        let name = directory.rsplit('/').next().unwrap_or(directory).replace('-', "_");
        let mut this = Self { name: name.clone(), files: Vec::new(), modules: Vec::new() };
        let root = format!("{directory}/src/lib.rs");
        this.add_file(&name, Path::new(&root), None, texts);
        names::fill_scopes(&mut this);
        this
    }

    /// The module that an item's path starts from, as `emit::door`; the root's is empty.
    pub fn module_path(&self, module: usize) -> String {
        let module = &self.modules[module];
        match module.parent {
            None => String::new(),
            Some(parent) => match self.module_path(parent) {
                path if path.is_empty() => module.name.clone(),
                path => format!("{path}::{}", module.name),
            },
        }
    }

    /// The path of the file that a module is in.
    pub fn file_of(&self, module: usize) -> &str {
        &self.files[self.modules[module].file].path
    }

    /// The items of a name in a module: a type and a function may share one. Empty if a macro makes
    /// it.
    pub fn items(&self, module: usize, name: &str) -> impl Iterator<Item = &Item> {
        let is_named = move |item: &&Item| names::name_of(item).is_some_and(|own| own == name);
        self.modules[module].items.iter().filter(is_named)
    }

    fn add_file(&mut self, name: &str, path: &Path, parent: Option<usize>, texts: &Texts) -> usize {
        let shown = path.to_str().expect("the paths of sources are text").to_owned();
        let text = texts.get(&shown).unwrap_or_else(|| panic!("{shown} is declared and not there"));
        let parsed = syn::parse_file(text).unwrap_or_else(|error| {
            panic!("{shown}:{}: {error}", error.span().start().line);
        });
        self.files.push(File { path: shown });
        let file = self.files.len() - 1;
        let within = directory_of_children(path);
        self.add_module(name, file, parent, parsed.items, &within, texts)
    }

    fn add_module(
        &mut self,
        name: &str,
        file: usize,
        parent: Option<usize>,
        items: Vec<Item>,
        within: &Path,
        texts: &Texts,
    ) -> usize {
        let id = self.modules.len();
        let items: Vec<Item> =
            items.into_iter().filter(|item| !is_test(attributes::of_item(item))).collect();
        let scope = Scope::default();
        self.modules.push(Module { name: name.to_owned(), file, parent, items: Vec::new(), scope });
        for item in &items {
            let Item::Mod(child) = item else { continue };
            let name = child.ident.to_string();
            let child = match &child.content {
                Some((_, items)) => {
                    let within = within.join(&name);
                    self.add_module(&name, file, Some(id), items.clone(), &within, texts)
                }
                None => {
                    let path = self.child_file(file, &name, &child.attrs, within, texts);
                    self.add_file(&name, &path, Some(id), texts)
                }
            };
            self.modules[id].scope.add_module(&name, child);
        }
        self.modules[id].items = items;
        id
    }

    fn child_file(
        &self,
        file: usize,
        name: &str,
        attributes: &[syn::Attribute],
        within: &Path,
        texts: &Texts,
    ) -> PathBuf {
        if let Some(path) = attributes::path(attributes) {
            let beside = Path::new(&self.files[file].path).parent().unwrap_or(Path::new(""));
            return beside.join(path);
        }
        let plain = within.join(format!("{name}.rs"));
        let is_there = plain.to_str().is_some_and(|path| texts.contains_key(path));
        if is_there { plain } else { within.join(name).join("mod.rs") }
    }
}

/// Where the modules that a file declares are looked for.
fn directory_of_children(file: &Path) -> PathBuf {
    let directory = file.parent().unwrap_or(Path::new("")).to_owned();
    match file.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") | None => directory,
        Some(stem) => directory.join(stem),
    }
}
