//! All breaks between a locked version and its declaration, as a list: the breaks that the compiler
//! finds. Types are compared in pairs of the old type and the new type at a place, each pair once.

use super::Broken;
use super::event::{Locked, LockedRevision, of_event};
use super::fields::{is_read_as, of_field};
use super::groups::{had_group, holder};
use super::members::Members;
use super::named::below;
use super::types::{Declared, LockedForm, Piece, Users};
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use crate::model::shape::{Shape, VariantContent};
use event_grammar::fingerprint::Place;
use event_grammar::form::{self, Kind, SPREAD, items, members, variants};
use std::collections::{BTreeSet, HashMap};

/// All breaks, accepted breaks included. Each break is in the list once.
pub fn breaks(locked: &Locked<'_>, event: &'static EventMeta) -> Vec<Broken> {
    let mut all: Vec<Broken> = Vec::new();
    for revision in locked.revisions {
        let found =
            Comparing { locked, revision, event, pairs: HashMap::new(), open: Vec::new() }.all();
        for found in found {
            match all.iter_mut().find(|known| known.rule == found.rule && known.path == found.path)
            {
                Some(known) => known.fields.extend(found.fields),
                None => all.push(found),
            }
        }
    }
    all
}

/// The paths of the named types and groups of a locked version that are still in its declaration.
pub fn reached(locked: &Locked<'_>, event: &'static EventMeta) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for revision in locked.revisions {
        let mut comparing =
            Comparing { locked, revision, event, pairs: HashMap::new(), open: Vec::new() };
        comparing.walk();
        paths.extend(
            comparing.pairs.into_values().filter(|pair| pair.is_same).map(|pair| pair.path),
        );
    }
    paths
}

/// The old type and the new type at a place.
struct Pair {
    path: String,
    declared: Declared,
    place: Place,
    /// The event's fields that lead to the place.
    fields: BTreeSet<String>,
    /// Whether both are the same type. If not, the break is reported at the place itself.
    is_same: bool,
}

/// The old path, and the address of the new shape.
type PairKey = (String, *const ());

struct Comparing<'c, 'l> {
    locked: &'c Locked<'l>,
    revision: &'c LockedRevision<'l>,
    event: &'static EventMeta,
    pairs: HashMap<PairKey, Pair>,
    /// Pairs whose members must still be visited, with the field that led to each pair.
    open: Vec<(PairKey, String)>,
}

impl Comparing<'_, '_> {
    fn all(mut self) -> Vec<Broken> {
        let mut all = Vec::new();
        for nth in 0.. {
            let Some(found) = of_event(self.locked, self.revision, self.event, nth) else { break };
            let field = found.path.part(0).map(|(_, name)| name.to_owned());
            all.push(Broken::of(&found, field.into_iter().collect()));
        }
        for (field, place) in self.own_fields() {
            let held = holder(self.revision, field);
            for nth in 0.. {
                let (mut skip, members) = (nth, Members::indexed(held.text, held.place));
                let found = of_field(
                    &members,
                    field,
                    place,
                    self.locked.mode,
                    self.revision.types,
                    &mut skip,
                );
                let Some(found) = found else { break };
                all.push(Broken::of(&found, [field.name.to_owned()].into()));
            }
        }
        self.walk();
        let mut pairs: Vec<&Pair> = self.pairs.values().filter(|pair| pair.is_same).collect();
        pairs.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
        for pair in pairs {
            all.extend(self.of_pair(pair));
        }
        all
    }

    fn of_pair(&self, pair: &Pair) -> Vec<Broken> {
        let Some(written) = self.revision.types.get(pair.path.as_bytes()) else {
            return Vec::new();
        };
        let users =
            [Users { mode: self.locked.mode, place: pair.place, accepted: &[], versions: "" }];
        let form = LockedForm {
            path: &pair.path,
            form: str::from_utf8(written).unwrap_or_default(),
            whole: 0,
            members: 0,
            types: self.revision.types,
            users: &users,
        };
        let found =
            (0..).map_while(|nth| form.nth(pair.declared, Piece::Everything, &users[0], nth));
        found.map(|found| Broken::of(&found, pair.fields.clone())).collect()
    }

