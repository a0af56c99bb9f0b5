//! Opaque fields that may carry sensitive data: their type's schema has a name that looks
//! sensitive, and the declaration has no decision about it.

mod names;

use event_core::Catalog;
use event_core::meta::shape;
use event_core::meta::shape::{Direction, OpaqueShape, Shape, VariantContent};
use event_core::meta::{EventMeta, FieldMeta};
use std::collections::BTreeMap;

/// An opaque field without a decision.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpaqueNames {
    /// The first event that has the field.
    pub event: &'static EventMeta,
    /// How many other events have it, by a group or a nested type for example.
    pub others: usize,
    /// The field, as a path from the event: `client.login`.
    pub field: String,
    /// The field's type, as Rust names it.
    pub ty: &'static str,
    /// The names that look sensitive; at least one.
    pub names: Vec<SuspiciousName>,
}

/// A name in a schema that looks sensitive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct SuspiciousName {
    /// The name: `userPassword`.
    pub name: String,
    /// Where it is in the schema of the opaque type, as a JSON pointer: `/properties/userPassword`.
    pub pointer: String,
}

/// The opaque fields of the newest events that write a name that looks sensitive and have neither a
/// mask nor `public`. Older versions are not emitted.
///
/// A field is one finding, however many events have it.
pub fn opaque_names(catalog: &Catalog) -> Vec<OpaqueNames> {
    let mut names_of = BTreeMap::new();
    let mut found: Vec<OpaqueNames> = Vec::new();
    for event in catalog.events().filter(|event| event.latest) {
        let mut walk = Walk { names_of: &mut names_of, open: Vec::new(), found: Vec::new() };
        for field in
            [event.fields(), event.context_fields(), event.wide_fields()].into_iter().flatten()
        {
            walk.field(field, "");
        }
        for (field, ty, names) in walk.found {
            match found.iter_mut().find(|known| (known.ty, &known.field) == (ty, &field)) {
                Some(known) => known.others += usize::from(!std::ptr::eq(known.event, event)),
                None => found.push(OpaqueNames { event, others: 0, field, ty, names }),
            }
        }
    }
    found
}

struct Walk<'a> {
    /// What is known of each opaque type.
    names_of: &'a mut BTreeMap<&'static str, Vec<SuspiciousName>>,
    /// The named types around the shape that is looked at: one that contains itself is not entered
    /// again.
    open: Vec<(&'static str, &'static str)>,
    found: Vec<(String, &'static str, Vec<SuspiciousName>)>,
}

impl Walk<'_> {
    fn field(&mut self, field: &'static FieldMeta, outer: &str) {
        let path = if outer.is_empty() {
            field.name.to_owned()
        } else {
            format!("{outer}.{}", field.name)
        };
        let is_decided = field.public || field.sensitivity.is_some();
        match field.shape.bare() {
            Shape::Opaque(_) if is_decided => {}
            Shape::Opaque(opaque) => self.opaque(opaque, path),
            shape => self.shape(shape, &path),
        }
    }

    fn opaque(&mut self, opaque: &OpaqueShape, path: String) {
        let Some(schema) = opaque.schema else { return };
        let ty = (opaque.name)();
        let names =
            self.names_of.entry(ty).or_insert_with(|| names::suspicious(&schema(Direction::Write)));
        if !names.is_empty() {
            self.found.push((path, ty, names.clone()));
        }
    }

    fn shape(&mut self, shape: &'static Shape, path: &str) {
        match shape {
            Shape::Optional(inner)
            | Shape::List(inner)
            | Shape::Map(inner)
            | Shape::Array { item: inner, .. } => {
                self.shape(inner, path);
            }
            Shape::Tuple(places) => places.iter().for_each(|place| self.shape(place, path)),
            Shape::Newtype(newtype) => {
                self.named(&newtype.ty, |walk| walk.shape(newtype.inner, path));
            }
            Shape::Struct(of) => {
                self.named(&of.ty, |walk| {
                    for field in of.fields {
                        walk.field(field, path);
                    }
                });
            }
            Shape::Enum(of) => self.named(&of.ty, |walk| {
                for variant in of.variants {
                    match variant.content {
                        VariantContent::Newtype(inner) => walk.shape(inner, path),
                        VariantContent::Struct(fields) => {
                            for field in fields {
                                walk.field(field, path);
                            }
                        }
                        VariantContent::Unit => {}
                    }
                }
            }),
            Shape::Recursive(recursion) => self.shape((recursion.shape)(), path),
            Shape::Opaque(opaque) => self.opaque(opaque, path.to_owned()),
            _ => {}
        }
    }

    fn named(&mut self, ty: &shape::TypeName, look: impl FnOnce(&mut Self)) {
        let name = (ty.module, ty.name);
        if !self.open.contains(&name) {
            self.open.push(name);
            look(self);
            self.open.pop();
        }
    }
}
