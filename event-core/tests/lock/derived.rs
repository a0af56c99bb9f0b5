//! The number that a derive puts together from its parts is the one of the shape as a whole.

use event_core::lock::of_shape;
use event_core::value::Presence;
use event_core::{EventValue, Str};
use std::collections::BTreeMap;

#[derive(EventValue)]
struct Plain<'a> {
    name: Str<'a>,
    #[field(alias("old"), unit = "ms", skip_none)]
    took: Option<u32>,
    #[sensitive(email)]
    contact: String,
    #[sensitive(drop)]
    secret: Option<String>,
    note: Presence<Str<'a>>,
    #[field(skip_none)]
    remark: Presence<u8>,
    #[sensitive(last4)]
    card: Presence<String>,
    #[field(finite, default)]
    ratios: Vec<f64>,
    #[cfg(any())]
    never: bool,
}

#[derive(EventValue)]
struct Newtype(Option<Plain<'static>>);

#[derive(EventValue)]
enum External {
    Unit,
    #[cfg(any())]
    Never(u8),
    Newtype(Newtype),
    Struct {
        a: [u8; 4],
        #[cfg(any())]
        never: bool,
        b: (bool, char),
    },
    #[value(other, alias("rest"))]
    Other,
}

#[derive(EventValue)]
#[value(tag = "type", rename_all = "kebab-case")]
enum Internal {
    OneThing { a: BTreeMap<String, External> },
    Nothing,
}

#[derive(EventValue)]
#[value(tag = "type", content = "data")]
enum Adjacent {
    Newtype(Internal),
    Nothing,
}

#[derive(EventValue)]
#[value(untagged)]
enum Untagged {
    Newtype(u8),
    #[cfg(any())]
    Never(bool),
    Struct {
        a: External,
    },
}

#[derive(EventValue)]
struct Tree {
    value: Adjacent,
    #[field(recursive)]
    branches: Vec<Tree>,
    #[field(recursive)]
    parent: Option<Box<Tree>>,
}

#[derive(EventValue)]
struct Forest(Vec<Forest>);

fn holds<T: EventValue>() {
    assert_eq!(T::FINGERPRINT, of_shape(T::SHAPE), "{}", std::any::type_name::<T>());
}

#[test]
fn derived_types() {
    holds::<Plain<'_>>();
    holds::<Newtype>();
    holds::<External>();
    holds::<Internal>();
    holds::<Adjacent>();
    holds::<Untagged>();
    holds::<Tree>();
    holds::<Forest>();
    holds::<Option<Box<Tree>>>();
    holds::<[Vec<BTreeMap<String, Tree>>; 3]>();
    holds::<(External, Internal)>();
}
