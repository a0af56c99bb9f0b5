//! Older versions beside the newest: a chain of upcasts, one that follows from the declarations and
//! one by hand; aliases of names.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::decode::{DecodeError, Unknown};
use event_core::{DomainEvent, Str, UpcastFrom, catalog, events};

events!(
    #[domain]
    pub enum Order {
        Create,
    }

    #[event(info, version = 3, upcast = auto, alias("order.placed", "purchase_made"))]
    pub struct OrderCreateCompleted<'a> {
        #[entity]
        pub order_id: Str<'a>,
        pub total_cents: i64,
        /// Wider than it was.
        pub lines: Option<u32>,
        #[field(default)]
        pub tags: Vec<String>,
        pub coupon: Option<Str<'a>>,
    }

    #[event(info, version = 2)]
    pub struct OrderCreateCompletedV2<'a> {
        #[entity]
        pub order_id: Str<'a>,
        pub total_cents: i64,
        pub lines: u32,
    }

    #[event(info)]
    pub struct OrderCreateCompletedV1 {
        #[entity]
        pub order_id: String,
        /// In units of the currency, which turned out to be a mistake.
        pub total: f64,
    }

    #[event(error)]
    pub struct OrderCreateFailed {
        pub reason: String,
    }
);

impl UpcastFrom<OrderCreateCompletedV1> for OrderCreateCompletedV2<'_> {
    fn upcast(old: OrderCreateCompletedV1) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "a test")]
        let total_cents = (old.total * 100.0).round() as i64;
        Self { order_id: old.order_id.into(), total_cents, lines: 1 }
    }
}

/// An event on its own, in the vocabulary of the block.
#[derive(DomainEvent)]
#[event(error, domain = Order, alias("checkout_broke"))]
pub struct OrderCreateRejected<'a> {
    pub reason: Str<'a>,
}

mod elsewhere {
    use event_core::DomainEvent;

    #[derive(DomainEvent)]
    #[event(critical, domain = super::Order, name(order, create, timed_out), owner = "ops")]
    pub struct OrderCreateTimedOut;
}

catalog! {
    pub enum ShopEvent {
        Order(Order),
        Rejected(OrderCreateRejected<'static>),
        TimedOut(elsewhere::OrderCreateTimedOut),
    }
}

const _: () = ShopEvent::assert_declares::<OrderCreateCompletedV1>();
const _: () = ShopEvent::assert_declares::<OrderCreateRejected<'_>>();

fn completed(line: &str) -> OrderCreateCompleted<'static> {
    match ShopEvent::decode(line).unwrap() {
        ShopEvent::Order(OrderEvent::CreateCompleted(event)) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_version_is_read_as_the_newest() {
    let first =
        completed(r#"{"event":"order_create_completed","version":1,"order_id":"o1","total":12.5}"#);
    assert_eq!((first.order_id.as_str(), first.total_cents, first.lines), ("o1", 1250, Some(1)));
    assert!(first.tags.is_empty() && first.coupon.is_none());
    let second = completed(
        r#"{"event":"order.create.completed","version":2,"order_id":"o2","total_cents":5,"lines":4}"#,
    );
    assert_eq!((second.total_cents, second.lines), (5, Some(4)));
    let third = completed(
        r#"{"event":"order_create_completed","version":3,"order_id":"o3","total_cents":5,"lines":null,"tags":["a"],"coupon":"c"}"#,
    );
    assert_eq!((third.tags.len(), third.coupon.as_deref()), (1, Some("c")));
    // What says no version is of the first.
    assert_eq!(
        completed(r#"{"event":"order_create_completed","order_id":"o1","total":1.0}"#).total_cents,
        100
    );
}

#[test]
fn an_alias_names_every_version() {
    for name in ["order.placed", "purchase_made"] {
        let first =
            completed(&format!(r#"{{"event":"{name}","version":1,"order_id":"o1","total":1.0}}"#));
        assert_eq!(first.total_cents, 100);
    }
    let rejected = ShopEvent::decode(r#"{"event":"checkout_broke","reason":"r"}"#).unwrap();
    assert!(matches!(rejected, ShopEvent::Rejected(event) if event.reason == "r"));
    assert_eq!(CATALOG.find("purchase_made").unwrap().name.snake, "order_create_completed");
}

#[test]
fn free_events_join_a_catalog() {
    let line = r#"{"event":"order_create_timed_out","version":1}"#;
    assert!(matches!(ShopEvent::decode(line).unwrap(), ShopEvent::TimedOut(_)));
    let meta = CATALOG.find("order.create.timed_out").unwrap();
    assert_eq!((meta.name.status.unwrap().word, meta.governance.owner), ("timed_out", Some("ops")));
    assert_eq!(CATALOG.blocks.len(), 3);
    assert_eq!(CATALOG.events().filter(|event| event.latest).count(), 4);
}

#[test]
fn what_is_not_declared_is_refused() {
    let unknown =
        ShopEvent::decode(r#"{"event":"order_create_completed","version":4}"#).unwrap_err();
    assert!(
        matches!(&unknown, DecodeError::UnknownEvent(header) if header.version == 4),
        "{unknown}"
    );
    assert!(matches!(
        ShopEvent::decode(r#"{"event":"nobody"}"#),
        Err(DecodeError::UnknownEvent(_))
    ));
}

#[test]
fn unknown_keys_are_ignored_or_refused() {
    let line = r#"{"event":"order_create_failed","version":1,"level":"error","timestamp":"x","reason":"r","extra":1}"#;
    assert!(ShopEvent::decode(line).is_ok());
    let refused = ShopEvent::decode_with(line, Unknown::Refuse).unwrap_err();
    assert_eq!(refused.to_string(), "event `order_create_failed` v1: `extra`: is not declared");
    let known = line.replace(r#","extra":1"#, "");
    assert!(ShopEvent::decode_with(&known, Unknown::Refuse).is_ok());
}

#[test]
fn an_error_never_holds_the_value() {
    let secret = "hunter2";
    let lines = [
        format!(r#"{{"event":"order_create_failed","reason":{{"a":"{secret}"}}}}"#),
        format!(r#"{{"event":"order_create_failed","reason":["{secret}"]}}"#),
        format!(r#"{{"event":"order_create_failed","reason":"{secret}"#),
        format!(r#"{{"event":"order_create_failed","reason":"{secret}","reason":"{secret}"}}"#),
        format!(r#"{{"event":"order_create_completed","version":"{secret}"}}"#),
        format!(
            r#"{{"event":"order_create_completed","version":3,"order_id":"o","total_cents":"{secret}","lines":1}}"#
        ),
        format!(
            r#"{{"event":"order_create_completed","version":3,"order_id":"o","total_cents":1,"lines":1,"tags":["a",{{"{secret}":1}}]}}"#
        ),
        format!(r#"{{"event":"order_create_completed","version":2,"order_id":"\u00zz{secret}"}}"#),
        format!(r#"["{secret}"]"#),
        secret.to_owned(),
    ];
    for line in lines {
        let error = ShopEvent::decode(&line).expect_err(&line);
        let said = format!("{error} {error:?}");
        assert!(!said.contains(secret), "{said}");
    }
}
