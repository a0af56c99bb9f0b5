//! One line for each public thing: path, kind, signature, conditions.

use super::impls;
use super::written::written;
use event_tests::sources::{Crate, Place, Public, features, is_hidden, public};
use std::collections::{BTreeMap, BTreeSet};
use syn::{Attribute, Fields, Item, TraitItem, Visibility};

/// The path under which an item is listed, by the module and the name that define it.
pub(crate) type Paths = BTreeMap<Place, String>;

/// The facts of a crate's public API, sorted.
pub(crate) fn facts(krate: &Crate) -> Vec<String> {
    let names = public(krate);
    let paths = shortest(&names);
    let mut list = List { facts: BTreeSet::new() };
    for name in &names {
        match &name.place {
            Place::Outside(path) => list.add(&name.path, &format!("use {}", path.join("::")), name),
            place if paths[place] != name.path => {
                list.add(&name.path, &format!("use {}", paths[place]), name);
            }
            Place::Module(_) => list.add(&name.path, "mod", name),
            Place::Item { module, name: own } => {
                let mut items = krate.items(*module, own).peekable();
                if items.peek().is_none() {
                    list.add(&name.path, "made by a macro", name);
                }
                items.for_each(|item| list.item(item, name));
            }
        }
    }
    impls::add(krate, &paths, &mut list);
    list.facts.into_iter().collect()
}

/// The shortest path of each place.
fn shortest(names: &[Public]) -> Paths {
    let mut paths = Paths::new();
    for name in names {
        let length = |path: &str| (path.matches("::").count(), path.to_owned());
        let path = paths.entry(name.place.clone()).or_insert_with(|| name.path.clone());
        if length(&name.path) < length(path) {
            path.clone_from(&name.path);
        }
    }
    paths
}

/// The facts that were found.
pub(crate) struct List {
    facts: BTreeSet<String>,
}

impl List {
    fn add(&mut self, path: &str, fact: &str, name: &Public) {
        self.fact(path, fact, &name.conditions, &[]);
    }

    /// Adds a fact, with the conditions under which it holds.
    pub(crate) fn fact(&mut self, path: &str, fact: &str, within: &[String], own: &[Attribute]) {
        let mut conditions = within.to_vec();
        conditions.extend(features(own));
        conditions.dedup();
        let conditions = match conditions.as_slice() {
            [] => String::new(),
            conditions => format!(" [{}]", conditions.join(", ")),
        };
        self.facts.insert(format!("{path} {fact}{conditions}"));
    }

    fn item(&mut self, item: &Item, name: &Public) {
        let path = &name.path;
        match item {
            Item::Const(item) => self.add(path, &format!("const {}", written(&item.ty)), name),
            Item::Static(item) => self.add(path, &format!("static {}", written(&item.ty)), name),
            Item::Fn(item) => self.add(path, &function(&item.sig, ""), name),
            Item::Macro(_) => self.add(path, "macro", name),
            Item::Type(item) => {
                let generics = generics(&item.generics);
                self.add(path, &format!("type{generics} = {}", written(&item.ty)), name);
            }
            Item::Struct(item) => self.structure(item, name),
            Item::Enum(item) => {
                let mark = non_exhaustive(&item.attrs);
                self.add(path, &format!("enum{}{mark}", generics(&item.generics)), name);
                self.derives(&item.attrs, name);
                for variant in item.variants.iter().filter(|variant| !is_hidden(&variant.attrs)) {
                    let path = format!("{path}::{}", variant.ident);
                    let fact = format!("variant{}", written(&without_attributes(&variant.fields)));
                    self.fact(&path, &fact, &name.conditions, &variant.attrs);
                }
            }
            Item::Trait(item) => self.contract(item, name),
            _ => {}
        }
    }

    fn structure(&mut self, item: &syn::ItemStruct, name: &Public) {
        let is_public = |field: &&syn::Field| {
            matches!(field.vis, Visibility::Public(_)) && !is_hidden(&field.attrs)
        };
        let has_more = item.fields.iter().any(|field| !is_public(&field));
        let more = if has_more { " { .. }" } else { "" };
        let (generics, mark) = (generics(&item.generics), non_exhaustive(&item.attrs));
        self.add(&name.path, &format!("struct{generics}{more}{mark}"), name);
        self.derives(&item.attrs, name);
        for (place, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(field)) {
            let own = field.ident.as_ref().map_or(place.to_string(), ToString::to_string);
            let path = format!("{}::{own}", name.path);
            let fact = format!("field {}", written(&field.ty));
            self.fact(&path, &fact, &name.conditions, &field.attrs);
        }
    }

