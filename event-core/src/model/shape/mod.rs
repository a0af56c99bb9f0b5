//! The JSON form of a type, as a constant.
//!
//! A derive sees tokens; a shape sees types. `type Cents = u32` and `u32` have the same shape. So
//! the field dictionary, the schema compiler and the lock compare shapes, and see through aliases,
//! nested types, `Option` and `Vec`.

mod questions;
mod visitor;

pub use visitor::ShapeVisitor;

use crate::model::meta::{FieldMeta, Sensitivity};
use crate::model::setters::setters;

/// The JSON form of a type.
#[derive(Debug)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number between the bounds, both included.
    Integer {
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: u64,
    },
    /// A number, or `null` for a number that is not finite (JSON has no NaN). If the field is
    /// declared `finite`, always a number.
    Float,
    /// Text.
    Text(TextFormat),
    /// The inner shape or `null`; the key may be missing if the field has `skip_none`. An
    /// `Optional` within an `Optional` is the shape of a [`Presence`](crate::value::Presence): the
    /// inner shape, `null`, or no key.
    Optional(&'static Shape),
    /// A list of values of one shape.
    List(&'static Shape),
    /// A list of exactly `len` values of one shape.
    Array {
        /// The shape of each item.
        item: &'static Shape,
        /// The number of items.
        len: usize,
    },
    /// A list with one shape per position.
    Tuple(&'static [&'static Shape]),
    /// An object with any keys; all values have one shape.
    Map(&'static Shape),
    /// A named type that is written as the one value it holds.
    Newtype(&'static NewtypeShape),
    /// An object with declared fields.
    Struct(&'static StructShape),
    /// One of several variants.
    Enum(&'static EnumShape),
    /// Any JSON value.
    Any,
    /// A foreign type that has its own schema.
    Opaque(&'static OpaqueShape),
    /// A type within itself. It ends the cycle that a constant cannot hold.
    Recursive(Recursion),
}

/// A shape that a constant cannot hold, because that shape contains the type that refers to it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Recursion {
    /// The type as it is written, with `Self` for the type that is described: `Vec<Self>`.
    /// Constants compare this text instead of the shape.
    pub name: &'static str,
    /// The shape.
    pub shape: fn() -> &'static Shape,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextFormat {
    /// Any text.
    Plain,
    /// Exactly one Unicode scalar value.
    Char,
    /// A point in time, RFC 3339, UTC.
    DateTime,
    /// A calendar date, RFC 3339 `full-date`.
    Date,
    /// A UUID, RFC 9562, hyphenated.
    Uuid,
    /// A URL, WHATWG.
    Uri,
    /// An IPv4 address in dotted form.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// An IP address of either family.
    Ip,
    /// A decimal number, exact, as text: `-12.50`.
    Decimal,
}

/// A named type: its name in schemas, and where it is declared.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TypeName {
    /// Its name in schemas.
    pub name: &'static str,
    /// The module that declares it.
    pub module: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// Its name in Rust. Empty for a type that a lock cannot name: a type with a const parameter.
    pub ident: &'static str,
    /// The shapes of its type arguments.
    pub arguments: &'static [&'static Shape],
    /// The id of the lock that the type's own declaration is compared with; 0 for no lock.
    pub(crate) lock: u64,
    /// The paths of all types in that lock that have this type's name in Rust. This type is one of
    /// them.
    pub(crate) locked: &'static [&'static str],
}

impl TypeName {
    /// A type with this name, both in schemas and in Rust, declared in `module`.
    #[doc(hidden)]
    pub const fn new(name: &'static str, module: &'static str, docs: &'static str) -> Self {
        Self { name, module, docs, ident: name, arguments: &[], lock: 0, locked: &[] }
    }

    /// Sets the name in Rust and the type arguments.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(
        mut self,
        ident: &'static str,
        arguments: &'static [&'static Shape],
    ) -> Self {
        self.ident = ident;
        self.arguments = arguments;
        self
    }

    /// Sets the lock of the type's own package.
    #[doc(hidden)]
    #[must_use]
    pub const fn held(mut self, lock: u64, locked: &'static [&'static str]) -> Self {
        self.lock = lock;
        self.locked = locked;
        self
    }
}

