//! The variants of enums: their names and their content.

use super::{Input, Object, ReadError, ReadErrorKind};
use crate::model::shape::{EnumShape, Tagging, VariantShape};
use std::borrow::Cow;

/// `"Unit"` or `{"Variant": content}`.
///
/// # Errors
///
/// Returns an error if the input is neither.
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

/// Refuses content of a variant without content: `{"Unit": content}`. Only `"Unit"` is ever
/// written, so an object comes from another variant that had this name, and reading it would drop
/// its content.
///
/// # Errors
///
/// Returns an error if the variant was found as a key.
pub fn without_key(content: Option<Input<'_>>, name: &str) -> Result<(), ReadError> {
    match content {
        None => Ok(()),
        Some(_) => Err(holds_nothing("its name as text", name)),
    }
}

/// Refuses content under the content key of a variant without content, for the same reason. `null`
/// counts as no content.
///
/// # Errors
///
/// Returns an error if there is content other than `null`.
pub fn without_content(content: Option<Input<'_>>, key: &str) -> Result<(), ReadError> {
    match content {
        Some(content) if !content.is_null() => Err(holds_nothing("no content", key)),
        _ => Ok(()),
    }
}

fn holds_nothing(expected: &'static str, key: &str) -> ReadError {
    ReadError::new(ReadErrorKind::HoldsNothing { expected }).in_field(key)
}

/// Refuses an object if the enum has a variant for unknown names and no variant has content: such
/// an enum is text, whatever its next version adds. `holding` has an item for each variant with
/// content; an item may depend on a `cfg`.
///
/// # Errors
///
/// Returns an error if the unknown variant was found as a key, and `holding` is empty.
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
/// Returns an error if the tag is missing or not text.
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
/// Returns an error if the tag is missing or not text.
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

/// The content of the variant `name`, which is required.
///
/// # Errors
///
/// Returns an error if there is no content.
pub fn content<'de>(content: Option<Input<'de>>, name: &str) -> Result<Input<'de>, ReadError> {
    content.ok_or_else(|| ReadError::new(ReadErrorKind::Missing).in_field(name))
}

impl Input<'_> {
    /// The current name of the written variant; `None` if the enum has no such variant. Does not
    /// read the content.
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
