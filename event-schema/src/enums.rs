//! Schemas of enums: one list of words, or one branch per variant.

use crate::compiler::{Compiler, Described};
use crate::error::SchemaErrorKind;
use crate::json::Json;
use crate::keywords::Keywords;
use crate::options::Contract;
use crate::properties::Properties;
use event_core::meta::shape::{
    EnumShape, Shape, StructShape, Tagging, VariantContent, VariantShape,
};

impl Compiler {
    pub(crate) fn enumeration(&mut self, shape: &'static EnumShape) -> Described {
        if shape.tagging == Tagging::Untagged {
            return self.alternatives(shape);
        }
        let units: Vec<_> = shape.variants.iter().filter(|variant| is_unit(variant)).collect();
        let Tagging::External = shape.tagging else {
            let branches = shape.variants.iter().map(|variant| self.tagged(shape, variant));
            return Ok(
                Keywords::new().with_schemas("oneOf", branches.collect::<Described<Vec<_>>>()?)
            );
        };
        if units.len() == shape.variants.len() {
            let words = self.words(shape, &units);
            return Ok(words.with_text("description", &merged_docs(shape.ty.docs, &units)));
        }
        let mut branches = Vec::new();
        if !units.is_empty() {
            let title = match units[..] {
                [only] => title(shape, only.name),
                _ => format!("{}Unit", shape.ty.name),
            };
            let words = self.words(shape, &units).with("title", title);
            branches.push(words.with_text("description", &merged_docs("", &units)));
        }
        for variant in shape.variants {
            for name in self.names(variant) {
                branches.extend(self.keyed(shape, variant, name)?);
            }
        }
        if !self.is_write() && shape.variants.iter().any(|variant| variant.other) {
            branches.push(unknown_key(shape));
        }
        Ok(Keywords::new().with_schemas("oneOf", branches))
    }

    /// One branch per variant, for its content. A value may match several branches: the reader
    /// takes the first.
    fn alternatives(&mut self, shape: &'static EnumShape) -> Described {
        let mut branches = Vec::new();
        for variant in shape.variants {
            branches.extend(self.content(variant)?);
        }
        Ok(Keywords::new().with_schemas("anyOf", branches))
    }

    /// The names of a variant: the written name; for a reader also the aliases.
    fn names(&self, variant: &VariantShape) -> impl Iterator<Item = &'static str> + use<> {
        let aliases = if self.is_write() { &[] } else { variant.aliases };
        [variant.name].into_iter().chain(aliases.iter().copied())
    }

    /// Unit variants as words. A reader with an `other` variant accepts any word, except the name
    /// of a variant with content.
    fn words(&self, shape: &EnumShape, units: &[&'static VariantShape]) -> Keywords {
        let words = Keywords::of_type("string");
        if !self.is_write() && units.iter().any(|variant| variant.other) {
            return match holding_names(shape) {
                names if names.is_empty() => words,
                names => words.with("not", Keywords::new().with("enum", Json::texts(names))),
            };
        }
        words.with("enum", Json::texts(units.iter().flat_map(|variant| self.names(variant))))
    }

    /// `{"Variant": content}`, for a variant with content.
    fn keyed(
        &mut self,
        shape: &'static EnumShape,
        variant: &'static VariantShape,
        name: &'static str,
    ) -> Described<Option<Keywords>> {
        let Some(content) = self.content(variant)? else { return Ok(None) };
        let mut properties = Properties::new();
        properties.add(name, content, true)?;
        // The one key names the variant; a reader refuses a second key.
        Ok(Some(branch(shape, variant, name, properties.into_object(Contract::Write))))
    }

    /// `{"tag": "Variant", ..}`, internally or adjacently tagged.
    fn tagged(&mut self, shape: &'static EnumShape, variant: &'static VariantShape) -> Described {
        let mut properties = Properties::new();
        match shape.tagging {
            Tagging::Adjacent { tag, content } => {
                properties.add(tag, self.tag(shape, variant), true)?;
                match self.content(variant)? {
                    Some(schema) => properties.add(content, schema, true)?,
                    // An open object would allow any content here, and a reader would drop it. A
                    // variant for unknown names allows any content.
                    None if !self.is_write() && !variant.other => {
                        properties.add(content, Keywords::of_type("null"), false)?;
                    }
                    None => {}
                }
            }
            Tagging::Internal { tag } => {
                properties.add(tag, self.tag(shape, variant), true)?;
                match &variant.content {
                    VariantContent::Unit => {}
                    VariantContent::Struct(fields) => self.add_fields(fields, &mut properties)?,
                    VariantContent::Newtype(held) => {
                        let held =
                            held_struct(held).ok_or_else(|| SchemaErrorKind::TagWithoutKeys {
                                name: shape.ty.name.to_owned(),
                                variant: variant.name.to_owned(),
                            })?;
                        self.add_fields(held.fields, &mut properties)?;
                    }
                }
            }
            Tagging::External | Tagging::Untagged => {}
        }
        Ok(branch(shape, variant, variant.name, properties.into_object(self.options.contract)))
    }

    /// The schema of the key that holds the variant's name.
    fn tag(&self, shape: &EnumShape, variant: &'static VariantShape) -> Keywords {
        let tag = Keywords::of_type("string");
        if !self.is_write() && variant.other {
            // Exactly one branch must match, so this branch excludes the names of all others.
            let others = shape.variants.iter().filter(|known| !known.other);
            let taken: Vec<_> = others.flat_map(|known| self.names(known)).collect();
            return if taken.is_empty() {
                tag
            } else {
                tag.with("not", Keywords::new().with("enum", Json::texts(taken)))
            };
        }
        let names: Vec<_> = self.names(variant).collect();
        match names[..] {
            [only] => tag.with("const", only),
            _ => tag.with("enum", Json::texts(names)),
        }
    }

    /// The schema of the content of a variant; `None` if the variant has no content.
    fn content(&mut self, variant: &'static VariantShape) -> Described<Option<Keywords>> {
        Ok(match &variant.content {
            VariantContent::Unit => None,
            VariantContent::Newtype(held) => Some(self.value(held, false, variant.sensitivity)?),
            VariantContent::Struct(fields) => {
                let mut properties = Properties::new();
                self.add_fields(fields, &mut properties)?;
                Some(properties.into_object(self.options.contract))
            }
        })
    }
}

