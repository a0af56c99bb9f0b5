//! Every path in a crate's code that leads to another file or another crate.

use super::names::{self, Place, leaves};
use super::{Crate, is_test};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// The macros whose tokens become other code: a path in them is no import.
const QUOTES: &[&str] = &["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];

/// A path in code.
#[derive(Clone, Debug)]
pub struct Import {
    /// The module that it is in.
    pub module: usize,
    /// Its line, from 1.
    pub line: usize,
    /// As it is written: `crate::emit::Emitter`.
    pub path: String,
    /// Where it leads, with re-exports followed.
    pub place: Place,
    /// Whether it is a `pub use`, of any visibility: a signpost to a name, not a use of it.
    pub is_re_export: bool,
}

/// The imports of a crate, without its tests.
pub fn imports(krate: &Crate) -> Vec<Import> {
    let mut found = Found { krate, module: 0, imports: Vec::new() };
    for module in 0..krate.modules.len() {
        found.module = module;
        for item in &krate.modules[module].items {
            found.visit_item(item);
        }
    }
    found.imports
}

struct Found<'k> {
    krate: &'k Crate,
    module: usize,
    imports: Vec<Import>,
}

impl Found<'_> {
    fn note(&mut self, path: &[String], line: usize, is_re_export: bool) {
        let places = self.krate.resolve(self.module, path);
        self.note_places(path, line, is_re_export, places);
    }

    fn note_places(&mut self, path: &[String], line: usize, re_export: bool, places: Vec<Place>) {
        for place in places {
            self.imports.push(Import {
                module: self.module,
                line,
                path: path.join("::"),
                place,
                is_re_export: re_export,
            });
        }
    }

    /// A path in an expression, a type or a macro's tokens.
    fn note_path(&mut self, path: &[String], line: usize) {
        let Some(first) = path.first() else { return };
        // A lower-case name alone may be a variable, and an upper-case one a parameter: that finds
        // nothing, and is no harm.
        let is_type = first.starts_with(char::is_uppercase);
        let is_known = matches!(first.as_str(), "crate" | "$crate" | "super" | "self");
        if path.len() > 1 || is_type || is_known {
            let places = self.krate.resolve(self.module, path);
            if places.is_empty() && path.len() > 1 && !is_type {
                // A crate's name without a `use`.
                let outside = vec![Place::Outside(path.to_vec())];
                self.note_places(path, line, false, outside);
            } else {
                self.note_places(path, line, false, places);
            }
        }
    }

    fn note_tokens(&mut self, tokens: TokenStream) {
        let mut chain: Vec<String> = Vec::new();
        let mut line = 0;
        let mut colons = 0;
        let mut after_dollar = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons < 2 {
                        self.note_path(&chain, line);
                        chain.clear();
                        line = ident.span().start().line;
                    }
                    let mark = if after_dollar && ident == "crate" { "$" } else { "" };
                    chain.push(format!("{mark}{ident}"));
                    (colons, after_dollar) = (0, false);
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) => {
                    self.note_path(&chain, line);
                    chain.clear();
                    (colons, after_dollar) = (0, punct.as_char() == '$');
                }
                TokenTree::Group(group) => {
                    self.note_group(&mut chain, line, colons, &group);
                    (colons, after_dollar) = (0, false);
                }
                TokenTree::Literal(_) => {
                    self.note_path(&chain, line);
                    chain.clear();
                    (colons, after_dollar) = (0, false);
                }
            }
        }
        self.note_path(&chain, line);
    }

    /// `a::{b, c}` in tokens leads to `a`.
    fn note_group(
        &mut self,
        chain: &mut Vec<String>,
        line: usize,
        colons: usize,
        group: &proc_macro2::Group,
    ) {
        // `pub(super)` says who may look, and imports nothing.
        let is_visibility =
            colons == 0 && chain == &["pub"] && group.delimiter() == Delimiter::Parenthesis;
        self.note_path(chain, line);
        chain.clear();
        let is_use_tree = colons >= 2 && group.delimiter() == Delimiter::Brace;
        if !is_use_tree && !is_visibility {
            self.note_tokens(group.stream());
        }
    }
}

impl<'a> Visit<'a> for Found<'_> {
    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        let is_re_export = names::is_visible(&item.vis);
        for leaf in leaves(&item.tree) {
            let line = item.span().start().line;
            let places = self.krate.resolve(self.module, &leaf.path);
            // `use serde::Serialize`: no name of the module.
            let places =
                if places.is_empty() { vec![Place::Outside(leaf.path.clone())] } else { places };
            self.note_places(&leaf.path, line, is_re_export, places);
        }
    }

    fn visit_item_mod(&mut self, _: &'a syn::ItemMod) {
        // A module of its own in the list.
    }

    fn visit_impl_item(&mut self, item: &'a syn::ImplItem) {
        let attributes = match item {
            syn::ImplItem::Const(item) => &item.attrs,
            syn::ImplItem::Fn(item) => &item.attrs,
            syn::ImplItem::Type(item) => &item.attrs,
            syn::ImplItem::Macro(item) => &item.attrs,
            _ => return,
        };
        if !is_test(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'a syn::Attribute) {
        // Documentation and derives name no file of the crate.
    }

    fn visit_visibility(&mut self, _: &'a syn::Visibility) {
        // `pub(in crate::emit)` says who may look, and imports nothing.
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let segments: Vec<String> =
            path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.note_path(&segments, path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invoked: &'a syn::Macro) {
        let segments: Vec<String> =
            invoked.path.segments.iter().map(|part| part.ident.to_string()).collect();
        if segments.len() > 1 {
            self.note(&segments, invoked.path.span().start().line, false);
        }
        let name = segments.last().map_or("", String::as_str);
        if !QUOTES.contains(&name) {
            self.note_tokens(invoked.tokens.clone());
        }
    }
}