    fn contract(&mut self, item: &syn::ItemTrait, name: &Public) {
        let bounds = match written(&item.supertraits) {
            bounds if bounds.is_empty() => bounds,
            bounds => format!(": {bounds}"),
        };
        self.add(&name.path, &format!("trait{}{bounds}", generics(&item.generics)), name);
        for member in &item.items {
            let (own, fact, attributes) = match member {
                TraitItem::Fn(member) => {
                    let provided = if member.default.is_some() { " (provided)" } else { "" };
                    (&member.sig.ident, function(&member.sig, "") + provided, &member.attrs)
                }
                TraitItem::Const(member) => {
                    let provided = if member.default.is_some() { " (provided)" } else { "" };
                    let fact = format!("const {}{provided}", written(&member.ty));
                    (&member.ident, fact, &member.attrs)
                }
                TraitItem::Type(member) => {
                    let bounds = written(&member.bounds);
                    let colon = if bounds.is_empty() { "" } else { ": " };
                    let fact = format!("type{}{colon}{bounds}", generics(&member.generics));
                    (&member.ident, fact, &member.attrs)
                }
                _ => continue,
            };
            if !is_hidden(attributes) {
                let path = format!("{}::{own}", name.path);
                self.fact(&path, &fact, &name.conditions, attributes);
            }
        }
    }

    fn derives(&mut self, attributes: &[Attribute], name: &Public) {
        for attribute in attributes.iter().filter(|other| other.path().is_ident("derive")) {
            let parsed = attribute.parse_nested_meta(|derived| {
                self.add(&name.path, &format!("derive {}", written(&derived.path)), name);
                Ok(())
            });
            parsed.expect("a derive lists paths");
        }
    }
}

/// A signature without its name: `const fn(&self) -> u8`. `bounds` are those of its `impl`.
pub(crate) fn function(signature: &syn::Signature, bounds: &str) -> String {
    let mut words = String::new();
    if signature.constness.is_some() {
        words += "const ";
    }
    if signature.asyncness.is_some() {
        words += "async ";
    }
    let parameters = written(&signature.inputs);
    let output = match written(&signature.output) {
        output if output.is_empty() => output,
        output => format!(" {}", output.trim_start()),
    };
    let own = syn::Generics { where_clause: None, ..signature.generics.clone() };
    let mut clauses: Vec<String> = Vec::new();
    clauses.extend((!bounds.is_empty()).then(|| bounds.to_owned()));
    let clause = signature.generics.where_clause.as_ref().map(|clause| written(&clause.predicates));
    clauses.extend(clause.map(|clause| clause.trim_end_matches(", ").to_owned()));
    let clauses = match clauses.as_slice() {
        [] => String::new(),
        clauses => format!(" where {}", clauses.join(", ")),
    };
    let parameters = parameters.trim_end_matches(", ");
    // A caller does not see whether the method changes its own copy.
    let parameters = match parameters.strip_prefix("mut self") {
        Some(rest) => format!("self{rest}"),
        None => parameters.to_owned(),
    };
    format!("{words}fn{}({parameters}){output}{clauses}", generics(&own))
}

/// The parameters of an item, and its `where`.
pub(crate) fn generics(generics: &syn::Generics) -> String {
    let parameters = match written(&generics.params) {
        parameters if parameters.is_empty() => parameters,
        parameters => format!("<{}>", parameters.trim_end_matches(", ")),
    };
    match &generics.where_clause {
        Some(clause) => {
            let clause = written(&clause.predicates);
            format!("{parameters} where {}", clause.trim_end_matches(", "))
        }
        None => parameters,
    }
}

fn non_exhaustive(attributes: &[Attribute]) -> &'static str {
    let is_open = attributes.iter().any(|other| other.path().is_ident("non_exhaustive"));
    if is_open { " (non_exhaustive)" } else { "" }
}

fn without_attributes(fields: &Fields) -> Fields {
    let mut fields = fields.clone();
    for field in &mut fields {
        field.attrs.clear();
    }
    fields
}
