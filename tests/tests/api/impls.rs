//! The implementations of public types and traits, wherever they are in the crate.

use super::facts::{List, Paths, function, generics};
use super::written::written;
use event_tests::sources::{Crate, Place, features, is_hidden, is_test};
use quote::ToTokens;
use syn::{ImplItem, Item, ItemImpl, Type, Visibility};

/// Adds the implementations to a list.
pub(crate) fn add(krate: &Crate, paths: &Paths, list: &mut List) {
    for module in 0..krate.modules.len() {
        let within = conditions(krate, module);
        for item in &krate.modules[module].items {
            match item {
                Item::Impl(item) if !is_hidden(&item.attrs) => {
                    let self_path = listed(krate, paths, module, &item.self_ty);
                    match &item.trait_ {
                        None => methods(item, &self_path, &within, list),
                        Some(_) => of_trait(krate, paths, module, item, &within, list),
                    }
                }
                Item::Macro(item) if item.ident.is_none() => {
                    if let Some(fact) = by_macro(krate, &item.mac) {
                        list.fact(&krate.name, &fact, &within, &item.attrs);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The conditions of a module and of those that it is in.
fn conditions(krate: &Crate, module: usize) -> Vec<String> {
    let Some(parent) = krate.modules[module].parent else { return Vec::new() };
    let mut found = conditions(krate, parent);
    for item in &krate.modules[parent].items {
        if let Item::Mod(item) = item
            && item.ident == krate.modules[module].name
        {
            found.extend(features(&item.attrs));
        }
    }
    found
}

/// What a path of a type or a trait leads to in the public API.
enum Listed {
    /// A public item of the crate.
    At(String),
    /// An item of the crate that is not public.
    Private,
    /// A type of another crate, a tuple, a parameter.
    Foreign,
}

fn listed(krate: &Crate, paths: &Paths, module: usize, ty: &Type) -> Listed {
    match ty {
        Type::Path(path) => listed_path(krate, paths, module, &path.path),
        Type::Reference(reference) => listed(krate, paths, module, &reference.elem),
        _ => Listed::Foreign,
    }
}

fn listed_path(krate: &Crate, paths: &Paths, module: usize, path: &syn::Path) -> Listed {
    let segments: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
    let places = krate.resolve(module, &segments);
    if let Some(path) = places.iter().find_map(|place| paths.get(place)) {
        return Listed::At(path.clone());
    }
    let is_own = places.iter().any(|place| !matches!(place, Place::Outside(_)));
    if is_own { Listed::Private } else { Listed::Foreign }
}

/// The public methods and constants of a type.
fn methods(item: &ItemImpl, self_path: &Listed, within: &[String], list: &mut List) {
    let Listed::At(path) = self_path else { return };
    let arguments = written(&item.self_ty);
    let arguments = arguments.find('<').map_or("", |at| &arguments[at..]);
    let bounds = bounds(&item.generics);
    for member in &item.items {
        let (visibility, attributes, name, fact) = match member {
            ImplItem::Fn(member) => {
                let fact = function(&member.sig, &bounds);
                (&member.vis, &member.attrs, &member.sig.ident, fact)
            }
            ImplItem::Const(member) => {
                let fact = format!("const {}", written(&member.ty));
                (&member.vis, &member.attrs, &member.ident, fact)
            }
            _ => continue,
        };
        let is_public = matches!(visibility, Visibility::Public(_));
        if is_public && !is_hidden(attributes) && !is_test(attributes) {
            let within = [within, &features(&item.attrs)].concat();
            list.fact(&format!("{path}{arguments}::{name}"), &fact, &within, attributes);
        }
    }
}

/// The bounds of an `impl`, as a `where` says them.
fn bounds(generics: &syn::Generics) -> String {
    let mut bounds: Vec<String> = Vec::new();
    for parameter in &generics.params {
        match parameter {
            syn::GenericParam::Type(ty) if !ty.bounds.is_empty() => {
                bounds.push(format!("{}: {}", ty.ident, written(&ty.bounds)));
            }
            syn::GenericParam::Const(constant) => {
                bounds.push(format!("const {}: {}", constant.ident, written(&constant.ty)));
            }
            _ => {}
        }
    }
    if let Some(clause) = &generics.where_clause {
        bounds.push(written(&clause.predicates).trim_end_matches(", ").to_owned());
    }
    bounds.join(", ")
}

/// A trait that a type has: listed at the type, or at the trait where the type is foreign.
fn of_trait(
    krate: &Crate,
    paths: &Paths,
    module: usize,
    item: &ItemImpl,
    within: &[String],
    list: &mut List,
) {
    let Some((path, _)) = &item.trait_ else { return };
    let at_type = listed(krate, paths, module, &item.self_ty);
    let at_trait = listed_path(krate, paths, module, path);
    let path_of_fact = match (at_type, at_trait) {
        (Listed::Private, _) | (_, Listed::Private) | (Listed::Foreign, Listed::Foreign) => return,
        (Listed::At(path), _) | (Listed::Foreign, Listed::At(path)) => path,
    };
    let own = syn::Generics { where_clause: None, ..item.generics.clone() };
    let clause = match &item.generics.where_clause {
        Some(clause) => format!(" where {}", written(&clause.predicates).trim_end_matches(", ")),
        None => String::new(),
    };
    let (trait_, self_ty) = (written(path), written(&item.self_ty));
    let fact = format!("impl{} {trait_} for {self_ty}{clause}", generics(&own));
    list.fact(&path_of_fact, &fact, within, &item.attrs);
}

/// What a macro of the crate implements, as its call.
fn by_macro(krate: &Crate, call: &syn::Macro) -> Option<String> {
    let name = call.path.get_ident()?.to_string();
    let makes_impls =
        krate.modules.iter().flat_map(|module| &module.items).any(|item| match item {
            Item::Macro(item) => {
                item.ident.as_ref().is_some_and(|ident| *ident == name)
                    && item.mac.tokens.to_token_stream().to_string().contains("impl ")
            }
            _ => false,
        });
    // The types come first; how they do it is no API.
    let types: String = written(&call.tokens).chars().take(80).collect();
    makes_impls.then(|| format!("impls by {name}!({})", types.trim_end_matches([',', ' '])))
}
