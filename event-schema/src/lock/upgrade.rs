//! From the lock format before to this one: the forms of named types, which were written out
//! wherever they were used, come to stand once.
//!
//! The declarations say what the types are called. A place that had the form of a type that is
//! declared there now gets its name; what has no name any more stays written out, which means the
//! same. No revision, acceptance or sample is lost: the numbers of every field are the same before
//! and after, or the revision stays as it is.

use super::check::changed_in;
use super::comparison::{self, in_type};
use super::declared::Declared;
use super::fields::FieldForms;
use super::frozen::Frozen;
use super::state::State;
use event_core::Catalog;
use event_core::lock::{Place, group_path, type_path};
use event_core::meta::shape::{Shape, VariantContent};
use event_core::meta::{EventMeta, FieldMeta, GroupMeta, Member as Declaration};
use event_grammar::fingerprint;
use event_grammar::form::{
    self, FormMember, Kind, in_place, items, members, parts_of, push_name, unquoted, variants,
};
use event_grammar::lock::{Lock, NamedType, Revision, TypesOf, Version, VersionKey};
use std::collections::BTreeMap;

/// Converts a state whose lock was read from the format before.
pub fn upgrade(catalog: &Catalog, state: &State) -> State {
    let declared = Declared::of(catalog);
    let mut upgraded = state.clone();
    let keys: Vec<VersionKey> = state.lock.versions.keys().cloned().collect();
    for key in keys {
        let Some(mut version) = upgraded.lock.versions.get(&key).cloned() else { continue };
        let event = declared.get(&key);
        for revision in &mut version.revisions {
            if let Some(event) = event
                && let Some((named, types)) = named(event, revision)
            {
                *revision = named;
                upgraded.lock.types.extend(types);
            }
            revision.fingerprint =
                number(&upgraded.lock, &version.event_type, &version.aliases, revision);
        }
        if let Some(event) = event {
            settle(&declared, &key, event, &mut version, &upgraded);
        }
        upgraded.lock.versions.insert(key, version);
    }
    upgraded
}

/// The fingerprint and the acceptances of a version whose forms are converted.
fn settle(
    declared: &Declared,
    key: &VersionKey,
    event: &'static EventMeta,
    version: &mut Version,
    state: &State,
) {
    if let Ok(frozen) = Frozen::among(declared, event) {
        let changes = changed_in(key, version, &frozen, state);
        if let Some(last) = version.revisions.last_mut().filter(|_| changes.is_empty()) {
            last.fingerprint = frozen.revision.fingerprint;
        }
    }
    let found = comparison::breaks(&state.lock, key, version, event);
    let breaks: Vec<_> = found.open.iter().chain(&found.accepted).collect();
    for accepted in &mut version.accepted {
        let is_known = breaks
            .iter()
            .any(|broken| broken.rule.id() == accepted.rule && broken.path == accepted.path);
        let first = accepted.path.split(['.', '[']).next().unwrap_or_default();
        let moved = breaks.iter().find(|broken| {
            let rest = in_type(&broken.path).map(|(_, rest)| rest).filter(|rest| !rest.is_empty());
            broken.rule.id() == accepted.rule
                && broken.fields().any(|field| field == first)
                && rest.is_none_or(|rest| accepted.path.ends_with(rest))
        });
        if let Some(moved) = moved.filter(|_| !is_known) {
            accepted.path.clone_from(&moved.path);
        }
    }
}

fn number(lock: &Lock, event_type: &str, aliases: &[String], revision: &Revision) -> u64 {
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    let levels = revision.level.split('|').filter_map(event_core::Level::from_word);
    let levels = levels.fold(0, |bits, level| bits | 1 << level as u8);
    TypesOf::of(lock, revision)
        .whole_event(revision, fingerprint::event(event_type, &aliases, levels))
}

