//! What the compatibility engine takes when there are thousands of something.

use crate::cases::{Case, Section};
use crate::shapes::{Pair, SHAPES};

pub(crate) const SIZES: Section = Section { word: "sizes", heading: &["kind", "size"], cases };

fn cases() -> Vec<Case> {
    let of = |shape: &'static crate::shapes::Shape, size: usize| Case {
        labels: vec![shape.name.to_owned(), size.to_string()],
        expected: None,
        pair: Box::new(move || parts(shape.pair(size))),
    };
    SHAPES.iter().flat_map(|shape| shape.sizes.map(|size| of(shape, size))).collect()
}

fn parts(mut pair: Pair) -> (serde_json::Value, serde_json::Value) {
    (pair.old.take(), pair.new.take())
}
