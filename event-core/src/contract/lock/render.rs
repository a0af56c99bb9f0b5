//! Writes shapes as forms, at run time. The command writes these forms into a lock.

use super::fields::{leaves_out, mask_of, role_of};
use super::forms::{integer, words};
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use crate::model::shape::{EnumShape, Shape, Tagging, TypeName, VariantContent};
use event_grammar::fingerprint::Place;
use event_grammar::form::{SPREAD, in_place, push_name};
use event_grammar::lock::{Lock, NamedType, Revision, TypesOf};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// The content of a lock about an event: the forms of its fields, its groups, and the named types
/// that it reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// The form of each field that does not come from a named group, by name.
    pub fields: BTreeMap<String, String>,
    /// Its groups, by path.
    pub groups: BTreeMap<String, Place>,
    /// Each named type and group that the event reaches, by digest.
    pub types: BTreeMap<u64, NamedType>,
}

impl Forms {
    /// The forms of an event.
    pub fn of(event: &EventMeta) -> Self {
        let (mut forms, mut writer) = (Self::default(), Writer::default());
        for member in event.members {
            match member {
                Member::Field(field) => {
                    forms.fields.insert(field.name.to_owned(), writer.field(field, Place::Payload));
                }
                Member::Group(group) => forms.add_group(group, Place::Payload, &mut writer),
            }
        }
        for (groups, place) in [(event.context, Place::Context), (event.wide, Place::Wide)] {
            for group in groups {
                forms.add_group(group, place, &mut writer);
            }
        }
        let types = writer.known.into_iter().map(|(path, (form, _))| NamedType { path, form });
        forms.types = types.map(|named| (named.digest(), named)).collect();
        forms
    }

    /// Adds a group by its path. A group without a path, or that the event has twice, is added by
    /// its fields.
    fn add_group(&mut self, group: &'static GroupMeta, place: Place, writer: &mut Writer) {
        if let Some(path) = writer.group(group).filter(|path| !self.groups.contains_key(path)) {
            self.groups.insert(path, place);
            return;
        }
        for member in group.members {
            match member {
                Member::Field(field) => {
                    self.fields.insert(field.name.to_owned(), writer.field(field, place));
                }
                Member::Group(inner) => self.add_group(inner, place, writer),
            }
        }
    }
}

/// An event as a lock records it, without the digests of its schemas, and the named types that it
/// reaches, by digest.
pub fn revision_of(event: &'static EventMeta) -> (Revision, BTreeMap<u64, NamedType>) {
    let Forms { fields, groups, types } = Forms::of(event);
    let mut revision = Revision {
        fingerprint: 0,
        level: level_of(event),
        transitions: crate::model::meta::Transition::recorded(event.transitions()),
        fields,
        groups,
        types: types.keys().copied().collect(),
        write: String::new(),
        read: String::new(),
    };
    // The fingerprint is computed from the forms, in which each type is read once. A walk over
    // shapes would visit a type once for each reference to it.
    let alone = Lock { types, ..Lock::default() };
    revision.fingerprint =
        TypesOf::of(&alone, &revision).whole_event(&revision, super::fingerprint::of_head(event));
    (revision, alone.types)
}

/// The levels that an event can have, least severe first, joined by `|`.
pub fn level_of(event: &EventMeta) -> String {
    event
        .level
        .reachable()
        .into_iter()
        .map(event_grammar::Level::as_str)
        .collect::<Vec<_>>()
        .join("|")
}

/// The form of a shape: the form of a field without its marks.
pub fn shape_form(shape: &'static Shape) -> String {
    Writer::default().shape(shape)
}

/// The path of a group. `None` for a group that a lock records by its fields.
fn group_path(group: &GroupMeta) -> Option<String> {
    group.is_named().then(|| format!("{}::{}", group.module, group.type_name))
}

/// The path of a type: its module, its name and its arguments. `None` for a type that a lock cannot
/// name.
fn type_path(ty: &TypeName) -> Option<String> {
    if ty.ident.is_empty() {
        return None;
    }
    let mut path = format!("{}::{}", ty.module, ty.ident);
    if !ty.arguments.is_empty() {
        path.push('<');
        separated(&mut path, ty.arguments.iter(), |out, argument| {
            out.push_str(&argument_form(argument));
        });
        path.push('>');
    }
    Some(path)
}

/// The form of a type argument. The named types within it are not collected.
fn argument_form(shape: &'static Shape) -> String {
    shape_form(shape)
}

/// Writes forms, and collects the form of each named type once.
#[derive(Default)]
struct Writer {
    /// The form at each path, and the address of the shape that the form was written from.
    known: HashMap<String, (String, *const ())>,
}

impl Writer {
    /// Returns `&path` for a named type, and stores the type's form.
    fn named(
        &mut self,
        path: String,
        own: *const (),
        write: impl FnOnce(&mut Self) -> String,
    ) -> String {
        if let Some((_, known)) = self.known.get(&path)
            && std::ptr::eq(*known, own)
        {
            return format!("&{path}");
        }
        let form = write(self);
        match self.known.get(&path) {
            // Two types have one path, as in two versions of a crate. The second type's form is
            // written in place.
            Some((known, _)) if *known != form => form,
            _ => {
                let text = format!("&{path}");
                self.known.insert(path, (form, own));
                text
            }
        }
    }

    fn shape(&mut self, shape: &'static Shape) -> String {
        if let Some(path) = shape.type_name().and_then(type_path) {
            return self.named(path, std::ptr::from_ref(shape).cast(), |writer| writer.own(shape));
        }
        self.own(shape)
    }

