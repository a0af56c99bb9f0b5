//! The values of a block: structs, newtypes and enums.

use super::{Field, Head, Mask};
use crate::parse::Docs;
use proc_macro2::Ident;
use syn::{Attribute, LitStr, Type, Visibility};

/// `#[value]`, or `#[derive(EventValue)]`
pub(crate) struct Value {
    pub(crate) head: Head,
    pub(crate) schema_name: String,
    pub(crate) skip_none: bool,
    pub(crate) default: bool,
    pub(crate) tag: Option<LitStr>,
    pub(crate) content: Option<LitStr>,
    pub(crate) untagged: Option<Ident>,
    /// `struct V;`
    pub(crate) unit: bool,
    pub(crate) body: ValueBody,
}

pub(crate) enum ValueBody {
    Struct(Vec<Field>),
    Newtype { vis: Visibility, ty: Box<Type>, held: Held, recursive: bool },
    Enum(Vec<Variant>),
}

impl VariantBody {
    pub(crate) fn fields(&self) -> &[Field] {
        match self {
            Self::Struct(fields) => fields,
            Self::Unit | Self::Newtype(_) => &[],
        }
    }
}

pub(crate) struct Variant {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) docs: Docs,
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) other: bool,
    pub(crate) body: VariantBody,
    /// The declaration of its unnamed value, if it holds one.
    pub(crate) held: Held,
}

/// The declaration of the unnamed value that a newtype or a variant holds.
#[derive(Default)]
pub(crate) struct Held {
    /// Attributes of others.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) mask: Option<Mask>,
    pub(crate) public: Option<Ident>,
}

impl Held {
    /// Whether the value is written under a mask.
    pub(crate) fn is_masked(&self) -> bool {
        self.mask.as_ref().is_some_and(Mask::is_masked)
    }
}

pub(crate) enum VariantBody {
    Unit,
    Newtype(Box<Type>),
    Struct(Vec<Field>),
}