/// A revision with the names of its types and groups, and these; nothing where it would not say the
/// same.
fn named(
    event: &'static EventMeta,
    revision: &Revision,
) -> Option<(Revision, BTreeMap<u64, NamedType>)> {
    let mut naming = Naming { rest: revision.fields.clone(), ..Naming::default() };
    for group in event.members.iter().filter_map(|member| match member {
        Declaration::Group(group) => Some(*group),
        Declaration::Field(_) => None,
    }) {
        naming.group(group, Place::Payload);
    }
    for (groups, place) in [(event.context, Place::Context), (event.wide, Place::Wide)] {
        for group in groups {
            naming.group(group, place);
        }
    }
    let mut fields = BTreeMap::new();
    for (name, written) in std::mem::take(&mut naming.rest) {
        let declared =
            event.fields().into_iter().chain(event.context_fields()).chain(event.wide_fields());
        let field = declared
            .into_iter()
            .find(|field| field.name == name || field.aliases.contains(&name.as_str()));
        let written = match field {
            Some(field) => naming.marked(&written, field),
            None => written,
        };
        fields.insert(name, written);
    }
    let types: BTreeMap<u64, NamedType> = naming
        .types
        .into_iter()
        .map(|(path, form)| NamedType { path, form })
        .map(|named| (named.digest(), named))
        .collect();
    let converted = Revision {
        fields,
        groups: naming.groups,
        types: types.keys().copied().collect(),
        ..revision.clone()
    };
    let after = Lock { types: types.clone(), ..Lock::default() };
    let (before, after) =
        (FieldForms::of(&Lock::default(), revision), FieldForms::of(&after, &converted));
    let is_same = before.forms.len() == after.forms.len()
        && before.forms.keys().all(|name| before.are_same(name, &after, name));
    is_same.then_some((converted, types))
}

#[derive(Default)]
struct Naming {
    /// The fields that no group has taken.
    rest: BTreeMap<String, String>,
    groups: BTreeMap<String, Place>,
    types: BTreeMap<String, String>,
}

impl Naming {
    /// Takes the fields of a group, where the revision has some of them from its place.
    fn group(&mut self, group: &'static GroupMeta, place: Place) {
        let Some(path) = group_path(group).filter(|path| !self.groups.contains_key(path)) else {
            return;
        };
        let fields = group.fields();
        let is_of_place = |written: &str| {
            let (_, marks) = parts_of(written);
            let own = marks
                .iter()
                .find(|(mark, _)| matches!(*mark, "context" | "wide"))
                .map(|(mark, _)| *mark);
            own.unwrap_or("payload") == place.as_str()
        };
        let of_group = |name: &str| fields.iter().find(|field| field.name == name).copied();
        let taken: Vec<(String, String)> = self
            .rest
            .iter()
            .filter(|(name, written)| of_group(name).is_some() && is_of_place(written))
            .map(|(name, written)| (name.clone(), written.clone()))
            .collect();
        if taken.is_empty() {
            return;
        }
        let members: Vec<String> = taken
            .iter()
            .filter_map(|(name, written)| {
                let field = of_group(name)?;
                let mut member = String::new();
                push_name(&mut member, name);
                Some(member + ":" + &without_place(&self.marked(written, field), field))
            })
            .collect();
        let form = format!("..{{{}}}", members.join(","));
        if self.types.get(&path).is_some_and(|known| *known != form) {
            return;
        }
        self.types.insert(path.clone(), form);
        self.groups.insert(path, place);
        for (name, _) in taken {
            self.rest.remove(&name);
        }
    }

    /// A field's form and marks.
    fn marked(&mut self, written: &str, field: &FieldMeta) -> String {
        let (values, _) = parts_of(written);
        self.form(values, field.shape) + &written[values.len()..]
    }

    /// A form, with the names of the types that stand in its place now.
    fn form(&mut self, written: &str, shape: &'static Shape) -> String {
        if let Shape::Optional(inner) = shape {
            let bare = written.trim_end_matches('?');
            let named = self.form(bare, inner);
            return if bare.len() < written.len() && !named.ends_with('?') {
                named + "?"
            } else {
                named
            };
        }
        let Some(path) = shape.type_name().and_then(type_path) else {
            return self.own(written, shape);
        };
        // A form that is not of the type's kind is of another type.
        let is_alike = match (shape, form::kind(written.trim_end_matches('?').as_bytes())) {
            (Shape::Struct(_), kind) => matches!(kind, Kind::Object(_)) && !written.ends_with('?'),
            (Shape::Enum(_), kind) => matches!(kind, Kind::Enum(..)) && !written.ends_with('?'),
            _ => true,
        };
        if !is_alike {
            return written.to_owned();
        }
        let own = self.own(written, shape);
        match self.types.get(&path) {
            Some(known) if *known != own => own,
            _ => {
                let text = format!("&{path}");
                self.types.insert(path, own);
                text
            }
        }
    }

