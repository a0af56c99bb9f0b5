//! What of a crate can be named from outside.

use super::names::{Place, leaves, name_of};
use super::{Crate, features, is_hidden, is_macro_exported};
use syn::{Attribute, Item, Visibility};

/// A name that is public and not hidden.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Public {
    /// From the crate: `event_core::context::trace::TraceId`.
    pub path: String,
    /// Where it leads.
    pub place: Place,
    /// The conditions that it is compiled under: `feature="schema"`.
    pub conditions: Vec<String>,
}

/// The public names of a crate, in order of their paths. A name that is reached on two paths is
/// there twice.
pub fn public(krate: &Crate) -> Vec<Public> {
    let mut names = Names { krate, found: Vec::new(), within: Vec::new() };
    names.module(0, &krate.name, &[]);
    for (module, there) in krate.modules.iter().enumerate() {
        for item in &there.items {
            let Item::Macro(item) = item else { continue };
            let Some(name) = &item.ident else { continue };
            if is_macro_exported(&item.attrs) && !is_hidden(&item.attrs) {
                let place = Place::Item { module, name: name.to_string() };
                let path = format!("{}::{name}", krate.name);
                names.found.push(Public { path, place, conditions: features(&item.attrs) });
            }
        }
    }
    names.found.sort();
    names.found.dedup();
    names.found
}

struct Names<'k> {
    krate: &'k Crate,
    found: Vec<Public>,
    /// The modules that are being walked: one may re-export one that holds it.
    within: Vec<usize>,
}

impl Names<'_> {
    fn module(&mut self, module: usize, path: &str, conditions: &[String]) {
        if self.within.contains(&module) {
            return;
        }
        self.within.push(module);
        let krate = self.krate;
        for item in &krate.modules[module].items {
            self.item(module, item, path, conditions);
        }
        self.within.pop();
    }

    fn item(&mut self, module: usize, item: &Item, path: &str, conditions: &[String]) {
        let Some((visibility, attributes)) = seen(item) else { return };
        if !matches!(visibility, Visibility::Public(_)) || is_hidden(attributes) {
            return;
        }
        let conditions = [conditions, &features(attributes)].concat();
        if let Item::Use(item) = item {
            for leaf in leaves(&item.tree) {
                let mut places = self.krate.resolve(module, &leaf.path);
                if places.is_empty() {
                    places.push(Place::Outside(leaf.path.clone()));
                }
                for place in places {
                    self.re_exported(&leaf.name, place, path, &conditions);
                }
            }
        } else if let Some(name) = name_of(item) {
            let place = match item {
                Item::Mod(_) => self.krate.look_up(module, &name),
                _ => vec![Place::Item { module, name: name.clone() }],
            };
            for place in place {
                self.name(&name, place, path, &conditions);
            }
        }
    }

    fn re_exported(&mut self, name: &str, place: Place, path: &str, conditions: &[String]) {
        match (name, place) {
            ("*", Place::Module(module)) => self.module(module, path, conditions),
            ("*", _) => {}
            // A function that has the name of its private module.
            (_, Place::Module(module)) if !self.is_declared_public(module) => {}
            (name, place) => self.name(name, place, path, conditions),
        }
    }

    fn is_declared_public(&self, module: usize) -> bool {
        let own = &self.krate.modules[module];
        own.parent.is_none_or(|parent| {
            self.krate.items(parent, &own.name).any(
                |item| matches!(item, Item::Mod(item) if matches!(item.vis, Visibility::Public(_))),
            )
        })
    }

    fn name(&mut self, name: &str, place: Place, path: &str, conditions: &[String]) {
        if let Place::Item { module, name } = &place {
            let mut items = self.krate.items(*module, name).peekable();
            let is_there = items.peek().is_some();
            if is_there && items.all(|item| is_hidden(super::attributes::of_item(item))) {
                return;
            }
        }
        let path = format!("{path}::{name}");
        if let Place::Module(module) = place {
            self.module(module, &path, conditions);
        }
        self.found.push(Public { path, place, conditions: conditions.to_vec() });
    }
}

/// The visibility and attributes of what may be public.
fn seen(item: &Item) -> Option<(&Visibility, &[Attribute])> {
    Some(match item {
        Item::Const(item) => (&item.vis, &item.attrs),
        Item::Enum(item) => (&item.vis, &item.attrs),
        Item::Fn(item) => (&item.vis, &item.attrs),
        Item::Mod(item) => (&item.vis, &item.attrs),
        Item::Static(item) => (&item.vis, &item.attrs),
        Item::Struct(item) => (&item.vis, &item.attrs),
        Item::Trait(item) => (&item.vis, &item.attrs),
        Item::Type(item) => (&item.vis, &item.attrs),
        Item::Union(item) => (&item.vis, &item.attrs),
        Item::Use(item) => (&item.vis, &item.attrs),
        _ => return None,
    })
}
