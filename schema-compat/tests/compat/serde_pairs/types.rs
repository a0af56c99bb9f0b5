//! Every type: each form of the one slot with each form of the other.

use super::Type;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct Cents(u32);

#[derive(Serialize, Deserialize)]
struct Money {
    cents: u32,
}

#[derive(Serialize, Deserialize)]
struct MoneyIn {
    cents: u32,
    #[serde(default)]
    unit: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Two {
    Card,
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Three {
    Card,
    Cash,
    Coin,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TwoOrOther {
    Card,
    Cash,
    #[serde(other)]
    Unknown,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum External {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ByType {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ByKind {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
enum Adjacent {
    Card { last4: String },
    Cash,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Card { last4: String },
    Count(u32),
}

fn rewritten<T: Serialize + serde::de::DeserializeOwned>(line: &str) -> Option<String> {
    serde_json::from_str::<T>(line).ok().map(|value| serde_json::to_string(&value).unwrap())
}

macro_rules! one {
    ($types:ident, $amount:ident { $($first:tt)* }, $method:ident { $($second:tt)* }) => {
        one!($types, $amount { $($first)* }, $method { $($second)* }, false, #[serde()]);
    };
    ($types:ident, $amount:ident { $($first:tt)* }, $method:ident { $($second:tt)* }, $closed:literal, #[$serde:meta]) => {{
        #[derive(Serialize, Deserialize)]
        #[$serde]
        struct Event {
            id: String,
            $($first)*
            $($second)*
        }
        $types.push(Type { amount: stringify!($amount), method: stringify!($method), is_closed: $closed, rewrite: rewritten::<Event> });
    }};
}

macro_rules! with_every_method {
    ($types:ident, $($amount:ident { $($first:tt)* })*) => {$(
        one!($types, $amount { $($first)* }, none {});
        one!($types, $amount { $($first)* }, none {}, true, #[serde(deny_unknown_fields)]);
        one!($types, $amount { $($first)* }, two { method: Two, });
        one!($types, $amount { $($first)* }, maybe_two { method: Option<Two>, });
        one!($types, $amount { $($first)* }, three { method: Three, });
        one!($types, $amount { $($first)* }, two_or_other { method: TwoOrOther, });
        one!($types, $amount { $($first)* }, external { method: External, });
        one!($types, $amount { $($first)* }, by_type { method: ByType, });
        one!($types, $amount { $($first)* }, by_kind { method: ByKind, });
        one!($types, $amount { $($first)* }, adjacent { method: Adjacent, });
        one!($types, $amount { $($first)* }, untagged { method: Untagged, });
    )*};
}

pub(super) fn types() -> Vec<Type> {
    let mut types = Vec::new();
    with_every_method! { types,
        none {}
        small { amount: u8, }
        whole { amount: u32, }
        signed { amount: i64, }
        float { amount: f64, }
        text { amount: String, }
        maybe { amount: Option<u32>, }
        skipped { #[serde(default, skip_serializing_if = "Option::is_none")] amount: Option<u32>, }
        defaulted { #[serde(default)] amount: u32, }
        renamed { #[serde(rename = "sum")] amount: u32, }
        aliased { #[serde(rename = "sum", alias = "amount")] amount: u32, }
        newtype { amount: Cents, }
        list { amount: Vec<u32>, }
        pair { amount: [u32; 2], }
        mixed { amount: (u32, String), }
        map { amount: BTreeMap<String, u32>, }
        nested { amount: Money, }
        nested_more { amount: MoneyIn, }
    }
    types
}