/// A named type that is written as the one value it holds.
#[derive(Debug)]
#[non_exhaustive]
pub struct NewtypeShape {
    /// The type's name.
    pub ty: TypeName,
    /// The shape of the value.
    pub inner: &'static Shape,
    /// How the value is masked, if it is sensitive.
    pub sensitivity: Option<Sensitivity>,
}

/// An object with declared fields.
#[derive(Debug)]
#[non_exhaustive]
pub struct StructShape {
    /// The type's name.
    pub ty: TypeName,
    /// Its fields, as declared.
    pub fields: &'static [FieldMeta],
}

/// A value that is one of several variants.
#[derive(Debug)]
#[non_exhaustive]
pub struct EnumShape {
    /// The type's name.
    pub ty: TypeName,
    /// How the variant is written.
    pub tagging: Tagging,
    /// The variants, as declared.
    pub variants: &'static [VariantShape],
}

/// How the variant of an enum is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// `"Unit"` or `{"Variant": content}`.
    External,
    /// `{"tag": "Variant", ..fields}`.
    Internal {
        /// The key that holds the variant's name.
        tag: &'static str,
    },
    /// `{"tag": "Variant", "content": content}`.
    Adjacent {
        /// The key that holds the variant's name.
        tag: &'static str,
        /// The key that holds the variant's content.
        content: &'static str,
    },
    /// The content alone; the variant's name is not written. The first variant that can read a
    /// value is taken.
    Untagged,
}

/// One variant of an enum.
#[derive(Debug)]
#[non_exhaustive]
pub struct VariantShape {
    /// Its name, as written.
    pub name: &'static str,
    /// Other names that are read as this variant.
    pub aliases: &'static [&'static str],
    /// Its documentation.
    pub docs: &'static str,
    /// The variant's content.
    pub content: VariantContent,
    /// Whether an unknown name is read as this variant.
    pub other: bool,
    /// How the variant's one value is masked, if it is sensitive.
    pub sensitivity: Option<Sensitivity>,
}

/// The content of a variant.
#[derive(Debug)]
pub enum VariantContent {
    /// Nothing.
    Unit,
    /// One value.
    Newtype(&'static Shape),
    /// Named fields.
    Struct(&'static [FieldMeta]),
}

/// A foreign type that has its own schema.
#[derive(Debug)]
#[non_exhaustive]
pub struct OpaqueShape {
    /// The type's path, as rustc prints it.
    pub name: fn() -> &'static str,
    /// The type's JSON Schema 2020-12, for writing or for reading. `None` without the feature
    /// `schema`.
    pub schema: Option<fn(Direction) -> serde_json::Value>,
}

/// The side of the contract that a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// What is written.
    Write,
    /// What is accepted when reading.
    Read,
}

impl Recursion {
    #[doc(hidden)]
    pub const fn new(name: &'static str, shape: fn() -> &'static Shape) -> Self {
        Self { name, shape }
    }
}

impl NewtypeShape {
    #[doc(hidden)]
    pub const fn new(ty: TypeName, inner: &'static Shape) -> Self {
        Self { ty, inner, sensitivity: None }
    }

    setters! { sensitivity: Some(Sensitivity), }
}

impl StructShape {
    #[doc(hidden)]
    pub const fn new(ty: TypeName, fields: &'static [FieldMeta]) -> Self {
        Self { ty, fields }
    }
}

impl EnumShape {
    #[doc(hidden)]
    pub const fn new(ty: TypeName, tagging: Tagging, variants: &'static [VariantShape]) -> Self {
        Self { ty, tagging, variants }
    }
}

impl VariantShape {
    #[doc(hidden)]
    pub const fn new(name: &'static str, docs: &'static str, content: VariantContent) -> Self {
        Self { name, aliases: &[], docs, content, other: false, sensitivity: None }
    }

    setters! {
        name: &'static str,
        content: VariantContent,
        aliases: &'static [&'static str],
        other: bool,
        sensitivity: Some(Sensitivity),
    }
}

impl OpaqueShape {
    #[doc(hidden)]
    pub const fn new(name: fn() -> &'static str) -> Self {
        Self { name, schema: None }
    }

    setters! { schema: Some(fn(Direction) -> serde_json::Value), }
}
