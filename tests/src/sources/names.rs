//! What a path in code means: modules, their names, and re-exports followed to the definition.

use super::{Crate, attributes};
use std::collections::HashMap;
use syn::{Item, UseTree, Visibility};

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A module of the crate.
    Module(usize),
    /// An item of the crate, in the module that defines it.
    Item {
        /// The module.
        module: usize,
        /// The item's name.
        name: String,
    },
    /// Something of another crate, by its path.
    Outside(Vec<String>),
}

#[derive(Clone, Debug)]
enum Definition {
    Module(usize),
    Item,
    Import(Vec<String>),
}

/// The names of a module.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: HashMap<String, Vec<Definition>>,
    /// The paths of `use ..::*`.
    globs: Vec<Vec<String>>,
}

impl Scope {
    pub(super) fn add_module(&mut self, name: &str, module: usize) {
        self.names.entry(name.to_owned()).or_default().push(Definition::Module(module));
    }

    fn add(&mut self, name: &str, definition: Definition) {
        self.names.entry(name.to_owned()).or_default().push(definition);
    }
}

/// One leaf of a `use`: the path, and the name that it gets. A glob's name is `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) path: Vec<String>,
    pub(super) name: String,
}

/// The leaves of a `use`.
pub(super) fn leaves(tree: &UseTree) -> Vec<Leaf> {
    let mut found = Vec::new();
    walk(tree, &mut Vec::new(), &mut found);
    found
}

fn walk(tree: &UseTree, before: &mut Vec<String>, found: &mut Vec<Leaf>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            walk(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            let name = before.last().cloned().unwrap_or_default();
            found.push(Leaf { path: before.clone(), name });
        }
        UseTree::Name(name) => found.push(leaf(before, &name.ident, name.ident.to_string())),
        UseTree::Rename(to) if to.ident == "self" => {
            found.push(Leaf { path: before.clone(), name: to.rename.to_string() });
        }
        UseTree::Rename(to) => found.push(leaf(before, &to.ident, to.rename.to_string())),
        UseTree::Glob(_) => found.push(Leaf { path: before.clone(), name: "*".to_owned() }),
        UseTree::Group(group) => {
            for tree in &group.items {
                walk(tree, before, found);
            }
        }
    }
}

fn leaf(before: &[String], last: &syn::Ident, name: String) -> Leaf {
    let path = before.iter().cloned().chain([last.to_string()]).collect();
    Leaf { path, name }
}

