//! The named types of one event: each type is described once, and each name has one type.

use crate::error::SchemaErrorKind;
use crate::json::Json;
use crate::keywords::Keywords;
use crate::options::Dialect;
use event_core::meta::shape::{EnumShape, NewtypeShape, StructShape, TypeName};
use std::collections::{BTreeMap, HashSet};

/// A shape with a name.
#[derive(Clone, Copy)]
pub(crate) enum Named {
    Newtype(&'static NewtypeShape),
    Struct(&'static StructShape),
    Enum(&'static EnumShape),
}

impl Named {
    pub(crate) const fn ty(self) -> &'static TypeName {
        match self {
            Self::Newtype(shape) => &shape.ty,
            Self::Struct(shape) => &shape.ty,
            Self::Enum(shape) => &shape.ty,
        }
    }

    const fn address(self) -> *const () {
        match self {
            Self::Newtype(shape) => std::ptr::from_ref(shape).cast(),
            Self::Struct(shape) => std::ptr::from_ref(shape).cast(),
            Self::Enum(shape) => std::ptr::from_ref(shape).cast(),
        }
    }
}

/// The origin of a definition.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The module of a type with a shape.
    Module(&'static str),
    /// The schema of a foreign type. Two foreign types may share a third.
    Foreign(&'static str),
}

impl Origin {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Module(a), Self::Module(b)) => a == b,
            (Self::Foreign(_), Self::Foreign(_)) => true,
            _ => false,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Module(module) => format!("`{module}`"),
            Self::Foreign(path) => format!("the schema of `{path}`"),
        }
    }
}

/// The types that a schema names so far, and the types that still need a description.
///
/// A constant can have several addresses, and two types can have one name. So every address is
/// described, and the result must equal the definition that the name already has. Types are
/// described one after the other, not where they are found, so that recursive types end.
pub(crate) struct Types {
    dialect: Dialect,
    met: HashSet<*const ()>,
    waiting: Vec<Named>,
    definitions: BTreeMap<String, (Origin, Json)>,
}

impl Types {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, met: HashSet::new(), waiting: Vec::new(), definitions: BTreeMap::new() }
    }

    /// A reference to a named type.
    pub(crate) fn refer(&mut self, named: Named) -> Keywords {
        if self.met.insert(named.address()) {
            self.waiting.push(named);
        }
        reference(self.dialect, named.ty().name)
    }

    /// The next type to describe.
    pub(crate) fn next(&mut self) -> Option<Named> {
        self.waiting.pop()
    }

    /// Sets the definition of a name; refuses a second definition.
    pub(crate) fn define(
        &mut self,
        name: &str,
        origin: Origin,
        schema: Json,
    ) -> Result<(), SchemaErrorKind> {
        match self.definitions.get(name) {
            None => {
                self.definitions.insert(name.to_owned(), (origin, schema));
                Ok(())
            }
            Some((known, described)) if known.is(&origin) && *described == schema => Ok(()),
            Some((known, _)) => Err(SchemaErrorKind::NameClash {
                name: name.to_owned(),
                first: known.words(),
                second: origin.words(),
            }),
        }
    }

    /// All definitions, by name.
    pub(crate) fn into_definitions(self) -> Option<Json> {
        let members: Vec<_> =
            self.definitions.into_iter().map(|(name, (_, schema))| (name, schema)).collect();
        if members.is_empty() { None } else { Some(Json::Object(members)) }
    }
}

/// A reference to the definition `name`, as a JSON pointer in a URI fragment.
pub(crate) fn reference(dialect: Dialect, name: &str) -> Keywords {
    let mut target = format!("#/{}/", dialect.definitions());
    for byte in name.bytes() {
        match byte {
            // Characters of other alphabets are escaped byte by byte.
            b'~' => target.push_str("~0"),
            b'/' => target.push_str("~1"),
            b'_' | b'-' | b'.' => target.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => target.push(char::from(byte)),
            _ => target.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    Keywords::new().with("$ref", target)
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}