    fn own(&mut self, written: &str, shape: &'static Shape) -> String {
        match (shape, form::kind(written.as_bytes())) {
            (Shape::Newtype(newtype), _) => self.form(written, newtype.inner),
            (Shape::Optional(_), _) => self.form(written, shape),
            (Shape::List(inner), Kind::List(item)) => format!("[{}]", self.form(text(item), inner)),
            (Shape::Array { item: inner, .. }, Kind::Array(item, len)) => {
                format!("[{};{}]", self.form(text(item), inner), text(len))
            }
            (Shape::Map(inner), Kind::Map(value)) => {
                format!("map({})", self.form(text(value), inner))
            }
            (Shape::Tuple(shapes), Kind::Tuple(list)) => {
                let items: Vec<String> = items(list)
                    .zip(*shapes)
                    .map(|(item, shape)| self.form(text(item), shape))
                    .collect();
                if items.len() == shapes.len() {
                    format!("({})", items.join(","))
                } else {
                    written.to_owned()
                }
            }
            (Shape::Struct(shape), Kind::Object(list)) => {
                format!("{{{}}}", self.fields(list, shape.fields))
            }
            (Shape::Enum(shape), Kind::Enum(tagging, list)) => {
                let variants: Vec<String> =
                    variants(list).map(|variant| self.variant(&variant, shape.variants)).collect();
                format!("enum{}{{{}}}", text(tagging), variants.join(","))
            }
            _ => written.to_owned(),
        }
    }

    fn fields(&mut self, list: &[u8], fields: &'static [FieldMeta]) -> String {
        let members: Vec<String> = members(list)
            .map(|member| {
                let name = unquoted(text(member.name));
                let field = fields
                    .iter()
                    .find(|field| field.name == name || field.aliases.contains(&name.as_str()));
                let form = match field {
                    Some(field) => self.form(text(member.form), field.shape),
                    None => text(member.form).to_owned(),
                };
                format!("{}:{form}{}", text(member.name), text(member.marks))
            })
            .collect();
        members.join(",")
    }

    fn variant(
        &mut self,
        old: &FormMember<'_>,
        variants: &'static [event_core::meta::shape::VariantShape],
    ) -> String {
        let name = unquoted(text(old.name));
        let new =
            variants.iter().find(|new| new.name == name || new.aliases.contains(&name.as_str()));
        let content = match (old.form, new.map(|new| &new.content)) {
            ([b'(', one @ .., b')'], Some(VariantContent::Newtype(inner))) => {
                format!("({})", self.form(text(one), inner))
            }
            ([b'{', list @ .., b'}'], Some(VariantContent::Struct(fields))) => {
                format!("{{{}}}", self.fields(list, fields))
            }
            (other, _) => text(other).to_owned(),
        };
        format!("{}{content}{}", text(old.name), text(old.marks))
    }
}

/// A form without the mark of its place. Where it was only that, the field's own role comes back:
/// the format before did not keep it.
fn without_place(written: &str, field: &'static FieldMeta) -> String {
    let declared = event_core::lock::member_form(field);
    for place in [Place::Context, Place::Wide] {
        if in_place(&declared, place) == written {
            return declared;
        }
    }
    let (values, marks) = parts_of(written);
    let mut out = values.to_owned();
    for (mark, argument) in
        marks.into_iter().filter(|(mark, _)| !matches!(*mark, "context" | "wide"))
    {
        out = out + " " + mark;
        if !argument.is_empty() {
            out = out + "(" + argument + ")";
        }
    }
    out
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}
