//! An enum that is told apart by which key is there: a change of a type that its variants share is
//! decided, however many they are.

use crate::catalogs::*;
use event_core::meta::FieldMeta;
use event_core::meta::shape::{
    EnumShape, Shape, StructShape, Tagging, TypeName, VariantContent, VariantShape,
};

const GRAMS: FieldMeta = FieldMeta::new("grams", "", U32);
const WEIGHT: &Shape =
    &Shape::Struct(&StructShape::new(TypeName::new("Weight", "shop::parcel", ""), &[GRAMS]));
const WEIGHT_LATER: &Shape = &Shape::Struct(&StructShape::new(
    TypeName::new("Weight", "shop::parcel", ""),
    &[GRAMS, FieldMeta::new("tare", "", &Shape::Optional(U32))],
));

const fn variant(name: &'static str, weight: &'static Shape) -> VariantShape {
    VariantShape::new(name, "", VariantContent::Newtype(weight))
}

/// The steps of a parcel, each with its weight.
const fn steps(weight: &'static Shape) -> [VariantShape; 7] {
    [
        variant("Packed", weight),
        variant("Labelled", weight),
        variant("Loaded", weight),
        variant("Unloaded", weight),
        variant("Sorted", weight),
        variant("Scanned", weight),
        variant("Stored", weight),
    ]
}

const STEP: TypeName = TypeName::new("Step", "shop::parcel", "");
static STEPS: [VariantShape; 7] = steps(WEIGHT);
static STEPS_LATER: [VariantShape; 7] = steps(WEIGHT_LATER);

fn step(variants: &'static [VariantShape]) -> &'static event_core::Catalog {
    let shape = Box::leak(Box::new(EnumShape::new(STEP, Tagging::External, variants)));
    payment(&[field("step", Box::leak(Box::new(Shape::Enum(shape))))])
}

#[test]
fn an_optional_field_in_a_type_that_seven_variants_share_is_a_revision() {
    let shop = Shop::locked("alternatives", step(&STEPS));
    let diff = shop.ok(step(&STEPS_LATER), &["diff"]);
    assert!(diff.ends_with("the largest bump is revision\n"), "{diff}");
    let ran = shop.run(step(&STEPS_LATER), &["check"]);
    assert!(
        ran.err.contains("EV0222") && !ran.err.contains("EV0221") && !ran.err.contains("EV0229"),
        "{}",
        ran.err
    );
    shop.ok(step(&STEPS_LATER), &["lock"]);
    assert_eq!(shop.run(step(&STEPS_LATER), &["check", "--fail-on", "warning"]).code, 0);
}
