//! Random shapes: what is as it was breaks nothing, and no text, however broken, makes the comparison panic or run on.

use crate::published::{MODES, broken, event, members};
use event_core::lock::of_event;
use event_core::meta::{FieldMeta, Role, Sensitivity};
use event_core::shape::{
    EnumShape, NewtypeShape, Recursion, Shape, StructShape, Tagging, TextFormat, TypeName, VariantContent, VariantShape,
};
use proptest::prelude::*;

/// Names of all kinds: a word, a part of another one, one that has to be quoted, one that has what forms are made of.
const NAMES: [&str; 6] = ["a", "ab", "kebab-case", "two words", "it's", "{a:b},[c] \\?"];

pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

const TYPE: TypeName = TypeName { name: "Type", module: "tests", docs: "" };

pub(crate) fn structure(fields: Vec<FieldMeta>) -> &'static Shape {
    leak(Shape::Struct(leak(StructShape { ty: TYPE, fields: fields.leak() })))
}

pub(crate) fn enumeration(tagging: Tagging, variants: Vec<VariantShape>) -> &'static Shape {
    leak(Shape::Enum(leak(EnumShape { ty: TYPE, tagging, variants: variants.leak() })))
}

fn text() -> impl Strategy<Value = TextFormat> {
    prop_oneof![
        Just(TextFormat::Plain),
        Just(TextFormat::Char),
        Just(TextFormat::DateTime),
        Just(TextFormat::Uuid),
        Just(TextFormat::Ipv4),
        Just(TextFormat::Ip),
    ]
}

fn tagging() -> impl Strategy<Value = Tagging> {
    let name = || prop::sample::select(&NAMES[..]);
    prop_oneof![
        Just(Tagging::External),
        name().prop_map(|tag| Tagging::Internal { tag }),
        (name(), name()).prop_map(|(tag, content)| Tagging::Adjacent { tag, content }),
    ]
}

fn aliases() -> impl Strategy<Value = &'static [&'static str]> {
    prop::collection::btree_set(prop::sample::select(&["old", "older", "the, oldest"][..]), 0..3)
        .prop_map(|names| &*names.into_iter().collect::<Vec<_>>().leak())
}

fn field(shape: impl Strategy<Value = &'static Shape>) -> impl Strategy<Value = FieldMeta> {
    let sensitivity = prop::option::weighted(
        0.2,
        prop_oneof![
            Just(Sensitivity::Redact),
            Just(Sensitivity::Last4),
            Just(Sensitivity::Hash),
            Just(Sensitivity::Clear { reason: "support calls back" }),
        ],
    );
    let role = prop_oneof![
        4 => Just(Role::Plain),
        1 => Just(Role::Entity { kind: "order" }),
        1 => Just(Role::Entity { kind: "two words" }),
        1 => Just(Role::EntityVersion),
        1 => Just(Role::Before),
    ];
    let unit = prop::option::weighted(0.2, prop::sample::select(&["ms", "m/s"][..]));
    (shape, sensitivity, role, unit, aliases(), any::<[bool; 3]>()).prop_map(
        |(shape, sensitivity, role, unit, aliases, [default, finite, skip_none])| FieldMeta {
            sensitivity,
            role,
            unit,
            aliases,
            default,
            finite,
            skip_none,
            ..FieldMeta::new("", "", shape)
        },
    )
}

/// Fields of different names.
pub(crate) fn fields(shape: BoxedStrategy<&'static Shape>) -> impl Strategy<Value = Vec<FieldMeta>> {
    prop::collection::btree_map(prop::sample::select(&NAMES[..]), field(shape), 0..4)
        .prop_map(|fields| fields.into_iter().map(|(name, field)| FieldMeta { name, ..field }).collect())
}

fn content(shape: BoxedStrategy<&'static Shape>) -> impl Strategy<Value = VariantContent> {
    prop_oneof![
        Just(()).prop_map(|()| VariantContent::Unit),
        shape.clone().prop_map(VariantContent::Newtype),
        fields(shape).prop_map(|fields| VariantContent::Struct(fields.leak())),
    ]
}

