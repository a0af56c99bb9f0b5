//! The variants of enums: which one it is, and what it holds.

use super::{Input, Object, ReadError, ReadErrorKind};
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
    let Object { mut members, depth, .. } = input.object()?;
    match (members.pop(), members.is_empty()) {
        (Some((name, raw)), true) => Ok((name, Some(Input { json: raw.get(), depth }))),
        _ => Err(ReadError::new(ReadErrorKind::Malformed { expected: "an object of one variant" })),
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
pub fn internal<'de>(input: Input<'de>, tag: &str) -> Result<(Cow<'de, str>, Object<'de>), ReadError> {
    let mut object = input.object()?;
    let missing = || ReadError::new(ReadErrorKind::Missing).in_field(tag);
    let name = object.take(tag, &[])?.ok_or_else(missing)?.text().map_err(|error| error.in_field(tag))?;
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
