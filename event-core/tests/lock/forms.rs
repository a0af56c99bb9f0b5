//! Random shapes: what is as it was breaks nothing, and no text, however broken, makes the
//! comparison panic or run on.

use crate::locked::{MODES, broken, broken_in, broken_since, event, event_of, members};
use event_core::lock::{Forms, of_event, revision_of};
use event_core::meta::shape::{
    EnumShape, NewtypeShape, Recursion, Shape, StructShape, Tagging, TextFormat, TypeName,
    VariantContent, VariantShape,
};
use event_core::meta::{EventMeta, FieldMeta, GroupMeta, Member, Role, Sensitivity};
use event_grammar::fingerprint;
use event_grammar::lock::{Lock, TypesOf};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Names of all kinds: a word, a part of another one, one that has to be quoted, one that has what
/// forms are made of.
const NAMES: [&str; 6] = ["a", "ab", "kebab-case", "two words", "it's", "{a:b},[c] \\?"];

pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

const TYPE: TypeName = TypeName::new("Type", "tests", "");

pub(crate) fn structure(fields: Vec<FieldMeta>) -> &'static Shape {
    structure_of(TYPE, fields)
}

pub(crate) fn enumeration(tagging: Tagging, variants: Vec<VariantShape>) -> &'static Shape {
    enumeration_of(TYPE, tagging, variants)
}

fn structure_of(ty: TypeName, fields: Vec<FieldMeta>) -> &'static Shape {
    leak(Shape::Struct(leak(StructShape::new(ty, fields.leak()))))
}

fn enumeration_of(ty: TypeName, tagging: Tagging, variants: Vec<VariantShape>) -> &'static Shape {
    leak(Shape::Enum(leak(EnumShape::new(ty, tagging, variants.leak()))))
}

/// A name that no other type has, or one that no lock can have.
fn type_name() -> impl Strategy<Value = TypeName> {
    prop_oneof![
        6 => any::<u32>().prop_map(|number| TypeName::new(leak(format!("Type{number}")).as_str(), "tests", "")),
        1 => Just(TYPE.declared("", &[])),
    ]
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

fn field(shape: BoxedStrategy<&'static Shape>) -> impl Strategy<Value = FieldMeta> {
    let presence = shape.clone().prop_map(|inner| {
        if inner.is_optional() { inner } else { leak(Shape::Optional(optional(inner))) }
    });
    let shape = prop_oneof![6 => shape, 1 => presence];
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
        |(shape, sensitivity, role, unit, aliases, [default, finite, skip_none])| {
            let mut field = FieldMeta::new("", "", shape)
                .role(role)
                .aliases(aliases)
                .default(default)
                .finite(finite)
                .skip_none(skip_none || shape.is_presence());
            field.sensitivity = sensitivity;
            field.unit = unit;
            field
        },
    )
}

/// Fields of different names.
pub(crate) fn fields(
    shape: BoxedStrategy<&'static Shape>,
) -> impl Strategy<Value = Vec<FieldMeta>> {
    prop::collection::btree_map(prop::sample::select(&NAMES[..]), field(shape), 0..4)
        .prop_map(|fields| fields.into_iter().map(|(name, field)| field.name(name)).collect())
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
    prop::collection::btree_map(prop::sample::select(&NAMES[..]), variant, 1..4).prop_map(
        |variants| {
            let variant = |(name, (content, aliases, other))| {
                VariantShape::new(name, "", content).aliases(aliases).other(other)
            };
            variants.into_iter().map(variant).collect()
        },
    )
}

pub(crate) fn shape() -> BoxedStrategy<&'static Shape> {
    let leaf = prop_oneof![
        Just(leak(Shape::Bool)),
        Just(leak(Shape::Float)),
        Just(leak(Shape::Any)),
        Just(leak(Shape::Integer { min: 0, max: 255 })),
        Just(leak(Shape::Integer { min: -5, max: 12 })),
        Just(leak(Shape::Integer { min: i64::MIN, max: u64::MAX })),
        Just(leak(Shape::Recursive(Recursion::new("Vec<Self>", || &Shape::Bool)))),
        text().prop_map(|format| leak(Shape::Text(format))),
    ];
    // Types of one name, as those of two versions of a crate.
    let namesake = leaf.clone().prop_map(|inner| newtype_of(TYPE, inner));
    let leaf = prop_oneof![4 => leaf, 1 => namesake];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(optional),
            (type_name(), inner.clone()).prop_map(|(ty, inner)| newtype_of(ty, inner)),
            inner.clone().prop_map(|inner| leak(Shape::List(inner))),
            inner.clone().prop_map(|inner| leak(Shape::Map(inner))),
            (inner.clone(), 0_usize..12).prop_map(|(item, len)| leak(Shape::Array { item, len })),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|items| leak(Shape::Tuple(items.leak()))),
            (type_name(), fields(inner.clone().boxed()))
                .prop_map(|(ty, fields)| structure_of(ty, fields)),
            (type_name(), tagging(), variants(inner.boxed()))
                .prop_map(|(ty, tagging, variants)| enumeration_of(ty, tagging, variants)),
        ]
    })
    .boxed()
}

