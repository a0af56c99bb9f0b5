//! Declarations that have no schema, and how that is said.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::meta::shape::*;
use event_core::meta::{EventMeta, EventName, FieldMeta, GroupMeta, Member};
use event_schema::{Options, schema};
use fixture::shapes::{TEXT, named, unit};
use fixture::{event, text};

const NAME: EventName = EventName::new("page_view", "page.view", "page");

fn refused(event: &'static EventMeta) -> (&'static str, String, String) {
    let error = schema(event, Options::default()).unwrap_err();
    (error.code(), error.to_string(), error.help())
}

static HERE: Shape = Shape::Newtype(&NewtypeShape::new(named("Place", ""), TEXT));
static ELSEWHERE: Shape =
    Shape::Newtype(&NewtypeShape::new(TypeName::new("Place", "shop::elsewhere", ""), TEXT));
static ALSO_HERE: Shape = Shape::Newtype(&NewtypeShape::new(named("Place", ""), &Shape::Bool));
static AGAIN: Shape = Shape::Newtype(&NewtypeShape::new(named("Place", ""), TEXT));

#[test]
fn two_types_of_one_name() {
    static EVENT: EventMeta = event(NAME, "PageView", "").members(&[
        Member::Field(FieldMeta::new("a", "", &Shape::Recursive(Recursion::new("HERE", || &HERE)))),
        Member::Field(FieldMeta::new(
            "b",
            "",
            &Shape::List(&Shape::Recursive(Recursion::new("ELSEWHERE", || &ELSEWHERE))),
        )),
    ]);
    let (code, what, help) = refused(&EVENT);
    assert_eq!(code, "EV0101");
    assert_eq!(
        what,
        "`page_view` v1: two types are called `Place` in its schema, one from `shop::elsewhere`, \
         one from `shop::values`"
    );
    assert!(help.contains("`#[value(rename = \"OtherPlace\")]`"), "{help}");
}

#[test]
fn two_types_of_one_name_and_module() {
    static EVENT: EventMeta = event(NAME, "PageView", "").members(&[
        Member::Field(FieldMeta::new("a", "", &Shape::Recursive(Recursion::new("HERE", || &HERE)))),
        Member::Field(FieldMeta::new(
            "b",
            "",
            &Shape::Recursive(Recursion::new("ALSO_HERE", || &ALSO_HERE)),
        )),
    ]);
    assert_eq!(refused(&EVENT).0, "EV0101");
}

#[test]
fn one_type_at_two_addresses_is_one_type() {
    static EVENT: EventMeta = event(NAME, "PageView", "").members(&[
        Member::Field(FieldMeta::new("a", "", &Shape::Recursive(Recursion::new("HERE", || &HERE)))),
        Member::Field(FieldMeta::new(
            "b",
            "",
            &Shape::Recursive(Recursion::new("AGAIN", || &AGAIN)),
        )),
    ]);
    assert!(schema(&EVENT, Options::default()).is_ok());
}

#[test]
fn a_foreign_type_of_the_same_name() {
    static EVENT: EventMeta = event(NAME, "PageView", "").members(&[
        Member::Field(FieldMeta::new(
            "a",
            "",
            &Shape::Newtype(&NewtypeShape::new(named("Duration", ""), TEXT)),
        )),
        Member::Field(FieldMeta::new(
            "b",
            "",
            <std::time::Duration as event_core::value::Opaque>::SHAPE,
        )),
    ]);
    let (code, what, _) = refused(&EVENT);
    assert_eq!(code, "EV0101");
    assert!(what.contains("the schema of `core::time::Duration`"), "{what}");
}

#[test]
fn two_fields_of_one_key() {
    static GROUP: GroupMeta =
        GroupMeta::new("Context", "shop", "", &[Member::Field(text("user_id", ""))]).as_context();
    static EVENT: EventMeta = event(NAME, "PageView", "")
        .members(&[Member::Field(text("user_id", ""))])
        .context(&[&GROUP]);
    let (code, what, _) = refused(&EVENT);
    assert_eq!(
        (code, what.as_str()),
        ("EV0104", "`page_view` v1: two of its fields have the key `user_id`")
    );
}

#[test]
fn an_example_that_is_not_json() {
    static EVENT: EventMeta =
        event(NAME, "PageView", "").members(&[Member::Field(text("path", "").example("abc"))]);
    let (code, what, _) = refused(&EVENT);
    assert_eq!(
        (code, what.as_str()),
        ("EV0105", "`page_view` v1: the example of `path` is not JSON")
    );
}

#[test]
fn a_tag_beside_a_number() {
    static EVENT: EventMeta =
        event(NAME, "PageView", "").members(&[Member::Field(FieldMeta::new(
            "kind",
            "",
            &Shape::Enum(&EnumShape::new(
                named("Kind", ""),
                Tagging::Internal { tag: "type" },
                &[unit("flag", "").content(VariantContent::Newtype(&Shape::Bool))],
            )),
        ))]);
    let (code, what, _) = refused(&EVENT);
    assert_eq!(code, "EV0106");
    assert_eq!(
        what,
        "`page_view` v1: the variant `flag` of `Kind` holds no object that could have the tag"
    );
}
