//! Level rules and tables of steps need the names of variants, so a record must have these names.

use super::text::Text;
use crate::model::shape::{Shape, Tagging};

/// Checks that the variants of a field's type have names in the JSON.
///
/// # Panics
///
/// If they have none, while compiling.
#[track_caller]
pub const fn assert_named_variants(field: &str, shape: &'static Shape) {
    let text = Text::new().and("the variants of `").and(field).and("` are not on the wire: ");
    if shape.is_presence() {
        let text = text.and("its type is a `Presence`\nhelp: use an `Option` or a required field");
        panic!("{}", text.as_str());
    }
    if let Shape::Enum(shape) = shape.bare()
        && matches!(shape.tagging, Tagging::Untagged)
    {
        let text = text.and("its type is an `untagged` enum\nhelp: write `#[value(tag = \"type\")]` in place of `untagged`, or name an enum that is not untagged");
        panic!("{}", text.as_str());
    }
}
