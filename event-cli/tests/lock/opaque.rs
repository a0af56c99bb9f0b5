//! Opaque fields: what their schemas write needs a decision before it is locked.

use crate::catalogs::*;
use event_core::meta::shape::{Direction, OpaqueShape, Shape, StructShape, TypeName};
use event_core::meta::{EventMeta, FieldMeta, GroupMeta, Member, Sensitivity};
use serde_json::{Value, json};

fn login(direction: Direction) -> Value {
    // What is only read is not written.
    let read = (direction == Direction::Read).then(|| json!({ "ssn": { "type": "string" } }));
    json!({
        "title": "Login",
        "type": "object",
        "properties": { "user": { "$ref": "#/$defs/User" }, "hints": { "items": { "anyOf": [{ "properties": { "api-key": {} } }] } } },
        "additionalProperties": { "properties": read.unwrap_or_default() },
        "$defs": { "User": { "type": "object", "properties": { "userPassword": { "type": "string" } } } }
    })
}

const LOGIN: &Shape = &Shape::Opaque(
    &OpaqueShape::new(|| "vendor::auth::Login<alloc::string::String>").schema(login),
);
const MAYBE_LOGIN: &Shape = &Shape::Optional(LOGIN);

const CLIENT: &Shape = &Shape::Struct(&StructShape::new(
    TypeName::new("Client", "shop", ""),
    &[FieldMeta::new("login", "", MAYBE_LOGIN)],
));

#[test]
fn a_name_that_looks_sensitive_in_a_schema_is_a_finding_of_check() {
    let shop = Shop::locked("opaque-check", payment(FIRST));
    let later = payment(&[field("amount", I64), field("note", MAYBE_TEXT), field("login", LOGIN)]);
    let ran = shop.run(later, &["check", "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let finding = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "EV0108")
        .unwrap();
    assert_eq!(
        (ran.code, &finding["severity"], &finding["field"]),
        (100, &json!("error"), &json!("login"))
    );
    assert_eq!(finding["event"], json!({ "name": "payment_failed", "version": 1 }));
    assert_eq!(
        finding["message"],
        "the opaque field `login` of `payment_failed` v1 has names in its schema that look \
         sensitive: `userPassword` at `/$defs/User/properties/userPassword`, `api-key` at \
         `/properties/hints/items/anyOf/0/properties/api-key`"
    );
    assert_eq!(
        finding["help"],
        "mask the whole value with `#[sensitive(redact)]`, `hash` or `drop`; or declare `Login` \
         with `#[derive(EventValue)]` and mask its fields; or state that nothing in it is \
         sensitive with `#[field(opaque, public)]`"
    );
    let pointers = &finding["pointers"];
    assert_eq!(
        pointers,
        &json!([
            "/$defs/User/properties/userPassword",
            "/properties/hints/items/anyOf/0/properties/api-key"
        ])
    );
    assert_eq!((&finding["file"], &finding["line"]), (&json!("src/payment.rs"), &json!(3)));
}

#[test]
fn lock_records_nothing_while_there_is_one() {
    let shop = Shop::new("opaque-lock");
    let before = shop.everything();
    for args in
        [&["lock"][..], &["lock", "--dry-run"], &["lock", "--check"], &["lock", "payment_failed@1"]]
    {
        let ran = shop.run(payment(&[field("login", MAYBE_LOGIN)]), args);
        assert!(
            ran.code == 100 && ran.err.contains("error[EV0108]"),
            "{args:?} {}{}",
            ran.out,
            ran.err
        );
        assert_eq!(shop.everything().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    }
}

#[test]
fn a_decision_at_the_field_is_enough() {
    let login = FieldMeta::new("login", "", MAYBE_LOGIN);
    let clear = Sensitivity::Clear { reason: "the support desk asks for it" };
    for (at, field) in [login.sensitivity(clear), login.public(true)].into_iter().enumerate() {
        let member = Member::Field(field);
        let shop =
            Shop::locked(&format!("opaque-decided-{at}"), payment(std::slice::from_ref(&member)));
        assert_eq!(shop.run(payment(&[member]), &["check"]).code, 0);
    }
}

#[test]
fn a_field_of_a_shared_type_or_group_is_one_finding() {
    static GROUP: GroupMeta = GroupMeta::new("Session", "shop", "", &[field("login", LOGIN)]);
    static PAYMENT: EventMeta =
        event(crate::catalogs::PAYMENT, &[Member::Group(&GROUP), field("client", CLIENT)]);
    static ORDER: EventMeta = event(crate::catalogs::ORDER, &[]).wide(&[&GROUP]);
    static CART: EventMeta =
        event(crate::catalogs::CART, &[field("client", CLIENT)]).context(&[&GROUP]);
    static OLD: EventMeta = event(crate::catalogs::CART, &[field("old", LOGIN)]).latest(false);
    let shop = Shop::new("opaque-shared");
    let ran = shop.run(catalog(&[&PAYMENT, &ORDER, &CART, &OLD]), &["lock"]);
    let told: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(told.len(), 2, "{}", ran.err);
    assert!(
        told[0]
            .contains("the opaque field `login` of `payment_failed` v1, and of 2 other events has"),
        "{}",
        told[0]
    );
    assert!(
        told[1].contains(
            "the opaque field `client.login` of `payment_failed` v1, and of another event has"
        ),
        "{}",
        told[1]
    );
}