    /// The form of a shape in place, without a name.
    fn own(&mut self, shape: &'static Shape) -> String {
        match shape {
            Shape::Optional(inner) if shape.is_presence() => self.shape(inner) + "?",
            Shape::Optional(inner) => {
                let inner = self.shape(inner);
                if inner.ends_with('?') { inner } else { inner + "?" }
            }
            Shape::Newtype(newtype) => self.shape(newtype.inner),
            Shape::Integer { min, max } => match integer(*min, *max) {
                "int" => format!("int({min}..{max})"),
                name => name.to_owned(),
            },
            Shape::List(item) => format!("[{}]", self.shape(item)),
            Shape::Array { item, len } => format!("[{};{len}]", self.shape(item)),
            Shape::Map(value) => format!("map({})", self.shape(value)),
            Shape::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.shape(item)).collect();
                format!("({})", items.join(","))
            }
            Shape::Struct(shape) => self.fields(shape.fields),
            Shape::Enum(shape) => self.enumeration(shape),
            Shape::Recursive(recursion) => format!("^{}", recursion.name),
            Shape::Bool | Shape::Float | Shape::Text(_) | Shape::Any | Shape::Opaque(_) => {
                words(shape).to_owned()
            }
        }
    }

    /// The form of fields, sorted by name, because their order is not part of a form.
    fn fields(&mut self, fields: &'static [FieldMeta]) -> String {
        let mut sorted: Vec<&FieldMeta> = fields.iter().collect();
        sorted.sort_unstable_by_key(|field| field.name);
        let members: Vec<String> = sorted.into_iter().map(|field| self.member(field)).collect();
        format!("{{{}}}", members.join(","))
    }

    fn member(&mut self, field: &FieldMeta) -> String {
        let mut out = String::new();
        push_name(&mut out, field.name);
        out.push(':');
        out + &self.field(field, Place::Payload)
    }

    /// Returns the path of a group, and stores the group's form. `None` for a group without a path,
    /// or with the path of another group.
    fn group(&mut self, group: &'static GroupMeta) -> Option<String> {
        let path = group_path(group)?;
        let own = std::ptr::from_ref(group).cast();
        let text = self.named(path.clone(), own, |writer| {
            let mut members = Vec::new();
            writer.members_of(group, &mut members);
            members.sort_unstable();
            let members: Vec<String> = members.into_iter().map(|(_, member)| member).collect();
            format!("..{{{}}}", members.join(","))
        });
        text.starts_with('&').then_some(path)
    }

    /// The members of a group, sorted by name, with the groups in it last.
    fn members_of(&mut self, group: &'static GroupMeta, members: &mut Vec<(String, String)>) {
        for member in group.members {
            match member {
                Member::Field(field) => members.push((field.name.to_owned(), self.member(field))),
                Member::Group(inner) => match self.group(inner) {
                    // `~` sorts after every character of a name.
                    Some(path) => members.push((format!("~{path}"), format!("{SPREAD}:&{path}"))),
                    None => self.members_of(inner, members),
                },
            }
        }
    }

    fn enumeration(&mut self, shape: &'static EnumShape) -> String {
        let mut out = String::from("enum");
        match shape.tagging {
            Tagging::External => {}
            Tagging::Untagged => out.push_str("<>"),
            Tagging::Internal { tag } => {
                out.push('<');
                push_name(&mut out, tag);
                out.push('>');
            }
            Tagging::Adjacent { tag, content } => {
                out.push('<');
                push_name(&mut out, tag);
                out.push(',');
                push_name(&mut out, content);
                out.push('>');
            }
        }
        let mut sorted: Vec<_> = shape.variants.iter().collect();
        sorted.sort_unstable_by_key(|variant| variant.name);
        out.push('{');
        separated(&mut out, sorted.into_iter(), |out, variant| {
            push_name(out, variant.name);
            match &variant.content {
                VariantContent::Unit => {}
                VariantContent::Newtype(inner) => {
                    let inner = self.shape(inner);
                    let _ = write!(out, "({inner})");
                }
                VariantContent::Struct(fields) => out.push_str(&self.fields(fields)),
            }
            if variant.other {
                out.push_str(" other");
            }
            if !variant.aliases.is_empty() {
                let _ = write!(out, " alias({})", names(variant.aliases));
            }
        });
        out.push('}');
        out
    }

    /// The form and the marks of a field.
    fn field(&mut self, field: &FieldMeta, place: Place) -> String {
        let mut out = self.shape(field.shape);
        let mut add = |word: &str, argument: &str| {
            out.push(' ');
            out.push_str(word);
            if !argument.is_empty() {
                out.push('(');
                out.push_str(argument);
                out.push(')');
            }
        };
        if field.default {
            add("default", "");
        }
        // The form of a `Presence` already says that it may be left out.
        if leaves_out(field) && !field.shape.is_presence() {
            add("skip", "");
        }
        if field.finite {
            add("finite", "");
        }
        match mask_of(field) {
            "" => {}
            mask => add("masked", mask),
        }
        match role_of(field, Place::Payload) {
            ("", _) => {}
            (word, "") => add(word, ""),
            (word, argument) => add(word, &name(argument)),
        }
        if let Some(unit) = field.unit {
            add("unit", &name(unit));
        }
        if !field.aliases.is_empty() {
            add("alias", &names(field.aliases));
        }
        in_place(&out, place)
    }
}

/// Writes items with commas between them.
fn separated<T>(
    out: &mut String,
    items: impl Iterator<Item = T>,
    mut push: impl FnMut(&mut String, T),
) {
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        push(out, item);
    }
}

/// A name as it is written in a form.
fn name(name: &str) -> String {
    let mut out = String::new();
    push_name(&mut out, name);
    out
}

/// The sorted names with commas between them.
fn names(names: &[&'static str]) -> String {
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    let mut out = String::new();
    separated(&mut out, sorted.into_iter(), push_name);
    out
}