fn variants(shape: BoxedStrategy<&'static Shape>) -> impl Strategy<Value = Vec<VariantShape>> {
    let variant = (content(shape), aliases(), any::<bool>());
    prop::collection::btree_map(prop::sample::select(&NAMES[..]), variant, 1..4).prop_map(|variants| {
        let variant = |(name, (content, aliases, other))| VariantShape { name, aliases, docs: "", content, other };
        variants.into_iter().map(variant).collect()
    })
}

pub(crate) fn shape() -> BoxedStrategy<&'static Shape> {
    let leaf = prop_oneof![
        Just(leak(Shape::Bool)),
        Just(leak(Shape::Float)),
        Just(leak(Shape::Any)),
        Just(leak(Shape::Integer { min: 0, max: 255 })),
        Just(leak(Shape::Integer { min: -5, max: 12 })),
        Just(leak(Shape::Integer { min: i64::MIN, max: u64::MAX })),
        Just(leak(Shape::Recursive(Recursion { name: "Vec<Self>", shape: || &Shape::Bool }))),
        text().prop_map(|format| leak(Shape::Text(format))),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| match inner {
                // What is optional twice is written as if it were once.
                Shape::Optional(_) => inner,
                inner => leak(Shape::Optional(inner)),
            }),
            inner.clone().prop_map(|inner| leak(Shape::List(inner))),
            inner.clone().prop_map(|inner| leak(Shape::Map(inner))),
            (inner.clone(), 0_usize..12).prop_map(|(item, len)| leak(Shape::Array { item, len })),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|items| leak(Shape::Tuple(items.leak()))),
            fields(inner.clone().boxed()).prop_map(structure),
            (tagging(), variants(inner.boxed())).prop_map(|(tagging, variants)| enumeration(tagging, variants)),
        ]
    })
    .boxed()
}

fn newtype(inner: &'static Shape) -> &'static Shape {
    leak(Shape::Newtype(leak(NewtypeShape { ty: TYPE, inner })))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_as_it_was_breaks_nothing(fields in fields(shape())) {
        let event = event(fields);
        let was = members(event);
        for mode in MODES {
            prop_assert_eq!(broken(&was, event, mode), [], "{}", was);
        }
    }

    #[test]
    fn order_and_newtypes_are_no_part_of_it(fields in fields(shape())) {
        let same: Vec<FieldMeta> =
            fields.iter().rev().map(|field| FieldMeta { shape: newtype(field.shape), docs: "other", ..*field }).collect();
        let (one, other) = (event(fields), event(same));
        prop_assert_eq!(members(one), members(other));
        prop_assert_eq!(of_event(one), of_event(other));
    }

    /// The comparison is left out where fingerprints are equal: so forms have to be.
    #[test]
    fn equal_fingerprints_are_of_equal_forms(one in fields(shape()), other in fields(shape())) {
        let (one, other) = (event(one), event(other));
        prop_assert!(of_event(one) != of_event(other) || members(one) == members(other));
    }

    #[test]
    fn a_text_that_is_no_form_ends_the_comparison(fields in fields(shape()), was in "[a-z0-9{}\\[\\]()<>,;:'\\\\?^. ]{0,60}") {
        let event = event(fields);
        for mode in MODES {
            broken(&was, event, mode);
        }
    }

    #[test]
    fn any_text_ends_the_comparison(fields in fields(shape()), was in any::<String>()) {
        broken(&was, event(fields), 3);
    }

    #[test]
    fn a_form_that_is_cut_or_patched_ends_the_comparison(
        one in fields(shape()), at in any::<prop::sample::Index>(), with in "[a-z{}\\[\\]()<>,:'\\\\ ]{0,3}", cut in 0_usize..4,
    ) {
        let event = event(one);
        let mut was: Vec<char> = members(event).chars().collect();
        let from = at.index(was.len() + 1);
        let to = (from + cut).min(was.len());
        was.splice(from..to, with.chars());
        let was: String = was.into_iter().collect();
        for mode in MODES {
            broken(&was, event, mode);
        }
    }
}