/// Whether an item that stands here is seen outside of its module.
pub(super) fn is_visible(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

/// Notes the names of every module.
pub(super) fn fill_scopes(krate: &mut Crate) {
    let mut exported = Vec::new();
    for module in &mut krate.modules {
        for item in &module.items {
            match item {
                Item::Use(item) => {
                    for leaf in leaves(&item.tree) {
                        if leaf.name == "*" {
                            module.scope.globs.push(leaf.path);
                        } else {
                            module.scope.add(&leaf.name, Definition::Import(leaf.path));
                        }
                    }
                }
                Item::Mod(_) => {}
                item => {
                    let Some(name) = name_of(item) else { continue };
                    module.scope.add(&name, Definition::Item);
                }
            }
        }
    }
    for id in 0..krate.modules.len() {
        for item in &krate.modules[id].items {
            let Item::Macro(item) = item else { continue };
            if let Some(name) = &item.ident
                && attributes::is_macro_exported(&item.attrs)
            {
                let module = krate.module_path(id);
                let path = ["crate"].into_iter().chain(module.split("::")).chain([""]);
                let mut path: Vec<String> =
                    path.filter(|part| !part.is_empty()).map(str::to_owned).collect();
                path.push(name.to_string());
                exported.push((name.to_string(), id, path));
            }
        }
    }
    for (name, id, path) in exported {
        if id != 0 {
            krate.modules[0].scope.add(&name, Definition::Import(path));
        }
    }
}

/// The name that an item declares in its module.
pub(super) fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

impl Crate {
    /// Where a path leads that stands in `module`: the item where it is defined, not where it is
    /// re-exported. Empty if it starts with no name that is known here. What a module does not have is
    /// taken for an item that a macro makes in it.
    pub fn resolve(&self, module: usize, path: &[String]) -> Vec<Place> {
        self.follow(module, path, 0)
    }

    /// Where a name leads that a module has.
    pub fn look_up(&self, module: usize, name: &str) -> Vec<Place> {
        self.find(module, name, 0)
    }

    fn follow(&self, module: usize, path: &[String], depth: usize) -> Vec<Place> {
        // Modules that glob one another have no end.
        if depth > 16 {
            return Vec::new();
        }
        let Some((first, rest)) = path.split_first() else { return vec![Place::Module(module)] };
        let starts = match first.as_str() {
            "crate" | "$crate" => vec![Place::Module(0)],
            name if name == self.name => vec![Place::Module(0)],
            "self" => vec![Place::Module(module)],
            "super" => self.modules[module].parent.map(Place::Module).into_iter().collect(),
            name => self.find(module, name, depth + 1),
        };
        // Of a module and a macro of one name, a longer path means the module.
        let is_in_module =
            !rest.is_empty() && starts.iter().any(|start| matches!(start, Place::Module(_)));
        let starts =
            starts.into_iter().filter(|start| !is_in_module || matches!(start, Place::Module(_)));
        let mut places = Vec::new();
        for start in starts {
            match start {
                // A chain of `super::super`.
                Place::Module(start)
                    if matches!(first.as_str(), "super" | "self")
                        && rest.first().is_some_and(|next| next == "super") =>
                {
                    places.extend(self.follow(start, rest, depth + 1));
                }
                Place::Module(start) => places.extend(self.descend(start, rest, depth + 1)),
                Place::Outside(mut outside) => {
                    outside.extend(rest.iter().cloned());
                    places.push(Place::Outside(outside));
                }
                item @ Place::Item { .. } => places.push(item),
            }
        }
        places.sort();
        places.dedup();
        places
    }

    fn descend(&self, module: usize, rest: &[String], depth: usize) -> Vec<Place> {
        let Some((next, after)) = rest.split_first() else { return vec![Place::Module(module)] };
        let mut found = self.find(module, next, depth);
        if found.is_empty() {
            // A macro may have made it.
            found.push(Place::Item { module, name: next.clone() });
        }
        let mut places = Vec::new();
        for place in found {
            match place {
                Place::Module(child) => places.extend(self.descend(child, after, depth + 1)),
                Place::Outside(mut outside) => {
                    outside.extend(after.iter().cloned());
                    places.push(Place::Outside(outside));
                }
                item @ Place::Item { .. } => places.push(item),
            }
        }
        places
    }

    fn find(&self, module: usize, name: &str, depth: usize) -> Vec<Place> {
        if depth > 16 {
            return Vec::new();
        }
        let scope = &self.modules[module].scope;
        let Some(definitions) = scope.names.get(name) else {
            let globs = scope.globs.iter().flat_map(|glob| self.follow(module, glob, depth + 1));
            let mut found: Vec<Place> = globs
                .filter_map(|place| match place {
                    // `use super::*` in an inline module sees this module's own names again.
                    Place::Module(other) if other != module => Some(other),
                    _ => None,
                })
                .flat_map(|other| self.find(other, name, depth + 1))
                .collect();
            found.sort();
            found.dedup();
            return found;
        };
        let mut found = Vec::new();
        for definition in definitions {
            match definition {
                Definition::Module(child) => found.push(Place::Module(*child)),
                Definition::Item => found.push(Place::Item { module, name: name.to_owned() }),
                Definition::Import(path) => {
                    let led = self.imported(module, path, name, depth);
                    found.extend(led);
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// Where a `use` leads. A path that starts with no name of the module starts with a crate's.
    fn imported(&self, module: usize, path: &[String], name: &str, depth: usize) -> Vec<Place> {
        let led = match path.split_first() {
            // `use catalog::catalog` beside `mod catalog` starts from the module, not from itself.
            Some((first, rest)) if first == name && !rest.is_empty() => {
                let names = &self.modules[module].scope.names[name];
                let children = names.iter().filter_map(|definition| match definition {
                    Definition::Module(child) => Some(*child),
                    _ => None,
                });
                children.flat_map(|child| self.descend(child, rest, depth + 1)).collect()
            }
            _ => self.follow(module, path, depth + 1),
        };
        if led.is_empty() { vec![Place::Outside(path.to_vec())] } else { led }
    }
}
