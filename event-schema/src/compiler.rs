//! Compiles shapes to schemas.

use crate::error::SchemaErrorKind;
use crate::keywords::Keywords;
use crate::options::{Contract, Options};
use crate::properties::Properties;
use crate::types::{Named, Origin, Types};
use crate::value::SchemaOfValue;
use event_core::mask;
use event_core::meta::Sensitivity;
use event_core::meta::shape::Shape;

/// Compiles the values of one event.
pub(crate) struct Compiler {
    pub(crate) options: Options,
    pub(crate) types: Types,
}

/// The result of a compilation.
pub(crate) type Described<T = Keywords> = Result<T, SchemaErrorKind>;

impl Compiler {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, types: Types::new(options.dialect) }
    }

    pub(crate) fn is_write(&self) -> bool {
        self.options.contract == Contract::Write
    }

    /// The schema of a value of this shape. `finite` says that numbers in it are finite. With a
    /// mask, texts have the form of the masked value.
    pub(crate) fn value(
        &mut self,
        shape: &'static Shape,
        finite: bool,
        sensitivity: Option<Sensitivity>,
    ) -> Described {
        let mask = sensitivity.and_then(mask::output);
        shape.accept(&mut SchemaOfValue { compiler: self, finite, mask })
    }

    /// Compiles every named type that a reference names, and the types that those refer to.
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
