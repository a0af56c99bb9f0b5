//! A catalog with one event that has a field of every form.

use event_core::{EventValue, Secret, Str, events};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

#[derive(EventValue, PartialEq)]
pub enum External {
    Unit,
    Newtype(u8),
    #[value(alias("Old"))]
    Struct {
        first: String,
        nick: Option<String>,
    },
}

#[derive(EventValue, PartialEq)]
pub enum OpenExternal {
    Unit,
    Newtype(u8),
    #[value(other)]
    More,
}

#[derive(EventValue, PartialEq)]
#[value(rename_all = "snake_case")]
pub enum Word {
    One,
    #[value(alias("deux"))]
    Two,
    #[value(other)]
    More,
}

#[derive(EventValue, PartialEq)]
#[value(tag = "kind", skip_none)]
pub enum Internal {
    OnTime,
    Late {
        minutes: u32,
        #[field(rename = "why", alias("reason"))]
        cause: Option<String>,
    },
}

#[derive(EventValue, PartialEq)]
#[value(tag = "t", content = "c")]
pub enum Adjacent {
    Nothing,
    Text(String),
    Fields { code: u32 },
}

#[derive(EventValue, PartialEq)]
#[value(tag = "t", content = "c")]
pub enum OpenAdjacent {
    Nothing,
    Text(String),
    #[value(other)]
    More,
}

#[derive(EventValue, PartialEq)]
#[value(untagged)]
pub enum Untagged {
    Number(i64),
    Words(Vec<Word>),
    Fields { code: u32, note: Option<String> },
    Text(String),
}

#[derive(EventValue, PartialEq)]
pub struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[derive(EventValue, PartialEq)]
pub struct Cents(i64);

events!(
    #[domain(optional(status))]
    pub enum Form {
        Fill,
    }

    #[event(info)]
    pub struct FormFill<'a> {
        pub yes: bool,
        pub small: u8,
        pub signed: i64,
        pub large: u64,
        pub float: f64,
        #[field(finite)]
        pub finite: f64,
        pub letter: char,
        pub address: IpAddr,
        pub four: Ipv4Addr,
        pub six: Ipv6Addr,
        pub text: Str<'a>,
        pub perhaps: Option<u32>,
        #[field(skip_none)]
        pub left_out: Option<u32>,
        #[field(default)]
        pub defaulted: Vec<u8>,
        pub three: [u8; 3],
        pub pair: (u8, String),
        pub by_name: BTreeMap<String, u8>,
        pub price: Cents,
        pub external: External,
        pub open_external: OpenExternal,
        pub words: Vec<Word>,
        pub internal: Internal,
        pub adjacent: Option<Adjacent>,
        pub open_adjacent: OpenAdjacent,
        pub untagged: Vec<Untagged>,
        pub tree: Tree,
        pub any: serde_json::Value,
        #[sensitive(drop)]
        pub dropped: Option<Secret<String>>,
        #[sensitive(redact)]
        pub hidden: Str<'a>,
    }
);

event_core::catalog!(
    pub enum AnyForm {
        Form(Form),
    }
);