    /// The event's own fields, and the fields of groups that the revision lacks.
    fn own_fields(&self) -> Vec<(&'static FieldMeta, Place)> {
        let mut fields = Vec::new();
        for member in self.event.members {
            match member {
                Member::Field(field) => fields.push((field, Place::Payload)),
                Member::Group(group) => self.add_fields(group, Place::Payload, &mut fields),
            }
        }
        for (groups, place) in
            [(self.event.context, Place::Context), (self.event.wide, Place::Wide)]
        {
            for group in groups {
                self.add_fields(group, place, &mut fields);
            }
        }
        fields
    }

    fn add_fields(
        &self,
        group: &'static GroupMeta,
        place: Place,
        fields: &mut Vec<(&'static FieldMeta, Place)>,
    ) {
        if had_group(self.revision, group, place) {
            return;
        }
        for member in group.members {
            match member {
                Member::Field(field) => fields.push((field, place)),
                Member::Group(inner) => self.add_fields(inner, place, fields),
            }
        }
    }

    /// Finds all pairs.
    fn walk(&mut self) {
        for (field, _) in self.own_fields() {
            let held = holder(self.revision, field);
            for member in members(held.text).filter(|member| is_read_as(member.name, field)) {
                self.shape(member.form, field.shape, field.name);
            }
        }
        let mut groups: Vec<(&'static GroupMeta, Place)> = Vec::new();
        for member in self.event.members {
            if let Member::Group(group) = member {
                groups.push((group, Place::Payload));
            }
        }
        groups.extend(self.event.context.iter().map(|group| (*group, Place::Context)));
        groups.extend(self.event.wide.iter().map(|group| (*group, Place::Wide)));
        for (group, place) in groups {
            if had_group(self.revision, group, place) {
                self.group(group, place);
            }
        }
        while let Some((key, field)) = self.open.pop() {
            let Some(pair) = self.pairs.get(&key) else { continue };
            let (declared, path) = (pair.declared, key.0.clone());
            let Some(written) = self.revision.types.get(path.as_bytes()) else { continue };
            match declared {
                Declared::Type(shape) => self.content(written, shape, &field),
                Declared::Group(group) => self.members_of_group(written, group, &field),
            }
        }
    }

    fn group(&mut self, group: &'static GroupMeta, place: Place) {
        let lock = self.revision.types.lock;
        let mut known = self.revision.groups.iter().map(|(path, _)| *path);
        let path = known.rfind(|path| super::named::is_path_of_group(lock, path.as_bytes(), group));
        if let Some(path) = path {
            let names: BTreeSet<String> =
                group.fields().iter().map(|field| field.name.to_owned()).collect();
            let gone = self.revision.types.get(path.as_bytes()).unwrap_or_default();
            let fields = names.into_iter().chain(names_in(gone)).collect();
            self.add_pair(path.to_owned(), Declared::Group(group), place, fields, true, "");
        }
    }

    fn members_of_group(&mut self, written: &[u8], group: &'static GroupMeta, _: &str) {
        let Kind::Group(list) = form::kind(written) else { return };
        for member in members(list) {
            let is_spread = member.name == SPREAD.as_bytes();
            for declared in group.members {
                match declared {
                    Member::Field(field) if !is_spread && is_read_as(member.name, field) => {
                        self.shape(member.form, field.shape, field.name);
                    }
                    Member::Group(inner) if is_spread => {
                        if let Kind::Named(path) = form::kind(member.form)
                            && super::named::is_path_of_group(self.revision.types.lock, path, inner)
                        {
                            let fields =
                                inner.fields().iter().map(|field| field.name.to_owned()).collect();
                            let path = String::from_utf8_lossy(path).into_owned();
                            self.add_pair(
                                path,
                                Declared::Group(inner),
                                Place::Payload,
                                fields,
                                true,
                                "",
                            );
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn add_pair(
        &mut self,
        path: String,
        declared: Declared,
        place: Place,
        fields: BTreeSet<String>,
        is_same: bool,
        field: &str,
    ) {
        let own: *const () = match declared {
            Declared::Type(shape) => std::ptr::from_ref(shape).cast(),
            Declared::Group(group) => std::ptr::from_ref(group).cast(),
        };
        let key = (path.clone(), own);
        if let Some(known) = self.pairs.get_mut(&key) {
            let count = known.fields.len();
            known.fields.extend(fields);
            // Another field leads to this pair, and so to all pairs below it.
            if known.fields.len() > count {
                self.open.push((key, field.to_owned()));
            }
            return;
        }
        self.pairs.insert(key.clone(), Pair { path, declared, place, fields, is_same });
        self.open.push((key, field.to_owned()));
    }

    /// Visits a form and the shape that is now at the same place.
    fn shape(&mut self, written: &[u8], shape: &'static Shape, field: &str) {
        let (bare, _) = form::bare(written);
        if let Kind::Named(path) = form::kind(bare) {
            let name = String::from_utf8_lossy(path).into_owned();
            let same = below(self.revision.types.lock, path, shape);
            let declared = match same {
                Some((same, _)) => same,
                None => unwrapped(shape),
            };
            self.add_pair(
                name,
                Declared::Type(declared),
                Place::Payload,
                [field.to_owned()].into(),
                same.is_some(),
                field,
            );
            return;
        }
        self.content(bare, unwrapped(shape), field);
    }

    /// Visits the content of a form and the content of the shape that is now at the same place.
    fn content(&mut self, written: &[u8], shape: &'static Shape, field: &str) {
        let (written, _) = form::bare(written);
        match (form::kind(written), shape) {
            // A newtype is written as its content.
            (_, Shape::Newtype(newtype)) => self.shape(written, newtype.inner, field),
            (Kind::Named(_), _) => self.shape(written, shape, field),
            (
                Kind::List(item) | Kind::Array(item, _),
                Shape::List(inner) | Shape::Array { item: inner, .. },
            )
            | (Kind::Map(item), Shape::Map(inner)) => self.shape(item, inner, field),
            (Kind::Tuple(list), Shape::Tuple(shapes)) => {
                for (item, shape) in items(list).zip(*shapes) {
                    self.shape(item, shape, field);
                }
            }
            (Kind::Object(list), Shape::Struct(shape)) => self.fields(list, shape.fields, field),
            (Kind::Enum(_, list), Shape::Enum(shape)) => {
                for old in variants(list) {
                    for new in shape
                        .variants
                        .iter()
                        .filter(|new| super::variants::is_read_as(old.name, new))
                    {
                        match (old.form, &new.content) {
                            ([b'(', one @ .., b')'], VariantContent::Newtype(inner)) => {
                                self.shape(one, inner, field);
                            }
                            ([b'{', list @ .., b'}'], VariantContent::Struct(fields)) => {
                                self.fields(list, fields, field);
                            }
                            _ => {}
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn fields(&mut self, list: &[u8], fields: &'static [FieldMeta], field: &str) {
        for member in members(list) {
            for new in fields.iter().filter(|new| is_read_as(member.name, new)) {
                self.shape(member.form, new.shape, field);
            }
        }
    }
}

/// The shape within `Optional`.
fn unwrapped(mut shape: &'static Shape) -> &'static Shape {
    while let Shape::Optional(inner) = shape {
        shape = inner;
    }
    shape
}

/// The names of a group's members.
fn names_in(written: &[u8]) -> Vec<String> {
    let Kind::Group(list) = form::kind(written) else { return Vec::new() };
    members(list)
        .map(|member| form::unquoted(str::from_utf8(member.name).unwrap_or_default()))
        .collect()
}
