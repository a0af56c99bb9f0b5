//! From shapes to schemas.

use crate::error::SchemaErrorKind;
use crate::keywords::Keywords;
use crate::options::{Contract, Options};
use crate::properties::Properties;
use crate::types::{Named, Origin, Types};
use crate::value::SchemaOfValue;
use event_core::mask;
use event_core::meta::Sensitivity;
use event_core::meta::shape::Shape;

/// Describes the values of one event.
pub(crate) struct Compiler {
    pub(crate) options: Options,
    pub(crate) types: Types,
}

/// What describing can end in.
pub(crate) type Described<T = Keywords> = Result<T, SchemaErrorKind>;

impl Compiler {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, types: Types::new(options.dialect) }
    }

    pub(crate) fn is_write(&self) -> bool {
        self.options.contract == Contract::Write
    }

    /// The schema of a value of that shape: whose numbers are finite, where that is said, and whose
    /// texts are masked, where it has a mask.
    pub(crate) fn value(
        &mut self,
        shape: &'static Shape,
        finite: bool,
        sensitivity: Option<Sensitivity>,
    ) -> Described {
        let mask = sensitivity.and_then(mask::output);
        shape.accept(&mut SchemaOfValue { compiler: self, finite, mask })
    }

    /// Describes every named type that has been referred to, and those that they refer to.
    pub(crate) fn describe_types(&mut self) -> Described<()> {
        while let Some(named) = self.types.next() {
            let described = match named {
                Named::Newtype(newtype) => {
                    self.value(newtype.inner, false, newtype.sensitivity)?.without_bare_ref()
                }
                Named::Struct(shape) => {
                    let mut properties = Properties::new();
                    self.add_fields(shape.fields, &mut properties)?;
                    properties.into_object(self.options.contract)
                }
                Named::Enum(shape) => self.enumeration(shape)?,
            };
            let ty = named.ty();
            let described = match described.get("description") {
                Some(_) => described,
                None => described.with_text("description", ty.docs),
            };
            self.types.define(
                ty.name,
                Origin::Module(ty.module),
                described.with("title", ty.name).into(),
            )?;
        }
        Ok(())
    }
}
