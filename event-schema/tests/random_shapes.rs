//! Whatever shape a value has, its samples fit its schemas, the schemas are schemas, and what writers write readers accept.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::meta::{EventMeta, FieldMeta, Member};
use event_core::shape::*;
use event_schema::{Contract, Dialect, Form, Options, sample, schema};
use fixture::{event, shapes::named};
use proptest::prelude::*;

/// Descriptors are static; what a test makes up is never freed.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_all<T>(values: Vec<T>) -> &'static [T] {
    values.leak()
}

const NAMES: [&str; 6] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];

fn leaf() -> impl Strategy<Value = &'static Shape> {
    prop_oneof![
        Just(&Shape::Bool),
        Just(&Shape::Float),
        Just(&Shape::Any),
        (any::<i64>(), any::<u64>()).prop_map(|(min, max)| leak(Shape::Integer { min: min.min(0), max })),
        prop::sample::select(vec![
            TextFormat::Plain,
            TextFormat::Char,
            TextFormat::DateTime,
            TextFormat::Date,
            TextFormat::Uuid,
            TextFormat::Uri,
            TextFormat::Ip,
            TextFormat::Decimal,
        ])
        .prop_map(|format| leak(Shape::Text(format))),
    ]
}

fn fields(shape: impl Strategy<Value = &'static Shape> + 'static) -> impl Strategy<Value = &'static [FieldMeta]> {
    prop::collection::vec((shape, any::<[bool; 4]>()), 0..4).prop_map(|shapes| {
        let field =
            |(name, (shape, [skip_none, default, aliased, finite])): (&'static str, (_, [bool; 4]))| FieldMeta {
                skip_none,
                default,
                finite,
                aliases: if aliased { leak_all(vec![&*format!("{name}_before").leak()]) } else { &[] },
                ..FieldMeta::new(name, "", shape)
            };
        leak_all(NAMES.into_iter().zip(shapes).map(field).collect())
    })
}

fn variants(
    shape: impl Strategy<Value = &'static Shape> + Clone + 'static,
    tagging: Tagging,
) -> impl Strategy<Value = &'static [VariantShape]> {
    let newtype = match tagging {
        // Only an object has a place for the tag.
        Tagging::Internal { .. } => fields(shape.clone())
            .prop_map(|fields| VariantContent::Newtype(leak(Shape::Struct(leak(StructShape { ty: unique(), fields })))))
            .boxed(),
        _ => shape.clone().prop_map(VariantContent::Newtype).boxed(),
    };
    let content = prop_oneof![
        Just(()).prop_map(|()| VariantContent::Unit),
        newtype,
        fields(shape).prop_map(VariantContent::Struct)
    ];
    (prop::collection::vec((content, any::<bool>()), 1..5), any::<bool>()).prop_map(|(contents, other)| {
        let variant = |(name, (content, aliased)): (&'static str, (VariantContent, bool))| VariantShape {
            name,
            aliases: if aliased { leak_all(vec![&*format!("{name}_before").leak()]) } else { &[] },
            docs: "",
            content,
            other: false,
        };
        let mut variants: Vec<_> = NAMES.into_iter().zip(contents).map(variant).collect();
        if other {
            let unit = VariantContent::Unit;
            variants.push(VariantShape { name: "other", aliases: &[], docs: "", content: unit, other: true });
        }
        leak_all(variants)
    })
}

/// A name that no other type has.
fn unique() -> TypeName {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    named(format!("Type{}", NEXT.fetch_add(1, Ordering::Relaxed)).leak(), "A type.")
}

fn shape() -> impl Strategy<Value = &'static Shape> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let tagging = prop::sample::select(vec![
            Tagging::External,
            Tagging::Internal { tag: "type" },
            Tagging::Adjacent { tag: "type", content: "data" },
        ]);
        let of_inner = inner.clone();
        prop_oneof![
            inner.clone().prop_map(|shape| leak(Shape::Optional(shape))),
            inner.clone().prop_map(|shape| leak(Shape::List(shape))),
            inner.clone().prop_map(|shape| leak(Shape::Map(shape))),
            (inner.clone(), 0..3_usize).prop_map(|(shape, len)| leak(Shape::Array { item: shape, len })),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|places| leak(Shape::Tuple(leak_all(places)))),
            inner.clone().prop_map(|shape| leak(Shape::Newtype(leak(NewtypeShape { ty: unique(), inner: shape })))),
            fields(inner).prop_map(|fields| leak(Shape::Struct(leak(StructShape { ty: unique(), fields })))),
            tagging.prop_flat_map(move |tagging| {
                variants(of_inner.clone(), tagging)
                    .prop_map(move |variants| leak(Shape::Enum(leak(EnumShape { ty: unique(), tagging, variants }))))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn samples_fit(fields in fields(shape()), seed in any::<u64>()) {
        let members = leak_all(fields.iter().map(|field| Member::Field(*field)).collect());
        let event = leak(EventMeta { members, ..event(fixture::CACHE_HIT.name, "CacheHit", "") });
        let sample: serde_json::Value = serde_json::from_str(&sample::payload(event, seed)).unwrap();
        for dialect in Dialect::ALL {
            for contract in Contract::ALL {
                let options = Options { dialect, contract, form: Form::Payload, annotations: true };
                let schema = schema(event, options).unwrap().to_value();
                prop_assert!(jsonschema::meta::is_valid(&schema), "{schema:#}");
                let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
                if let Err(error) = validator.validate(&sample) {
                    prop_assert!(false, "{options:?}: {error}\n{sample:#}\n{schema:#}");
                }
            }
        }
    }
}
