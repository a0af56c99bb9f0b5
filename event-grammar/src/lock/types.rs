//! The named types of a lock, as one revision has them.

use super::{Lock, Revision, Version};
use crate::fingerprint::{self, Named, Place};
use crate::form::{self, Kind, SPREAD};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// The types of one revision, by path.
#[derive(Clone, Debug, Default)]
pub struct TypesOf<'l> {
    forms: BTreeMap<&'l str, &'l str>,
    /// Whole fingerprints that are already computed.
    known: RefCell<HashMap<String, Named>>,
}

impl<'l> TypesOf<'l> {
    /// The types of a revision.
    pub fn of(lock: &'l Lock, revision: &Revision) -> Self {
        let found = revision.types.iter().filter_map(|digest| lock.types.get(digest));
        Self {
            forms: found.map(|named| (named.path.as_str(), named.form.as_str())).collect(),
            ..Self::default()
        }
    }

    /// The form of a type.
    pub fn get(&self, path: &str) -> Option<&'l str> {
        self.forms.get(path).copied()
    }

    /// The path and the form of every type, by path.
    pub fn all(&self) -> impl Iterator<Item = (&'l str, &'l str)> {
        self.forms.iter().map(|(path, form)| (*path, *form))
    }

    /// The whole fingerprint of a form: every named type in it is followed to its end.
    pub fn whole(&self, form: &str) -> u64 {
        fingerprint::of_form(form, &|path| self.named(path))
    }

    /// The whole fingerprint of an event's field, which is a member of its payload, without the
    /// mark of its place.
    pub fn whole_field(&self, name: &str, form: &str) -> u64 {
        let mut text = String::new();
        form::push_name(&mut text, name);
        text.push(':');
        text.push_str(form);
        let number = |member| fingerprint::of_member(&member, &|path| self.named(path));
        form::member(text.as_bytes(), 0).map_or(0, number)
    }

    /// The whole fingerprint of an event, from the fingerprint of the event without its fields.
    pub fn whole_event(&self, revision: &Revision, head: u64) -> u64 {
        let of_fields = revision.fields.iter().map(|(name, form)| {
            let (_, marks) = form::parts_of(form);
            let place = Place::ALL
                .into_iter()
                .find(|place| marks.iter().any(|(mark, _)| *mark == place.as_str()));
            fingerprint::placed(self.whole_field(name, form), place.unwrap_or(Place::Payload))
        });
        let of_groups = revision.groups.iter().map(|(path, place)| {
            let number = self.get(path).map_or(0, |form| self.whole(form));
            fingerprint::placed(number, *place)
        });
        of_fields.chain(of_groups).fold(head, u64::wrapping_add)
    }

    /// Whether a value of the form may be `null` because of an `Option`, also of an `Option` in a
    /// named type.
    pub fn is_optional(&self, form: &str) -> bool {
        let (bare, is_optional) = form::bare(form.as_bytes());
        is_optional
            || matches!(form::kind(bare), Kind::Named(path) if self.named(text(path)).is_optional)
    }

    fn named(&self, path: &str) -> Named {
        if let Some(known) = self.known.borrow().get(path) {
            return *known;
        }
        let named = match self.get(path) {
            None => Named { number: fingerprint::of_path(path), is_optional: false },
            Some(form) => {
                // A lock that was edited by hand may have types that contain themselves by name.
                self.known.borrow_mut().insert(path.to_owned(), Named::default());
                Named { number: self.whole(form), is_optional: self.is_optional(form) }
            }
        };
        self.known.borrow_mut().insert(path.to_owned(), named);
        named
    }

    /// Every path that is directly in a form; the form may have marks.
    pub fn paths_in(form: &str) -> Vec<&str> {
        let mut paths = Vec::new();
        let form = form.as_bytes();
        paths_in(form::part(form, 0, form::end(form, 0, true)), &mut paths);
        paths
    }

    /// Every type that a form reaches.
    pub fn reached(&self, form: &str) -> Vec<(&'l str, &'l str)> {
        let mut found = BTreeMap::new();
        let mut open: Vec<&str> = Self::paths_in(form);
        while let Some(path) = open.pop() {
            let Some((path, form)) = self.forms.get_key_value(path) else { continue };
            if found.insert(*path, *form).is_none() {
                open.extend(Self::paths_in(form));
            }
        }
        found.into_iter().collect()
    }

    /// The form of every field of a revision. Fields of groups are included, with the mark of their
    /// place.
    pub fn fields(&self, revision: &Revision) -> BTreeMap<String, String> {
        let mut fields = revision.fields.clone();
        for (path, place) in &revision.groups {
            self.add_group(path, *place, &mut fields);
        }
        fields
    }

    fn add_group(&self, path: &str, place: Place, fields: &mut BTreeMap<String, String>) {
        let Some(form) = self.get(path) else { return };
        let Kind::Group(list) = form::kind(form.as_bytes()) else { return };
        for member in form::members(list) {
            if member.name == SPREAD.as_bytes() {
                if let Kind::Named(inner) = form::kind(member.form) {
                    self.add_group(text(inner), place, fields);
                }
                continue;
            }
            let form = format!("{}{}", text(member.form), text(member.marks));
            fields.insert(form::unquoted(text(member.name)), form::in_place(&form, place));
        }
    }

    /// The form with its named types written out, if the result has at most `most` bytes; else the
    /// form unchanged.
    pub fn written_out(&self, form: &str, most: usize) -> String {
        let mut text = form.to_owned();
        loop {
            let known = Self::paths_in(&text)
                .into_iter()
                .find(|path| self.forms.contains_key(path))
                .map(str::to_owned);
            let Some(path) = known else { return text };
            let inner = self.get(&path).unwrap_or_default();
            let next = replaced(&text, &path, inner);
            if next.len() > most {
                return form.to_owned();
            }
            text = next;
        }
    }
}

