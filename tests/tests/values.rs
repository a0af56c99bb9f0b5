//! Value types in every form that they can be written, round trip: what is encoded has the declared
//! shape and reads back.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::EventValue;
use event_core::meta::shape::{Shape, Tagging, VariantContent};
use event_core::read::{Input, ReadErrorKind};
use event_core::value::Encoder;

fn written<T: EventValue>(value: &T) -> String {
    let mut out = Encoder::new();
    value.encode(&mut out);
    String::from_utf8(out.bytes().to_vec()).unwrap()
}

fn read<T: EventValue>(json: &str) -> Result<T, event_core::read::ReadError> {
    T::read(Input::parse(json).unwrap())
}

/// What is written is `json`, and `json` reads as what was written.
fn round_trip<T: EventValue + PartialEq + std::fmt::Debug>(value: T, json: &str) {
    assert_eq!(written(&value), json);
    assert_eq!(read::<T>(json).unwrap(), value, "{json}");
}

#[derive(EventValue, PartialEq)]
enum External {
    Unit,
    Newtype(u8),
    Struct { first_name: String, nick: Option<String> },
}

#[test]
fn external() {
    round_trip(External::Unit, r#""Unit""#);
    round_trip(External::Newtype(7), r#"{"Newtype":7}"#);
    round_trip(
        External::Struct { first_name: "Ada".into(), nick: None },
        r#"{"Struct":{"first_name":"Ada","nick":null}}"#,
    );
    assert_eq!(
        *read::<External>(r#""Nothing""#).unwrap_err().kind(),
        ReadErrorKind::UnknownVariant
    );
}

#[derive(EventValue, PartialEq)]
#[value(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", skip_none)]
enum Internal {
    OnTime,
    RunningLate {
        minutes: u32,
        #[field(rename = "why", alias("reason"))]
        cause: Option<String>,
    },
    #[value(rename = "gone", alias("left", "away"))]
    Departed,
    #[value(other)]
    Unheard,
}

#[test]
fn internal() {
    round_trip(Internal::OnTime, r#"{"kind":"ON_TIME"}"#);
    round_trip(
        Internal::RunningLate { minutes: 3, cause: None },
        r#"{"kind":"RUNNING_LATE","minutes":3}"#,
    );
    round_trip(Internal::Departed, r#"{"kind":"gone"}"#);
    assert_eq!(read::<Internal>(r#"{"kind":"away"}"#).unwrap(), Internal::Departed);
    assert_eq!(read::<Internal>(r#"{"kind":"cancelled","by":"us"}"#).unwrap(), Internal::Unheard);
    let late = read::<Internal>(r#"{"reason":"snow","minutes":3,"kind":"RUNNING_LATE"}"#).unwrap();
    assert_eq!(late, Internal::RunningLate { minutes: 3, cause: Some("snow".into()) });
}

#[derive(EventValue, PartialEq)]
#[value(tag = "t", content = "c", rename_all = "kebab-case", rename = "Step")]
enum Adjacent {
    NotYet,
    ByCard(#[field(public)] String),
    ByVoucher {
        code_point: u32,
    },
    #[value(other)]
    Other,
}

#[test]
fn adjacent() {
    round_trip(Adjacent::NotYet, r#"{"t":"not-yet"}"#);
    round_trip(Adjacent::ByCard("visa".into()), r#"{"t":"by-card","c":"visa"}"#);
    round_trip(Adjacent::ByVoucher { code_point: 9 }, r#"{"t":"by-voucher","c":{"code_point":9}}"#);
    assert_eq!(
        read::<Adjacent>(r#"{"c":"visa","t":"by-card"}"#).unwrap(),
        Adjacent::ByCard("visa".into())
    );
    assert_eq!(read::<Adjacent>(r#"{"t":"by-mail","c":[1]}"#).unwrap(), Adjacent::Other);
    let Shape::Enum(shape) = Adjacent::SHAPE else { panic!("not an enum") };
    assert_eq!(shape.ty.name, "Step");
    assert_eq!(shape.tagging, Tagging::Adjacent { tag: "t", content: "c" });
    assert!(matches!(shape.variants[1].content, VariantContent::Newtype(Shape::Text(_))));
}

#[derive(EventValue, PartialEq)]
#[value(untagged)]
enum Untagged {
    Count(u8),
    Words(Vec<String>),
    Range { from: u32, to: Option<u32> },
    Named { name: String },
    Text(String),
}

#[test]
fn the_first_variant_that_reads_an_untagged_value_has_it() {
    round_trip(Untagged::Count(7), "7");
    round_trip(Untagged::Words(vec!["a".into()]), r#"["a"]"#);
    round_trip(Untagged::Range { from: 1, to: None }, r#"{"from":1,"to":null}"#);
    round_trip(Untagged::Text("7".into()), r#""7""#);
    let both = read::<Untagged>(r#"{"name":"x","from":1}"#).unwrap();
    assert_eq!(both, Untagged::Range { from: 1, to: None });
    assert_eq!(
        read::<Untagged>(r#"{"name":"x","from":null}"#).unwrap(),
        Untagged::Named { name: "x".into() }
    );
    for json in ["256", "null", "[1]", "{}", "true"] {
        let error = read::<Untagged>(json).unwrap_err();
        assert_eq!(*error.kind(), ReadErrorKind::NoAlternative, "{json}");
        assert_eq!(error.to_string(), "none of the declared alternatives");
    }
}

macro_rules! spelt {
    ($($case:literal $unit:literal $field:literal)*) => {$({
        #[derive(EventValue, PartialEq)]
        #[value(rename_all = $case)]
        enum Variants {
            TwoWords,
        }
        #[derive(EventValue, PartialEq)]
        #[value(rename_all = $case)]
        struct Fields {
            two_words: u8,
        }
        round_trip(Variants::TwoWords, concat!("\"", $unit, "\""));
        round_trip(Fields { two_words: 1 }, concat!("{\"", $field, "\":1}"));
    })*};
}

#[test]
fn spellings() {
    spelt! {
        "lowercase" "twowords" "two_words"
        "UPPERCASE" "TWOWORDS" "TWO_WORDS"
        "PascalCase" "TwoWords" "TwoWords"
        "camelCase" "twoWords" "twoWords"
        "snake_case" "two_words" "two_words"
        "SCREAMING_SNAKE_CASE" "TWO_WORDS" "TWO_WORDS"
        "kebab-case" "two-words" "two-words"
    }
}

#[derive(EventValue, PartialEq, Default)]
#[value(default)]
struct Lenient {
    count: u8,
    name: Option<String>,
    #[field(skip_none)]
    note: Option<String>,
}

#[derive(EventValue, PartialEq)]
struct Strict {
    count: u8,
    #[field(default)]
    flags: Vec<bool>,
    name: Option<String>,
}

#[test]
fn defaults() {
    round_trip(Lenient { count: 1, name: None, note: None }, r#"{"count":1,"name":null}"#);
    assert_eq!(read::<Lenient>("{}").unwrap(), Lenient::default());
    assert_eq!(
        read::<Strict>(r#"{"count":2}"#).unwrap(),
        Strict { count: 2, flags: vec![], name: None }
    );
    let error = read::<Strict>("{}").unwrap_err();
    assert_eq!((error.path(), error.kind()), ("count", &ReadErrorKind::Missing));
}

#[derive(EventValue, PartialEq)]
struct Cents(i64);

#[derive(EventValue, PartialEq)]
struct Empty {}

#[derive(EventValue, PartialEq)]
struct Nothing;

#[derive(EventValue, PartialEq)]
struct Wrapped(Vec<Option<Cents>>);

#[test]
fn structs() {
    round_trip(Cents(-3), "-3");
    round_trip(Empty {}, "{}");
    round_trip(Nothing, "{}");
    round_trip(Wrapped(vec![Some(Cents(1)), None]), "[1,null]");
}

#[derive(EventValue, PartialEq)]
struct Tree {
    name: String,
    children: Vec<Tree>,
    parent: Option<Box<Tree>>,
}

#[derive(EventValue, PartialEq)]
enum Expression {
    Number(f64),
    Not(Box<Expression>),
    Sum { terms: Vec<Expression> },
}

#[derive(EventValue, PartialEq)]
struct Folder {
    #[field(recursive)]
    files: Vec<File>,
}

#[derive(EventValue, PartialEq)]
struct File {
    #[field(recursive)]
    parent: Option<Box<Folder>>,
}

#[test]
fn types_that_contain_themselves() {
    let leaf = || Tree { name: "leaf".into(), children: vec![], parent: None };
    round_trip(
        Tree { name: "root".into(), children: vec![leaf()], parent: Some(Box::new(leaf())) },
        concat!(
            r#"{"name":"root","children":[{"name":"leaf","children":[],"parent":null}],"#,
            r#""parent":{"name":"leaf","children":[],"parent":null}}"#
        ),
    );
    round_trip(
        Expression::Sum { terms: vec![Expression::Not(Box::new(Expression::Number(0.5)))] },
        r#"{"Sum":{"terms":[{"Not":{"Number":0.5}}]}}"#,
    );
    round_trip(
        Folder { files: vec![File { parent: Some(Box::new(Folder { files: vec![] })) }] },
        r#"{"files":[{"parent":{"files":[]}}]}"#,
    );
}

#[test]
fn depth_is_limited() {
    let deep = "{\"Not\":".repeat(200) + "1" + &"}".repeat(200);
    // Refused by the JSON parser or by the reader, in any case without exhausting the stack.
    let refused = Input::parse(&deep).and_then(Expression::read);
    assert!(refused.is_err());
}

#[derive(EventValue, PartialEq)]
struct Nickname(Option<String>);

#[derive(EventValue, PartialEq)]
#[value(skip_none)]
struct Person {
    nick: Nickname,
}

#[test]
fn a_newtype_is_optional_where_what_it_holds_is() {
    assert!(Nickname::SHAPE.is_optional());
    round_trip(Person { nick: Nickname(None) }, "{}");
    round_trip(Person { nick: Nickname(Some("Ada".into())) }, r#"{"nick":"Ada"}"#);
    assert_eq!(read::<Person>(r#"{"nick":null}"#).unwrap(), Person { nick: Nickname(None) });
}

mod in_a_block {
    event_core::events!(
        #[domain]
        pub enum Marker {
            Set,
        }

        #[value]
        #[derive(PartialEq)]
        pub struct Mark;
    );
}

#[test]
fn a_unit_struct_of_a_block_stays_one() {
    assert_eq!(read::<in_a_block::Mark>("{}").unwrap(), in_a_block::Mark);
}
