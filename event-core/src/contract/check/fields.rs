//! Checks the words of a field against the field's type.

use super::text::Text;
use crate::model::catalog::BlockMeta;
use crate::model::shape::{Shape, TextFormat};
use event_grammar::same;

/// A word that does not fit the type of its field.
const fn but_is(field: &str, word: &str, is: &str) -> Text {
    Text::new().and("field `").and(field).and("` has `").and(word).and("`, but is ").and(is)
}

/// Checks that a field with a unit or with `elapsed` is a number.
///
/// # Panics
///
/// If it is not, while compiling.
#[track_caller]
pub const fn assert_number(field: &str, word: &str, shape: &'static Shape) {
    if !shape.is_number() {
        let text = but_is(field, word, words(shape));
        panic!("{}", text.and("\nhelp: make it a number, or remove `").and(word).and("`").as_str());
    }
}

/// Checks that a field is optional, because `skip_none` needs a `None` to skip.
///
/// # Panics
///
/// If it is not, while compiling.
#[track_caller]
pub const fn assert_optional(field: &str, word: &str, shape: &'static Shape) {
    if !shape.is_optional() {
        let text = but_is(field, word, "not optional");
        panic!("{}", text.and("\nhelp: make it an `Option`, or remove the word").as_str());
    }
}

/// Checks that a variant of an untagged enum is not optional. In an `Option` of the enum, `null` is
/// `None`.
///
/// # Panics
///
/// If it is, while compiling.
#[track_caller]
pub const fn assert_alternative(variant: &str, own: &str, shape: &'static Shape) {
    if shape.is_optional() {
        let text = Text::new()
            .and("variant `")
            .and(variant)
            .and("` of an untagged enum cannot be `null`: in an `Option<");
        let text = text
            .and(own)
            .and(">` it would read as `None`\nhelp: hold the type without its `Option`, and write `Option<");
        panic!("{}", text.and(own).and(">` where the enum is used").as_str());
    }
}

/// Checks that the label of a metric has few values, known in advance.
///
/// # Panics
///
/// If it has not, while compiling.
#[track_caller]
pub const fn assert_bounded(field: &str, word: &str, shape: &'static Shape) {
    if !shape.is_bounded() {
        let text = but_is(field, word, words(shape));
        let text = text.and(": too many values for the label of a metric");
        panic!("{}", text.and("\nhelp: make it a `bool` or an enum of units").as_str());
    }
}

/// Checks that an entity's id is text or a whole number.
///
/// # Panics
///
/// If it is not, while compiling.
#[track_caller]
pub const fn assert_entity(field: &str, word: &str, shape: &'static Shape) {
    if !matches!(shape.bare(), Shape::Text(_) | Shape::Integer { .. }) {
        let text = but_is(field, word, words(shape));
        let text = text.and(": an entity is identified by text or a whole number");
        panic!(
            "{}",
            text.and(
                "\nhelp: mark the one field that identifies it: text, a whole number, a UUID, or a newtype of one"
            )
            .as_str()
        );
    }
}

/// Checks that a field name has one type.
///
/// # Panics
///
/// If the types differ, while compiling.
#[track_caller]
pub const fn assert_same_type(
    field: &str,
    first_owner: &str,
    first: &'static Shape,
    owner: &str,
    shape: &'static Shape,
) {
    if !first.same_type(shape) {
        let text = Text::new()
            .and("field `")
            .and(field)
            .and("` is ")
            .and(words(shape))
            .and(" in `")
            .and(owner);
        let text = text.and("`, but ").and(words(first)).and(" in `").and(first_owner);
        panic!("{}", text.and("`").and(DICTIONARY_HELP).as_str());
    }
}

pub(super) const DICTIONARY_HELP: &str = "\nhelp: one field name has one type in a catalog: use the same, rename one, or write `#[field(dictionary = \"reason\")]`";

/// A shape as a noun in a message.
pub(super) const fn words(shape: &'static Shape) -> &'static str {
    match shape.bare() {
        Shape::Bool => "a `bool`",
        Shape::Integer { min, max } => match (*min, *max) {
            (0, 0xff) => "`u8`",
            (0, 0xffff) => "`u16`",
            (0, 0xffff_ffff) => "`u32`",
            (0, u64::MAX) => "`u64`",
            (-0x80, _) => "`i8`",
            (-0x8000, _) => "`i16`",
            (-0x8000_0000, _) => "`i32`",
            _ => "`i64`",
        },
        Shape::Float => "a floating-point number",
        Shape::Text(format) => match format {
            TextFormat::Plain => "text",
            TextFormat::Char => "a character",
            TextFormat::DateTime => "a time",
            TextFormat::Date => "a date",
            TextFormat::Uuid => "a UUID",
            TextFormat::Uri => "a URL",
            TextFormat::Ipv4 | TextFormat::Ipv6 | TextFormat::Ip => "an IP address",
            TextFormat::Decimal => "a decimal number",
        },
        Shape::List(_) => "a list",
        Shape::Array { .. } => "an array",
        Shape::Tuple(_) => "a tuple",
        Shape::Map(_) => "a map",
        Shape::Struct(shape) => shape.ty.name,
        Shape::Enum(shape) => shape.ty.name,
        Shape::Any => "any JSON",
        Shape::Opaque(_) => "an opaque type",
        _ => "a type",
    }
}

/// Checks that a free event's name matches the domain that it names. `action` is empty for a name
/// without an action.
///
/// # Panics
///
/// If it does not, while compiling.
#[track_caller]
pub const fn assert_domain(
    block: &'static BlockMeta,
    name: &str,
    event: &str,
    action: &str,
    has_status: bool,
) {
    let Some(domain) = block.domain else {
        panic!(
            "this is an event, not a domain\nhelp: name the `#[domain]` enum of an `events!` block"
        );
    };
    if !same(domain.name, name) {
        let text =
            Text::new().and("the domain is called `").and(domain.name).and("`, not `").and(name);
        panic!(
            "{}",
            text.and("`\nhelp: write the path to the enum itself; if the enum has a `rename`, begin `name(..)` with that name").as_str()
        );
    }
    if !has_status && !domain.optional_status {
        lacks("status", event, domain.name);
    }
    if action.is_empty() {
        if !domain.optional_action {
            lacks("action", event, domain.name);
        }
        return;
    }
    let mut at = 0;
    while at < domain.actions.len() {
        if same(domain.actions[at].0, action) {
            return;
        }
        at += 1;
    }
    let text = Text::new()
        .and("event name `")
        .and(event)
        .and("` has the unknown action `")
        .and(action)
        .and("`");
    let text = known(text, domain.actions)
        .and("\nhelp: actions are the variants of the domain's enum: add it there");
    panic!("{}", text.as_str());
}

/// Reports a name that lacks a part required by the domain.
#[track_caller]
const fn lacks(part: &str, event: &str, domain: &str) -> ! {
    let text = Text::new().and("event name `").and(event).and("` has no ").and(part);
    let text = text.and(", which the domain `").and(domain).and("` requires");
    let text = text.and("\nhelp: if that is intended, write `#[domain(optional(").and(part);
    panic!("{}", text.and("))]` there").as_str());
}

/// Adds the list of known words, if the list is short enough to read.
const fn known(text: Text, words: &[(&str, &str)]) -> Text {
    const LISTED: usize = 9;
    if words.is_empty() || words.len() > LISTED {
        return text;
    }
    let mut text = text.and("; known: ");
    let mut at = 0;
    while at < words.len() {
        text = text.and(if at == 0 { "`" } else { ", `" }).and(words[at].0).and("`");
        at += 1;
    }
    text
}
