//! Every single change of a form gives another number, and no two changes the same.

use crate::forms::{enumeration, leak, structure};
use crate::locked::{event, members};
use event_core::lock::of_event;
use event_core::meta::shape::{Shape, Tagging, TextFormat, VariantContent, VariantShape};
use event_core::meta::{EventMeta, FieldMeta, Role, Sensitivity};
use std::collections::BTreeMap;

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);
const BYTE: &Shape = &Shape::Integer { min: 0, max: 255 };

fn field(name: &'static str, shape: &'static Shape) -> FieldMeta {
    FieldMeta::new(name, "", shape)
}

fn variant(name: &'static str, content: VariantContent) -> VariantShape {
    VariantShape::new(name, "", content)
}

/// Changes of one field's type.
fn shapes() -> Vec<&'static Shape> {
    [scalars(), nested(), taggings(), variants()].concat()
}

fn scalars() -> Vec<&'static Shape> {
    let scalars = [
        Shape::Bool,
        Shape::Float,
        Shape::Any,
        Shape::Integer { min: 0, max: 65535 },
        Shape::Integer { min: -128, max: 127 },
        Shape::Integer { min: 0, max: 254 },
        Shape::Text(TextFormat::Char),
        Shape::Text(TextFormat::DateTime),
        Shape::Text(TextFormat::Date),
        Shape::Text(TextFormat::Uuid),
        Shape::Text(TextFormat::Uri),
        Shape::Text(TextFormat::Ipv4),
        Shape::Text(TextFormat::Ipv6),
        Shape::Text(TextFormat::Ip),
        Shape::Text(TextFormat::Decimal),
    ];
    scalars.into_iter().map(leak).collect()
}

fn nested() -> Vec<&'static Shape> {
    let mut shapes = Vec::new();
    for inner in [TEXT, BYTE] {
        shapes.push(leak(Shape::List(inner)));
        shapes.push(leak(Shape::Map(inner)));
        shapes.push(leak(Shape::Tuple(leak([inner]))));
        shapes.push(leak(Shape::Tuple(leak([inner, inner]))));
        shapes.push(leak(Shape::Array { item: inner, len: 1 }));
        shapes.push(leak(Shape::Array { item: inner, len: 2 }));
        shapes.push(leak(Shape::List(leak(Shape::List(inner)))));
        shapes.push(leak(Shape::List(leak(Shape::Optional(inner)))));
        shapes.push(leak(Shape::Optional(leak(Shape::List(inner)))));
        shapes.push(structure(vec![field("a", inner)]));
        shapes.push(structure(vec![field("b", inner)]));
        shapes.push(structure(vec![field("a", inner), field("b", inner)]));
    }
    shapes.push(leak(Shape::Tuple(leak([TEXT, BYTE]))));
    shapes.push(leak(Shape::Tuple(leak([BYTE, TEXT]))));
    shapes.push(structure(vec![field("a", TEXT), field("b", BYTE)]));
    shapes.push(structure(vec![field("a", BYTE), field("b", TEXT)]));
    shapes
}

fn taggings() -> Vec<&'static Shape> {
    let taggings = [
        Tagging::External,
        Tagging::Internal { tag: "a" },
        Tagging::Internal { tag: "b" },
        Tagging::Adjacent { tag: "a", content: "b" },
        Tagging::Adjacent { tag: "b", content: "a" },
    ];
    let of_two = |tagging| {
        enumeration(
            tagging,
            vec![variant("a", VariantContent::Unit), variant("b", VariantContent::Unit)],
        )
    };
    taggings.map(of_two).to_vec()
}

fn variants() -> Vec<&'static Shape> {
    let of_variants = |variants| enumeration(Tagging::External, variants);
    vec![
        of_variants(vec![
            variant("a", VariantContent::Newtype(TEXT)),
            variant("b", VariantContent::Unit),
        ]),
        of_variants(vec![
            variant("a", VariantContent::Unit),
            variant("b", VariantContent::Newtype(TEXT)),
        ]),
        of_variants(vec![variant("a", VariantContent::Struct(leak([field("a", TEXT)])))]),
        of_variants(vec![variant("a", VariantContent::Newtype(structure(vec![field("a", TEXT)])))]),
        of_variants(vec![variant("a", VariantContent::Unit).other(true)]),
        of_variants(vec![variant("a", VariantContent::Unit).aliases(&["b"])]),
        of_variants(vec![variant("a", VariantContent::Unit)]),
    ]
}

/// Changes of what a field says.
fn words() -> Vec<FieldMeta> {
    let plain = field("value", BYTE);
    let optional = field("value", leak(Shape::Optional(BYTE)));
    let masked = |sensitivity| plain.sensitivity(sensitivity);
    vec![
        plain,
        optional,
        optional.skip_none(true),
        field("value", leak(Shape::Optional(leak(Shape::Optional(BYTE))))),
        plain.default(true),
        plain.finite(true),
        plain.unit("ms"),
        plain.unit("s"),
        plain.aliases(&["old"]),
        plain.aliases(&["old", "older"]),
        plain.name("other"),
        plain.role(Role::Entity { kind: "ms" }),
        plain.role(Role::Entity { kind: "order" }),
        plain.role(Role::EntityVersion),
        plain.role(Role::Before),
        plain.role(Role::After),
        masked(Sensitivity::Redact),
        masked(Sensitivity::Email),
        masked(Sensitivity::Last4),
        masked(Sensitivity::Card),
        masked(Sensitivity::Hash),
        masked(Sensitivity::Ip),
        masked(Sensitivity::Drop),
        masked(Sensitivity::Custom { name: "Iban" }),
        masked(Sensitivity::Clear { reason: "support calls back" }),
    ]
}

#[test]
fn one_change_gives_another_number() {
    let mut events: Vec<&'static EventMeta> =
        words().into_iter().map(|field| event(vec![field])).collect();
    events.extend(shapes().into_iter().map(|shape| event(vec![field("value", shape)])));
    events.push(event(vec![]));
    events.push(event(vec![field("value", BYTE), field("other", BYTE)]));
    let base = event(vec![field("value", BYTE)]);
    let count = events.len();
    assert!(count > 50);
    let mut known: BTreeMap<u64, String> = BTreeMap::new();
    for event in events {
        let form = members(event);
        if let Some(before) = known.insert(of_event(event), form.clone()) {
            panic!("`{before}` and `{form}` have one number");
        }
    }
    assert_eq!(known.len(), count);
    // And of the event itself.
    for changed in [
        base.clone().aliases(&[]),
        base.clone().level(event_core::meta::LevelRule::Fixed(event_core::Level::Info)),
        base.clone().name(base.name.dotted("probe.ran")),
    ] {
        assert!(!known.contains_key(&of_event(leak(changed))));
    }
}