/// What is optional already is not so once more: an `Option` in an `Option` is a `Presence`, the
/// type of a field.
fn optional(inner: &'static Shape) -> &'static Shape {
    if inner.is_optional() { inner } else { leak(Shape::Optional(inner)) }
}

/// A newtype; a `Presence` is in none.
fn newtype_of(ty: TypeName, inner: &'static Shape) -> &'static Shape {
    if inner.is_presence() {
        return inner;
    }
    leak(Shape::Newtype(leak(NewtypeShape::new(ty, inner))))
}

fn newtype(inner: &'static Shape) -> &'static Shape {
    newtype_of(TypeName::new("Newtype", "tests", "").declared("", &[]), inner)
}

/// A field that no other place of an event has.
fn within(place: &str, field: FieldMeta) -> FieldMeta {
    field.name(leak(format!("{place} {}", field.name)).as_str())
}

/// A group of these fields, and of a group in it.
fn group(place: &str, outer: Vec<FieldMeta>, inner: Vec<FieldMeta>) -> &'static GroupMeta {
    let of = |place: String, members: Vec<Member>| -> &'static GroupMeta {
        leak(GroupMeta::new(leak(place).as_str(), "tests", "", members.leak()))
    };
    let members = |place: &str, fields: Vec<FieldMeta>| -> Vec<Member> {
        fields.into_iter().map(|field| Member::Field(within(place, field))).collect()
    };
    let below = format!("{place}_below");
    let mut all = members(place, outer);
    if !inner.is_empty() {
        all.push(Member::Group(of(below.clone(), members(&below, inner))));
    }
    of(place.to_owned(), all)
}

/// An event with fields of its own and a group in each place.
fn events() -> impl Strategy<Value = &'static EventMeta> {
    let some = || fields(shape());
    (some(), (some(), some()), (some(), some()), (some(), some())).prop_map(
        |(own, payload, context, wide)| {
            let mut members: Vec<Member> = own.into_iter().map(Member::Field).collect();
            members.push(Member::Group(group("payload", payload.0, payload.1)));
            let context = group("context", context.0, context.1);
            event_of(members, vec![context], vec![group("wide", wide.0, wide.1)])
        },
    )
}

/// What an event is beside its fields, as a number.
fn head(event: &EventMeta) -> u64 {
    let levels =
        event.level.reachable().into_iter().fold(0, |bits, level| bits | 1_u8 << level as u8);
    fingerprint::event(event.name.dotted, event.aliases, levels)
}

/// The number of an event as a lock has it.
fn locked_number(event: &'static EventMeta) -> u64 {
    let (revision, types) = revision_of(event);
    let lock = Lock { types, ..Lock::new("tests") };
    TypesOf::of(&lock, &revision).whole_event(&revision, head(event))
}

/// The forms of all the fields of an event, every named type written out.
fn written_out(event: &'static EventMeta) -> BTreeMap<String, String> {
    let (revision, types) = revision_of(event);
    let lock = Lock { types, ..Lock::new("tests") };
    let types = TypesOf::of(&lock, &revision);
    let fields = types.fields(&revision).into_iter();
    fields.map(|(name, form)| (name, types.written_out(&form, usize::MAX))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// What the compiler leaves out of the comparison rests on this: a lock and a declaration give
    /// one number for one form.
    #[test]
    fn a_lock_gives_the_number_of_the_declaration(event in events()) {
        prop_assert_eq!(locked_number(event), of_event(event), "{:#?}", Forms::of(event));
    }

    #[test]
    fn a_field_of_a_lock_has_the_number_of_the_declaration(fields in fields(shape())) {
        for field in fields {
            let event = event(vec![field]);
            prop_assert_eq!(locked_number(event), of_event(event), "{:#?}", Forms::of(event));
        }
    }

    #[test]
    fn what_is_as_it_was_breaks_nothing(event in events()) {
        for mode in MODES {
            prop_assert_eq!(broken_since(event, event, mode), [], "{:#?}", Forms::of(event));
        }
    }

    #[test]
    fn order_and_newtypes_are_no_part_of_it(fields in fields(shape())) {
        let same: Vec<FieldMeta> =
            fields.iter().rev().map(|field| field.shape(newtype(field.shape)).docs("other")).collect();
        let (one, other) = (event(fields), event(same));
        prop_assert_eq!(written_out(one), written_out(other));
        prop_assert_eq!(of_event(one), of_event(other));
    }

    /// What a type is called is no part of it either.
    #[test]
    fn names_of_types_are_no_part_of_it(fields in fields(shape())) {
        let named: Vec<FieldMeta> = fields
            .iter()
            .map(|field| field.shape(newtype_of(TypeName::new("New", "tests", ""), field.shape)))
            .collect();
        let (one, other) = (event(fields), event(named));
        prop_assert_eq!(of_event(one), of_event(other));
        for mode in MODES {
            prop_assert_eq!(broken_since(one, other, mode), [], "{:#?}", Forms::of(one));
            prop_assert_eq!(broken_since(other, one, mode), [], "{:#?}", Forms::of(other));
        }
    }

    /// The comparison is left out where fingerprints are equal: so forms have to be.
    #[test]
    fn equal_fingerprints_are_of_equal_forms(one in fields(shape()), other in fields(shape())) {
        let (one, other) = (event(one), event(other));
        prop_assert!(of_event(one) != of_event(other) || written_out(one) == written_out(other));
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
        let forms = Forms::of(event);
        let mut was: Vec<char> = members(event).chars().collect();
        let from = at.index(was.len() + 1);
        let to = (from + cut).min(was.len());
        was.splice(from..to, with.chars());
        let was: String = was.into_iter().collect();
        for mode in MODES {
            broken_in(&was, &forms, event, mode);
        }
    }
}
