//! The deduplication key: one fact has one key, and another fact has another one.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::mask::{HashKey, set_hash_key};
use event_core::{Change, DomainEvent, Emit, Emitter, Event, Str, events};
use proptest::prelude::*;

events!(
    #[domain(optional(action))]
    pub enum Charge {
        Try,
    }

    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq)]
    pub enum Method {
        Card,
        BankTransfer,
        #[value(other)]
        Unknown,
    }

    #[group]
    pub struct Place<'a> {
        pub zone: u16,
        pub region: Str<'a>,
    }

    /// The fields are in another order than in the key, and some are no part of it.
    #[event(
        info,
        rename_all = "camelCase",
        deduplicate(order_id, attempt, region, is_test, method)
    )]
    pub struct ChargeTryCompleted<'a> {
        pub attempt: i64,
        pub note: Option<Str<'a>>,
        pub method: Method,
        pub order_id: Str<'a>,
        pub is_test: bool,
        #[group]
        pub place: Place<'a>,
    }

    #[event(info, deduplicate(user_email))]
    pub struct ChargeTrySkipped<'a> {
        #[sensitive(hash)]
        pub user_email: Str<'a>,
    }

    #[event(error, deduplicate(r#ref, after))]
    pub struct ChargeTryFailed<'a> {
        #[field(rename = "its \"ref\"")]
        pub r#ref: Str<'a>,
        #[transition]
        pub change: Change<Method>,
    }

    #[event(info)]
    pub struct ChargeReceived {
        pub n: u32,
    }
);

/// The version of a service that is deployed next.
mod next {
    use event_core::{Str, events};

    events!(
        #[domain]
        pub enum Charge {
            Try,
        }

        #[event(info, version = 2, deduplicate(user_email))]
        pub struct ChargeTrySkipped<'a> {
            #[sensitive(hash)]
            pub user_email: Str<'a>,
            pub reason: Option<Str<'a>>,
        }

        #[event(info, version = 1)]
        pub struct ChargeTrySkippedV1<'a> {
            pub note: Str<'a>,
        }
    );

    impl event_core::UpcastFrom<ChargeTrySkippedV1<'_>> for ChargeTrySkipped<'_> {
        fn upcast(old: ChargeTrySkippedV1<'_>) -> Self {
            Self { user_email: "".into(), reason: Some(old.note.into_owned()) }
        }
    }
}

#[derive(DomainEvent)]
#[event(info, domain = Charge, deduplicate(n))]
pub struct ChargeTryStarted {
    pub n: u64,
}

fn key(event: impl Emit) -> Option<String> {
    let emitter = Emitter::builder().build();
    let mut buffer = emitter.buffer();
    event.emit_to(&mut buffer);
    let key = buffer.records()[0].record().deduplication_key();
    buffer.discard();
    key
}

/// A charge with other values in the fields that are no part of the key.
fn charge<'a>(
    order_id: &'a str,
    attempt: i64,
    region: &'a str,
    zone: u16,
) -> ChargeTryCompleted<'a> {
    ChargeTryCompleted {
        attempt,
        note: (zone > 0).then(|| region.into()),
        method: if attempt > 9 { Method::Card } else { Method::BankTransfer },
        order_id: order_id.into(),
        is_test: region.is_empty(),
        place: Place { zone, region: region.into() },
    }
}

#[test]
fn it_is_the_event_type_and_the_values_in_the_order_of_the_declaration() {
    assert_eq!(
        key(charge("ord_1", 2, "eu", 7)).unwrap(),
        r#"charge.try.completed["ord_1",2,"eu",false,"bank_transfer"]"#
    );
    assert_eq!(
        key(charge("a\",\"b\n\\é", i64::MIN, "", 0)).unwrap(),
        r#"charge.try.completed["a\",\"b\n\\é",-9223372036854775808,"",true,"bank_transfer"]"#
    );
    assert_eq!(
        key(ChargeTryStarted { n: u64::MAX }).unwrap(),
        "charge.try.started[18446744073709551615]"
    );
    assert_eq!(
        ChargeTryCompleted::META.deduplicate,
        ["orderId", "attempt", "region", "isTest", "method"]
    );
}

#[test]
fn a_key_with_quotes_and_a_state_are_found() {
    let change = Change { before: Method::Unknown, after: Method::Card };
    assert_eq!(
        key(ChargeTryFailed { r#ref: "re_1".into(), change }).unwrap(),
        r#"charge.try.failed["re_1","card"]"#
    );
}

#[test]
fn an_event_without_one_has_none() {
    assert_eq!(key(ChargeReceived { n: 1 }), None);
    assert_eq!(ChargeReceived::META.deduplicate, [""; 0]);
}

#[test]
fn a_hashed_value_is_its_pseudonym_in_every_version() {
    let own = HashKey::new("k1", b"sixteen bytes, at least").unwrap();
    let pseudonym = own.pseudonym("ada@example.com");
    set_hash_key(own);
    let expected = format!("charge.try.skipped[\"{pseudonym}\"]");
    let first = key(ChargeTrySkipped { user_email: "ada@example.com".into() });
    assert_eq!(first.as_ref(), Some(&expected));
    let next = next::ChargeTrySkipped {
        user_email: "ada@example.com".into(),
        reason: Some("newer".into()),
    };
    assert_eq!(key(next), first);
    assert_ne!(key(ChargeTrySkipped { user_email: "bob@example.com".into() }), first);
}

#[test]
fn a_long_text_becomes_its_digest() {
    let around = r#"charge.try.completed["",2,"eu",false,"bank_transfer"]"#.len();
    let fits = "o".repeat(1_024 - around);
    assert_eq!(key(charge(&fits, 2, "eu", 7)).unwrap().len(), 1_024);

    let long = format!("{fits}o");
    let short = key(charge(&long, 2, "eu", 7)).unwrap();
    // By `printf .. | sha256sum`.
    assert_eq!(
        short,
        "charge.try.completed#6f36b91f5d790f79cdf0ba2aaf934abc16312f4e5240ce971ceb04b44401d4ec"
    );
    assert_ne!(key(charge(&long, 3, "eu", 7)).unwrap(), short);
}

proptest! {
    #[test]
    fn equal_values_and_no_others_have_equal_keys(
        (first, second) in prop_oneof![
            (any::<(String, i64, String)>(), any::<(String, i64, String)>()),
            // Values that differ little, or not at all.
            ("[\"\\\\,]{0,3}", 0..3_i64, "[\",]{0,2}").prop_flat_map(|one| {
                (Just(one), ("[\"\\\\,]{0,3}", 0..3_i64, "[\",]{0,2}"))
            }),
            (any::<String>().prop_map(|text| text.repeat(40)), 0..2_i64, "[a-z]{1,900}")
                .prop_flat_map(|one| (Just(one.clone()), (Just(one.0), 0..2_i64, Just(one.2)))),
        ],
        zones in any::<(u16, u16)>(),
    ) {
        let of = |(order_id, attempt, region): &(String, i64, String), zone| {
            key(charge(order_id, *attempt, region, zone)).unwrap()
        };
        let keys = [of(&first, zones.0), of(&second, zones.1)];
        prop_assert_eq!(keys[0] == keys[1], first == second, "{:?}", keys);
        prop_assert!(keys.iter().all(|key| key.len() <= 1_024));
    }
}
