//! The variants of enums: which one it is, and what it holds.

use super::{Input, Object, ReadError, ReadErrorKind};
use crate::model::shape::{EnumShape, Tagging, VariantShape};
use std::borrow::Cow;

/// `"Unit"` or `{"Variant": content}`.
///
/// # Errors
///
/// When the input is neither.
pub fn external(input: Input<'_>) -> Result<(Cow<'_, str>, Option<Input<'_>>), ReadError> {
    if input.kind() == "text" {
        return Ok((input.text()?, None));
    }
    match input.object()?.into_only() {
        Some((name, content)) => Ok((name, Some(content))),
        None => {
            Err(ReadError::new(ReadErrorKind::Malformed { expected: "an object of one variant" }))
        }
    }
}

/// Refuses an object under the name of a variant that holds nothing: `{"Unit": content}`. Only
/// `"Unit"` is written, so an object is of another variant that had the name, and reading it would
/// drop what it held.
///
/// # Errors
///
/// When the variant was found as a key.
pub fn without_key(content: Option<Input<'_>>, name: &str) -> Result<(), ReadError> {
    match content {
        None => Ok(()),
        Some(_) => Err(holds_nothing("its name as text", name)),
    }
}

/// Refuses what is under the content key of a variant that holds nothing, for the same reason.
/// `null` holds nothing either.
///
/// # Errors
///
/// When there is something other than `null`.
pub fn without_content(content: Option<Input<'_>>, key: &str) -> Result<(), ReadError> {
    match content {
        Some(content) if !content.is_null() => Err(holds_nothing("no content", key)),
        _ => Ok(()),
    }
}

fn holds_nothing(expected: &'static str, key: &str) -> ReadError {
    ReadError::new(ReadErrorKind::HoldsNothing { expected }).in_field(key)
}

/// Refuses an object where a variant stands for unknown ones, and all of them hold nothing: such an
/// enum is text, whatever its next version adds. `holding` has an item for each variant that holds
/// something; they may all be conditional.
///
/// # Errors
///
/// When the unknown variant was found as a key, and `holding` is empty.
pub fn unknown(content: Option<Input<'_>>, holding: &[bool]) -> Result<(), ReadError> {
    match content {
        Some(_) if holding.is_empty() => {
            Err(ReadError::new(ReadErrorKind::Mismatch { expected: "text", found: "an object" }))
        }
        _ => Ok(()),
    }
}

/// `{"tag": "Variant", "content": content}`
///
/// # Errors
///
/// When the tag is missing or not text.
pub fn adjacent<'de>(
    input: Input<'de>,
    tag: &str,
    content: &str,
) -> Result<(Cow<'de, str>, Option<Input<'de>>), ReadError> {
    let (name, mut object) = internal(input, tag)?;
    let content = object.take(content, &[])?;
    Ok((name, content))
}

/// `{"tag": "Variant", ..fields}`
///
/// # Errors
///
/// When the tag is missing or not text.
pub fn internal<'de>(
    input: Input<'de>,
    tag: &str,
) -> Result<(Cow<'de, str>, Object<'de>), ReadError> {
    let mut object = input.object()?;
    let missing = || ReadError::new(ReadErrorKind::Missing).in_field(tag);
    let name =
        object.take(tag, &[])?.ok_or_else(missing)?.text().map_err(|error| error.in_field(tag))?;
    Ok((name, object))
}

/// What the variant `name` holds, which must be there.
///
/// # Errors
///
/// When it is not.
pub fn content<'de>(content: Option<Input<'de>>, name: &str) -> Result<Input<'de>, ReadError> {
    content.ok_or_else(|| ReadError::new(ReadErrorKind::Missing).in_field(name))
}

impl Input<'_> {
    /// The name of the variant that is written, as it is written today; `None` for what is no
    /// variant of the enum. What a variant holds is not looked at.
    pub fn variant(self, shape: &'static EnumShape) -> Option<&'static str> {
        let named = |name: &str| {
            let is_named =
                |known: &&VariantShape| known.name == name || known.aliases.contains(&name);
            shape.variants.iter().find(is_named).map(|known| known.name)
        };
        match shape.tagging {
            Tagging::External => match self.text() {
                Ok(name) => named(&name),
                Err(_) => named(&self.object().ok()?.into_members().next()?.0),
            },
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
                named(&self.object().ok()?.take(tag, &[]).ok()??.text().ok()?)
            }
            Tagging::Untagged => None,
        }
    }
}
