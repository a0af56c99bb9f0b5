//! What a value looks like as JSON, as a constant.
//!
//! A derive sees tokens; a shape sees types. `type Cents = u32` and `u32` have one shape, so the
//! field dictionary, the schema compiler and the lock decide by shapes, through aliases, nested
//! types, `Option` and `Vec`.

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
    /// A number, or `null` for one that is not finite (JSON has no NaN); where the field says
    /// `finite`, a number only.
    Float,
    /// Text.
    Text(TextFormat),
    /// The inner shape, or `null` (or nothing, where the field skips `None`). One within another is
    /// that of a [`Presence`](crate::value::Presence): the inner shape, or `null`, or no key.
    Optional(&'static Shape),
    /// A list of values of one shape.
    List(&'static Shape),
    /// A list of exactly `len` values of one shape.
    Array {
        /// The shape of each item.
        item: &'static Shape,
        /// How many there are.
        len: usize,
    },
    /// A list with one shape per place.
    Tuple(&'static [&'static Shape]),
    /// An object with any keys and values of one shape.
    Map(&'static Shape),
    /// A named type that is written as the one value it holds.
    Newtype(&'static NewtypeShape),
    /// An object with declared fields.
    Struct(&'static StructShape),
    /// One of several variants.
    Enum(&'static EnumShape),
    /// Any JSON value.
    Any,
    /// A foreign type that brings its own schema.
    Opaque(&'static OpaqueShape),
    /// A type that is being described already: the way around a cycle.
    Recursive(Recursion),
}

/// A shape that a constant cannot hold, because it contains the one that refers to it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Recursion {
    /// The type as it is written, `Self` for the type that is described: `Vec<Self>`. It stands for
    /// the shape where a constant compares.
    pub name: &'static str,
    /// The shape.
    pub shape: fn() -> &'static Shape,
}

/// What is known about a text beyond that it is text.
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

/// Where a type comes from and what it is called in schemas.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TypeName {
    /// Its name in schemas.
    pub name: &'static str,
    /// The module that declares it.
    pub module: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// Its name in Rust. Empty for a type that no lock can name: one with a const parameter.
    pub ident: &'static str,
    /// What stands for its type parameters.
    pub arguments: &'static [&'static Shape],
    /// The lock that its own declaration is held against; none where it is 0.
    pub(crate) lock: u64,
    /// The types in that lock that have its name in Rust, by path: it is one of them.
    pub(crate) locked: &'static [&'static str],
}

impl TypeName {
    /// A type of this name, declared in `module` under the same name.
    #[doc(hidden)]
    pub const fn new(name: &'static str, module: &'static str, docs: &'static str) -> Self {
        Self { name, module, docs, ident: name, arguments: &[], lock: 0, locked: &[] }
    }

    /// The same, of another name in Rust, with arguments.
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

    /// The same, held against the lock of its own package.
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
    /// What it is called.
    pub ty: TypeName,
    /// What it holds.
    pub inner: &'static Shape,
    /// Whether what it holds is sensitive, and how it is written if so.
    pub sensitivity: Option<Sensitivity>,
}

/// An object with declared fields.
#[derive(Debug)]
#[non_exhaustive]
pub struct StructShape {
    /// What it is called.
    pub ty: TypeName,
    /// Its fields, as declared.
    pub fields: &'static [FieldMeta],
}

/// One of several variants.
#[derive(Debug)]
#[non_exhaustive]
pub struct EnumShape {
    /// What it is called.
    pub ty: TypeName,
    /// How a variant is told from the others.
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
        /// The key that holds what the variant holds.
        content: &'static str,
    },
    /// What the variant holds, and nothing that says which it is: the first variant that reads a
    /// value has it.
    Untagged,
}

/// One variant of an enum.
#[derive(Debug)]
#[non_exhaustive]
pub struct VariantShape {
    /// Its name, as written.
    pub name: &'static str,
    /// Names that are read as this variant.
    pub aliases: &'static [&'static str],
    /// Its documentation.
    pub docs: &'static str,
    /// What it holds.
    pub content: VariantContent,
    /// Whether a name that is not known is read as this variant.
    pub other: bool,
    /// Whether the one value that it holds is sensitive, and how that is written if so.
    pub sensitivity: Option<Sensitivity>,
}

/// What a variant holds.
#[derive(Debug)]
pub enum VariantContent {
    /// Nothing.
    Unit,
    /// One value.
    Newtype(&'static Shape),
    /// Named fields.
    Struct(&'static [FieldMeta]),
}

/// A foreign type that brings its own schema.
#[derive(Debug)]
#[non_exhaustive]
pub struct OpaqueShape {
    /// The type's path, as rustc prints it.
    pub name: fn() -> &'static str,
    /// Its JSON Schema 2020-12 (for writing, for reading), where the feature `schema` is on.
    pub schema: Option<fn(Direction) -> serde_json::Value>,
}

/// Which side of the contract a schema is for.
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