const fn is_unit(variant: &VariantShape) -> bool {
    matches!(variant.content, VariantContent::Unit)
}

fn branch(shape: &EnumShape, variant: &VariantShape, name: &str, schema: Keywords) -> Keywords {
    schema.with("title", title(shape, name)).with_text("description", variant.docs)
}

/// The name that generators of types give to the branch: `PaymentMethodCreditCard`.
fn title(shape: &EnumShape, variant: &str) -> String {
    let part: String = variant.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("{}{}", shape.ty.name, event_grammar::name::camel(&part))
}

/// Every name of the variants with content.
fn holding_names(shape: &EnumShape) -> Vec<&'static str> {
    names_of(shape.variants.iter().filter(|variant| !is_unit(variant)))
}

/// The names of variants, with aliases.
fn names_of<'v>(variants: impl Iterator<Item = &'v VariantShape>) -> Vec<&'static str> {
    variants
        .flat_map(|variant| [variant.name].into_iter().chain(variant.aliases.iter().copied()))
        .collect()
}

/// For a reader with an `other` variant: one key that is not the name of another variant. A unit
/// variant's name as a key would be a unit variant with content.
fn unknown_key(shape: &EnumShape) -> Keywords {
    let known = names_of(shape.variants.iter().filter(|variant| !variant.other));
    let stranger = Keywords::new().with("not", Keywords::new().with("enum", Json::texts(known)));
    let object = Keywords::of_type("object").with("minProperties", 1).with("maxProperties", 1);
    object.with("propertyNames", stranger).with("title", format!("{}Unknown", shape.ty.name))
}

/// The struct whose keys are beside the tag.
fn held_struct(shape: &'static Shape) -> Option<&'static StructShape> {
    match shape.resolve() {
        Shape::Struct(held) => Some(held),
        Shape::Newtype(newtype) => held_struct(newtype.inner),
        _ => None,
    }
}

/// The docs of an enum of words, with the docs of each word in a list below.
fn merged_docs(docs: &str, variants: &[&VariantShape]) -> String {
    let mut merged = docs.trim().to_owned();
    if variants.iter().any(|variant| !variant.docs.trim().is_empty()) {
        merged.push_str(if merged.is_empty() { "" } else { "\n\n" });
        let lines = variants.iter().map(|variant| match variant.docs.trim() {
            "" => format!("- `{}`", variant.name),
            docs => format!("- `{}`: {}", variant.name, docs.replace('\n', " ")),
        });
        merged.push_str(&lines.collect::<Vec<_>>().join("\n"));
    }
    merged
}
