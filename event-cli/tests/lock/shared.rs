//! A type that two events have: what `check`, `accept` and `lock` say of it once.

use crate::catalogs::*;
use event_core::Catalog;
use event_core::meta::FieldMeta;
use event_core::meta::shape::{Shape, StructShape, TypeName};

const fn user(fields: &'static [FieldMeta]) -> StructShape {
    StructShape::new(TypeName::new("User", "shop::model", ""), fields)
}

const LOGIN: FieldMeta = FieldMeta::new("login", "", TEXT);
const EMAIL: FieldMeta = FieldMeta::new("email", "", MAYBE_TEXT);
static USER: Shape = Shape::Struct(&user(&[FieldMeta::new("id", "", I64), LOGIN]));
static USER_NARROWER: Shape = Shape::Struct(&user(&[FieldMeta::new("id", "", U32), LOGIN, EMAIL]));
static USER_WITH_NUMBER: Shape = Shape::Struct(&user(&[
    FieldMeta::new("id", "", U32),
    LOGIN,
    FieldMeta::new("email", "", &Shape::Optional(U32)),
]));

/// Two events of a user, as this shape has it.
fn shop(user: &'static Shape) -> &'static Catalog {
    let payment = event(PAYMENT, vec![field("amount", I64), field("buyer", user)].leak());
    let order = event(ORDER, vec![field("seller", user)].leak());
    catalog(&[Box::leak(Box::new(payment)), Box::leak(Box::new(order))])
}

#[test]
fn a_break_in_a_type_is_found_and_accepted_once() {
    let (shop_of, later) = (Shop::locked("shared", shop(&USER)), shop(&USER_NARROWER));
    let ran = shop_of.run(later, &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 1), "{}", ran.err);
    for part in [
        "`shop::model::User`",
        "payment_failed@1",
        "order_failed@1",
        "it was `i64`, it is `u32`",
        "accept shop::model::User type-changed id --reason",
    ] {
        assert!(ran.err.contains(part), "{part}\n{}", ran.err);
    }
    let accepted = shop_of.ok(
        later,
        &["accept", "shop::model::User", "type-changed", "id", "--reason", "never below 0"],
    );
    assert!(
        accepted.contains("payment_failed@1") && accepted.contains("order_failed@1"),
        "{accepted}"
    );
    assert_eq!(
        shop_of.ok(later, &["lock"]),
        "recorded order_failed@1 as revision 1 (`seller`)\nrecorded payment_failed@1 as revision 1 (`buyer`)\n"
    );
    let ran = shop_of.run(later, &["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = shop_of.run(shop(&USER_WITH_NUMBER), &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 1), "{}", ran.err);
    assert!(
        ran.err.contains("`shop::model::User` is locked, and `email` changed its type"),
        "only the second revision has it\n{}",
        ran.err
    );
    let list = shop_of.ok(later, &["accept", "--list"]);
    assert!(
        list.starts_with(
            "shop::model::User (2 versions: `order_failed@1`, `payment_failed@1`)  type-changed \
             id  until "
        ),
        "{list}"
    );
    assert_eq!(list.lines().count(), 1, "{list}");
    shop_of.ok(later, &["accept", "--remove", "shop::model::User", "type-changed", "id"]);
    let ran = shop_of.run(later, &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 1), "{}", ran.err);
}

#[test]
fn each_break_in_a_type_is_a_finding() {
    static OTHER: Shape =
        Shape::Struct(&user(&[FieldMeta::new("id", "", U32), FieldMeta::new("login", "", I64)]));
    let ran = Shop::locked("shared-two", shop(&USER)).run(shop(&OTHER), &["check"]);
    assert_eq!((ran.code, ran.err.matches("error[").count()), (100, 2), "{}", ran.err);
    assert!(
        ran.err.contains("`id` changed its type") && ran.err.contains("`login` changed its type"),
        "{}",
        ran.err
    );
}

#[test]
fn only_a_type_that_breaks_by_the_rule_is_accepted() {
    let (shop_of, later) = (Shop::locked("shared-refused", shop(&USER)), shop(&USER_NARROWER));
    let before = shop_of.text();
    for args in [
        ["accept", "shop::model::Users", "type-changed", "id"],
        ["accept", "shop::model::User", "field-removed", "id"],
        ["accept", "shop::model::User", "type-changed", "login"],
    ] {
        let ran = shop_of.run(later, &[&args[..], &["--reason", "r"]].concat());
        assert_eq!(ran.code, 101, "{args:?}\n{}", ran.err);
        assert!(ran.err.contains("help: "), "{}", ran.err);
        assert_eq!(shop_of.text(), before, "{args:?}");
    }
}
