//! Checks an enum: finds the variant, for each tagging, and checks its content.

use super::shape::text;
use super::value::Check;
use super::violation::{Step, Violations};
use event_core::meta::FieldMeta;
use event_core::meta::shape::{EnumShape, Shape, Tagging, VariantContent, VariantShape};
use event_core::read::{Input, Object};

impl Check {
    pub(super) fn variant(
        self,
        shape: &'static EnumShape,
        input: Input<'_>,
        violations: &mut Violations,
    ) {
        match shape.tagging {
            // An enum of unit variants is text, even if one variant has content for unknown names.
            Tagging::External if input.kind() == "text" || shape.variants.iter().all(is_unit) => {
                self.word(shape, input, violations);
            }
            Tagging::External => {
                let Some(object) = Self::object(input, violations) else { return };
                let mut members = object.into_members();
                match (members.next(), members.next()) {
                    (Some((name, content)), None) => self.keyed(shape, &name, content, violations),
                    _ => violations.say("expected an object of one variant"),
                }
            }
            Tagging::Untagged => self.alternatives(shape, input, violations),
            Tagging::Internal { tag } => {
                let Some((named, mut object)) = self.tagged(shape, tag, input, violations) else {
                    return;
                };
                if let Some(fields) = named.and_then(held_fields) {
                    self.declared(fields, &mut object, violations);
                } else if named.is_some() {
                    self.close(&object, violations);
                }
            }
            Tagging::Adjacent { tag, content } => {
                let Some((named, mut object)) = self.tagged(shape, tag, input, violations) else {
                    return;
                };
                let Some(variant) = named else { return };
                let held = object.take(content, &[]).ok().flatten();
                self.adjacent(variant, content, held, violations);
                self.close(&object, violations);
            }
        }
    }

    /// Checks `"Variant"`.
    fn word(self, shape: &'static EnumShape, input: Input<'_>, violations: &mut Violations) {
        let Some(name) = text(input, violations) else { return };
        match self.named(shape, &name) {
            Named::Declared(variant) if !is_unit(variant) => violations.say(format!(
                "the variant `{}` holds something, but only its name is written",
                variant.name
            )),
            Named::Declared(_) | Named::Other => {}
            Named::Unknown => violations.say(UNKNOWN_VARIANT),
        }
    }

    /// Checks the value at the key `content` of `{"tag": "Variant", "content": ..}`.
    fn adjacent(
        self,
        variant: &'static VariantShape,
        content: &'static str,
        held: Option<Input<'_>>,
        violations: &mut Violations,
    ) {
        match held {
            Some(_) if is_unit(variant) && self.is_write() => violations.undeclared(content),
            Some(held) if is_unit(variant) && !variant.other && !held.is_null() => {
                let what = holds_nothing(variant, "expected no content");
                violations.say_at(Step::Name(content), what);
            }
            Some(held) => violations.within(Step::Name(content), |violations| {
                self.content(variant, held, violations);
            }),
            None if !is_unit(variant) => violations.say_at(Step::Name(content), "is missing"),
            None => {}
        }
    }

    /// Checks the content of an untagged enum: the first variant that accepts it.
    fn alternatives(
        self,
        shape: &'static EnumShape,
        input: Input<'_>,
        violations: &mut Violations,
    ) {
        for variant in shape.variants {
            if let Err(error) = input.attempt() {
                return violations.say(error.to_string());
            }
            if violations.fits(|violations| self.content(variant, input, violations)) {
                return;
            }
        }
        violations.say(format!("matches no alternative of `{}`", shape.ty.name));
    }

    /// Checks `{"Variant": content}`.
    fn keyed(
        self,
        shape: &'static EnumShape,
        name: &str,
        content: Input<'_>,
        violations: &mut Violations,
    ) {
        match self.named(shape, name) {
            Named::Declared(variant) if is_unit(variant) => {
                // A reader accepts content for the variant that stands for unknown names.
                if self.is_write() || !variant.other {
                    violations.say_at(
                        spelt(variant, name),
                        holds_nothing(variant, "expected its name as text"),
                    );
                }
            }
            Named::Declared(variant) => {
                violations.within(spelt(variant, name), |violations| {
                    self.content(variant, content, violations);
                });
            }
            Named::Other => {}
            Named::Unknown => violations.say(UNKNOWN_VARIANT),
        }
    }

    /// The declared variant that the tag names, and the other keys; `None` if nothing is left to
    /// check.
    fn tagged<'de>(
        self,
        shape: &'static EnumShape,
        tag: &'static str,
        input: Input<'de>,
        violations: &mut Violations,
    ) -> Option<(Option<&'static VariantShape>, Object<'de>)> {
        let mut object = Self::object(input, violations)?;
        let Ok(Some(name)) = object.take(tag, &[]) else {
            violations.say_at(Step::Name(tag), "is missing");
            return None;
        };
        let name = violations.within(Step::Name(tag), |violations| text(name, violations))?;
        match self.named(shape, &name) {
            Named::Declared(variant) => Some((Some(variant), object)),
            Named::Other => Some((None, object)),
            Named::Unknown => {
                violations.say_at(Step::Name(tag), UNKNOWN_VARIANT);
                None
            }
        }
    }

    fn named(self, shape: &'static EnumShape, name: &str) -> Named {
        let is_it = |variant: &&VariantShape| {
            variant.name == name || (!self.is_write() && variant.aliases.contains(&name))
        };
        match shape.variants.iter().find(is_it) {
            Some(variant) => Named::Declared(variant),
            None if !self.is_write() && shape.variants.iter().any(|variant| variant.other) => {
                Named::Other
            }
            None => Named::Unknown,
        }
    }

    fn content(
        self,
        variant: &'static VariantShape,
        input: Input<'_>,
        violations: &mut Violations,
    ) {
        match &variant.content {
            VariantContent::Unit => {}
            VariantContent::Newtype(held) => {
                self.held(held, variant.sensitivity, input, violations);
            }
            VariantContent::Struct(fields) => {
                if let Some(mut object) = Self::object(input, violations) {
                    self.declared(fields, &mut object, violations);
                }
            }
        }
    }
}

/// The result of looking up a variant by name.
enum Named {
    Declared(&'static VariantShape),
    /// A reader reads it as the variant that stands for unknown names.
    Other,
    Unknown,
}

/// The key that named a variant: its name or an alias.
fn spelt(variant: &VariantShape, key: &str) -> Step {
    let alias = variant.aliases.iter().find(|alias| **alias == key);
    Step::Name(alias.copied().unwrap_or(variant.name))
}

fn holds_nothing(variant: &VariantShape, expected: &str) -> String {
    format!("the variant `{}` holds nothing: {expected}", variant.name)
}

const UNKNOWN_VARIANT: &str = "the variant is not declared";

const fn is_unit(variant: &VariantShape) -> bool {
    matches!(variant.content, VariantContent::Unit)
}

fn held_fields(variant: &'static VariantShape) -> Option<&'static [FieldMeta]> {
    match &variant.content {
        VariantContent::Unit => None,
        VariantContent::Struct(fields) => Some(fields),
        VariantContent::Newtype(held) => match held.bare().resolve() {
            Shape::Struct(held) => Some(held.fields),
            _ => None,
        },
    }
}
