//! The exported schema of a version depends on nothing but the version: the next version is
//! declared, and no file of the one before changes.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

use event_export::{INDEX, json_schema};
use event_schema::{Contract, Dialect, File, Options, Rendering, schema};
use serde_json::Value;
use std::collections::BTreeMap;

/// The first version alone.
mod first {
    use event_core::{Str, catalog, events};

    events!(
        /// Taking money.
        #[domain(owner = "payments", context(RequestContext))]
        pub enum Payment {
            /// Charge a customer for an order.
            Process,
        }

        /// Who asked.
        #[group(context)]
        pub struct RequestContext<'a> {
            /// Tells this request from all others.
            pub request_id: Str<'a>,
        }

        /// What else is known of it.
        #[group]
        pub struct ChatContribution<'a> {
            /// Where it was said.
            pub chat_id: Str<'a>,
        }

        /// How the customer paid.
        #[value]
        pub enum Method {
            /// With a card.
            Card {
                /// What is printed on it.
                brand: String,
            },
            /// From an account.
            Transfer,
        }

        /// The gateway took the money.
        #[event(info, wide(ChatContribution), sample = 1 / 10, alias("payment_made"), since = "1.0.0")]
        pub struct PaymentProcessCompleted<'a> {
            /// Order being charged.
            #[entity]
            pub order_id: Str<'a>,
            /// How the customer paid.
            pub method: Method,
            /// Where the receipt goes.
            #[sensitive(email)]
            pub email: Option<Str<'a>>,
        }
    );

    catalog!(
        /// Everything that the shop emits.
        pub enum ShopEvent {
            Payment(Payment),
        }
    );
}

/// The same version beside the next one, which has other names, another nested type of the same
/// name, and is replaced by nothing.
mod second {
    use event_core::{Str, UpcastFrom, catalog, events};

    events!(
        /// Taking money.
        #[domain(owner = "payments", context(RequestContext))]
        pub enum Payment {
            /// Charge a customer for an order.
            Process,
        }

        /// Who asked.
        #[group(context)]
        pub struct RequestContext<'a> {
            /// Tells this request from all others.
            pub request_id: Str<'a>,
        }

        /// What else is known of it.
        #[group]
        pub struct ChatContribution<'a> {
            /// Where it was said.
            pub chat_id: Str<'a>,
        }

        /// How the customer paid.
        #[value]
        pub enum Method {
            /// With a card.
            Card,
            /// From an account.
            Transfer,
            /// On the doorstep.
            Cash,
        }

        /// How the customer paid.
        #[value(rename = "Method")]
        pub enum MethodV1 {
            /// With a card.
            Card {
                /// What is printed on it.
                brand: String,
            },
            /// From an account.
            Transfer,
        }

        /// The gateway took the money, and says when.
        #[event(warning, version = 2, alias("payment_settled"), since = "2.0.0", stability = beta)]
        pub struct PaymentProcessCompleted<'a> {
            /// Order being charged.
            #[entity]
            pub order_id: Str<'a>,
            /// How the customer paid.
            #[field(dictionary = "as it was")]
            pub method: Method,
            /// When it is on the account.
            pub settled_at: Option<Str<'a>>,
        }

        /// The gateway took the money.
        #[event(info, wide(ChatContribution), sample = 1 / 10, alias("payment_made"), since = "1.0.0")]
        pub struct PaymentProcessCompletedV1<'a> {
            /// Order being charged.
            #[entity]
            pub order_id: Str<'a>,
            /// How the customer paid.
            #[field(dictionary = "as it was")]
            pub method: MethodV1,
            /// Where the receipt goes.
            #[sensitive(email)]
            pub email: Option<Str<'a>>,
        }
    );

    impl<'a> UpcastFrom<PaymentProcessCompletedV1<'a>> for PaymentProcessCompleted<'a> {
        fn upcast(old: PaymentProcessCompletedV1<'a>) -> Self {
            let method = match old.method {
                MethodV1::Card { .. } => Method::Card,
                MethodV1::Transfer => Method::Transfer,
            };
            Self { order_id: old.order_id, method, settled_at: None }
        }
    }

    catalog!(
        /// Everything that the shop emits.
        pub enum ShopEvent {
            Payment(Payment),
        }
    );
}