/// Replaces every use of a path in a form with the form of that type. `T??` becomes `T?`.
fn replaced(form: &str, path: &str, by: &str) -> String {
    let wanted = format!("&{path}");
    let (mut out, mut rest) = (String::new(), form);
    while let Some(at) = rest.find(&wanted) {
        let after = &rest[at + wanted.len()..];
        let is_whole =
            !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '<'));
        out.push_str(&rest[..at]);
        out.push_str(if is_whole { by } else { &wanted });
        rest = if is_whole && by.ends_with('?') {
            after.strip_prefix('?').unwrap_or(after)
        } else {
            after
        };
    }
    out + rest
}

fn paths_in<'f>(written: &'f [u8], paths: &mut Vec<&'f str>) {
    let (bare, _) = form::bare(written);
    let of_members = |list: &'f [u8], paths: &mut Vec<&'f str>| {
        for member in form::members(list) {
            paths_in(member.form, paths);
        }
    };
    match form::kind(bare) {
        Kind::List(item) | Kind::Array(item, _) | Kind::Map(item) => paths_in(item, paths),
        Kind::Tuple(list) => form::items(list).for_each(|item| paths_in(item, paths)),
        Kind::Object(list) | Kind::Group(list) => of_members(list, paths),
        Kind::Enum(_, list) => {
            for variant in form::variants(list) {
                match variant.form {
                    [b'(', one @ .., b')'] => paths_in(one, paths),
                    [b'{', list @ .., b'}'] => of_members(list, paths),
                    _ => {}
                }
            }
        }
        Kind::Named(path) => paths.push(text(path)),
        _ => {}
    }
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}

impl Version {
    /// The revisions that the mode compares, with their numbers: every revision, or the last.
    pub fn asked(&self) -> impl Iterator<Item = (usize, &Revision)> {
        let first =
            if self.mode.is_transitive() { 0 } else { self.revisions.len().saturating_sub(1) };
        self.revisions.iter().enumerate().skip(first)
    }
}
