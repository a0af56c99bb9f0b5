//! `rename_all` spells as serde does: a type that moves here from serde keeps what it writes.

use event_core::sink::Memory;
use event_core::value::Encoder;
use event_core::{Emitter, EventValue, events};
use serde::Serialize;

fn encoded<T: EventValue>(value: &T) -> String {
    let mut out = Encoder::new();
    value.encode(&mut out);
    String::from_utf8(out.bytes().to_vec()).expect("JSON is text")
}

/// Two types, by the derive `$derive`, whose attributes are `$on_type` and `$on_field`.
macro_rules! types {
    ($module:ident, $derive:ident, $on_type:ident, $on_field:ident, $spelling:literal) => {
        pub(crate) mod $module {
            use super::super::$derive;

            #[derive(Default, $derive)]
            #[$on_type(rename_all = $spelling)]
            pub(crate) struct Fields {
                plain: u8,
                two_words: u8,
                three_little_words: u8,
                sha_256: u8,
                x509: u8,
                r#type: u8,
                #[$on_field(rename = "As_Is")]
                renamed: u8,
            }

            #[allow(
                non_camel_case_types,
                clippy::upper_case_acronyms,
                reason = "spellings that serde treats in its own way"
            )]
            #[derive($derive)]
            #[$on_type(rename_all = $spelling, rename_all_fields = $spelling)]
            pub(crate) enum Variants {
                Plain,
                TwoWords,
                HTTPError,
                IPv6,
                ECDSA,
                Sha256Sum,
                A,
                Under_Scored,
                r#True,
                #[$on_type(rename = "As_Is")]
                Renamed,
                OneValue(u8),
                SomeFields {
                    two_words: u8,
                    plain: u8,
                },
                #[$on_type(rename_all = "UPPERCASE")]
                OtherFields {
                    two_words: u8,
                },
            }

            pub(crate) fn variants() -> Vec<Variants> {
                use Variants as V;
                vec![
                    V::Plain,
                    V::TwoWords,
                    V::HTTPError,
                    V::IPv6,
                    V::ECDSA,
                    V::Sha256Sum,
                    V::A,
                    V::Under_Scored,
                    V::r#True,
                    V::Renamed,
                    V::OneValue(1),
                    V::SomeFields { two_words: 1, plain: 2 },
                    V::OtherFields { two_words: 1 },
                ]
            }
        }
    };
}

/// The types for each spelling, once by serde and once here.
macro_rules! spellings {
    ($($module:ident: $spelling:literal),* $(,)?) => {
        $(mod $module {
            types!(serdes, Serialize, serde, serde, $spelling);
            types!(ours, EventValue, value, field, $spelling);
        })*

        #[test]
        fn fields_are_spelt_as_serde_spells_them() {
            $({
                let theirs = serde_json::to_string(&$module::serdes::Fields::default()).unwrap();
                assert_eq!(encoded(&$module::ours::Fields::default()), theirs, $spelling);
            })*
        }

        #[test]
        fn variants_are_spelt_as_serde_spells_them() {
            $(for (ours, theirs) in $module::ours::variants().iter().zip($module::serdes::variants()) {
                assert_eq!(encoded(ours), serde_json::to_string(&theirs).unwrap(), $spelling);
            })*
        }
    };
}

spellings! {
    lower: "lowercase",
    upper: "UPPERCASE",
    pascal: "PascalCase",
    camel: "camelCase",
    snake: "snake_case",
    screaming_snake: "SCREAMING_SNAKE_CASE",
    kebab: "kebab-case",
    screaming_kebab: "SCREAMING-KEBAB-CASE",
}

events!(
    /// What a provider calls back with.
    #[domain]
    pub enum Webhook {
        /// It calls.
        Receive,
    }

    /// A call arrived.
    #[event(info, rename_all = "camelCase")]
    pub struct WebhookReceiveCompleted {
        /// Which one.
        pub delivery_id: u64,
        /// From whom.
        #[group]
        pub sender: Sender,
    }

    /// Who called.
    #[group(rename_all = "SCREAMING-KEBAB-CASE")]
    pub struct Sender {
        /// The account.
        pub account_id: u64,
    }
);

#[test]
fn events_and_groups_are_spelt_too() {
    let memory = Memory::new();
    let emitter = Emitter::builder().sink(memory.clone()).build();
    emitter.emit(&WebhookReceiveCompleted { delivery_id: 7, sender: Sender { account_id: 8 } });
    let line = memory.take()[0].record().text().to_owned();
    assert!(line.ends_with(r#""deliveryId":7,"ACCOUNT-ID":8}"#), "{line}");
}