const V1: &str = "payment_process_completed.v1.json";
const V2: &str = "payment_process_completed.v2.json";

/// Every schema that `export` and `push` can be asked for.
fn every_option() -> impl Iterator<Item = Options> {
    Dialect::ALL.into_iter().flat_map(|dialect| {
        Contract::ALL.into_iter().flat_map(move |contract| {
            Rendering::ALL.into_iter().flat_map(move |rendering| {
                [true, false].map(|annotations| Options {
                    dialect,
                    contract,
                    rendering,
                    annotations,
                })
            })
        })
    })
}

fn by_path(files: Vec<File>) -> BTreeMap<String, String> {
    files.into_iter().map(|file| (file.path, file.contents)).collect()
}

#[test]
fn declaring_the_next_version_changes_no_file_of_the_one_before() {
    let mut compared = 0;
    for options in every_option() {
        let before = by_path(json_schema(&first::CATALOG, options).unwrap());
        let after = by_path(json_schema(&second::CATALOG, options).unwrap());
        assert_eq!(before.keys().map(String::as_str).collect::<Vec<_>>(), [INDEX, V1]);
        assert_eq!(after.keys().map(String::as_str).collect::<Vec<_>>(), [INDEX, V1, V2]);
        assert_eq!(before[V1], after[V1], "{options:?}");
        assert_ne!(before[V1], after[V2], "{options:?}");
        compared += 1;
    }
    assert_eq!(compared, 2 * 3 * 3 * 2);
}

#[test]
fn only_the_index_says_which_version_is_the_latest() {
    for options in every_option() {
        let files = by_path(json_schema(&second::CATALOG, options).unwrap());
        let index: Value = serde_json::from_str(&files[INDEX]).unwrap();
        let latest = |at: usize| (&index["schemas"][at]["file"], &index["schemas"][at]["latest"]);
        assert_eq!(latest(0), (&V1.into(), &false.into()));
        assert_eq!(latest(1), (&V2.into(), &true.into()));
        for file in [V1, V2] {
            assert!(!files[file].contains("\"latest\""), "{file} {options:?}");
        }
    }
}

#[test]
fn a_title_is_the_name_and_the_version() {
    for options in every_option() {
        let files = by_path(json_schema(&second::CATALOG, options).unwrap());
        for (file, title) in [(V1, "PaymentProcessCompletedV1"), (V2, "PaymentProcessCompletedV2")]
        {
            let schema: Value = serde_json::from_str(&files[file]).unwrap();
            assert_eq!(schema["title"], title, "{options:?}");
        }
    }
}

#[test]
fn neither_the_rust_type_nor_the_place_of_an_event_is_in_its_schema() {
    let event = first::CATALOG.find("payment_process_completed").unwrap();
    let moved = second::CATALOG.find_version("payment_process_completed", 1).unwrap();
    assert_ne!(
        (event.type_name, event.latest, event.source.module),
        (moved.type_name, moved.latest, moved.source.module)
    );
    for options in every_option() {
        let (schema, moved) =
            (schema(event, options).unwrap().to_line(), schema(moved, options).unwrap().to_line());
        assert_eq!(schema, moved);
        assert!(
            !schema.contains(event.source.file) && !schema.contains(event.source.module),
            "{schema}"
        );
    }
}

#[test]
fn an_alias_of_the_first_version_still_names_the_event() {
    for name in ["payment_made", "payment_settled"] {
        assert_eq!(second::CATALOG.find(name).unwrap().version, 2, "{name}");
    }
    let line = r#"{"event":"payment_made","version":1,"order_id":"o","method":"Transfer"}"#;
    let second::ShopEvent::Payment(second::PaymentEvent::ProcessCompleted(event)) =
        second::ShopEvent::decode(line).unwrap();
    assert_eq!(event.order_id.as_ref() as &str, "o");
}
