//! Opaque fields that may carry sensitive data: the schema of the field's type has a name that
//! looks sensitive, and the declaration has no decision about it.

mod names;

use event_core::Catalog;
use event_core::meta::shape;
use event_core::meta::shape::{
    Direction, EnumShape, NewtypeShape, OpaqueShape, Shape, ShapeVisitor, StructShape, TextFormat,
    VariantContent,
};
use event_core::meta::{EventMeta, FieldMeta};
use std::collections::BTreeMap;

/// An opaque field without a decision.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpaqueNames {
    /// The first event that has the field.
    pub event: &'static EventMeta,
    /// The number of other events that have the field, for example by a group or a nested type.
    pub others: usize,
    /// The path of the field from the event: `client.login`.
    pub field: String,
    /// The Rust type of the field.
    pub ty: &'static str,
    /// The names that look sensitive. Never empty.
    pub names: Vec<SuspiciousName>,
}

/// A name in a schema that looks sensitive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct SuspiciousName {
    /// The name: `userPassword`.
    pub name: String,
    /// The JSON pointer to the name in the schema of the opaque type: `/properties/userPassword`.
    pub pointer: String,
}

/// The opaque fields of the newest events that write a name that looks sensitive and have neither a
/// mask nor `public`. Older versions are not emitted, so they do not count.
///
/// A field is one finding, even if many events have it.
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
    /// The suspicious names of each opaque type.
    names_of: &'a mut BTreeMap<&'static str, Vec<SuspiciousName>>,
    /// The named types around the current shape: a type that contains itself is not entered again.
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
            shape => self.shape(shape, &path),
        }
    }

    fn fields(&mut self, fields: &'static [FieldMeta], path: &str) {
        for field in fields {
            self.field(field, path);
        }
    }

    fn shape(&mut self, shape: &'static Shape, path: &str) {
        shape.accept(&mut At { walk: self, path });
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

/// The walk at one field or type.
struct At<'a, 'w> {
    walk: &'a mut Walk<'w>,
    path: &'a str,
}

impl ShapeVisitor for At<'_, '_> {
    type Output = ();

    fn visit_optional(&mut self, inner: &'static Shape) {
        inner.accept(self);
    }

    fn visit_list(&mut self, item: &'static Shape, _len: Option<usize>) {
        item.accept(self);
    }

    fn visit_tuple(&mut self, places: &'static [&'static Shape]) {
        for place in places {
            place.accept(self);
        }
    }

    fn visit_map(&mut self, value: &'static Shape) {
        value.accept(self);
    }

    fn visit_newtype(&mut self, newtype: &'static NewtypeShape) {
        self.walk.named(&newtype.ty, |walk| walk.shape(newtype.inner, self.path));
    }

    fn visit_struct(&mut self, shape: &'static StructShape) {
        self.walk.named(&shape.ty, |walk| walk.fields(shape.fields, self.path));
    }

    fn visit_enum(&mut self, shape: &'static EnumShape) {
        self.walk.named(&shape.ty, |walk| {
            for variant in shape.variants {
                match variant.content {
                    VariantContent::Newtype(inner) => walk.shape(inner, self.path),
                    VariantContent::Struct(fields) => walk.fields(fields, self.path),
                    VariantContent::Unit => {}
                }
            }
        });
    }

    fn visit_opaque(&mut self, shape: &'static OpaqueShape) {
        let Some(schema) = shape.schema else { return };
        let ty = (shape.name)();
        let names = self
            .walk
            .names_of
            .entry(ty)
            .or_insert_with(|| names::suspicious(&schema(Direction::Write)));
        if !names.is_empty() {
            self.walk.found.push((self.path.to_owned(), ty, names.clone()));
        }
    }

    fn visit_bool(&mut self) {}

    fn visit_integer(&mut self, _min: i64, _max: u64) {}

    fn visit_float(&mut self) {}

    fn visit_text(&mut self, _format: TextFormat) {}

    fn visit_any(&mut self) {}
}
