//! The pattern that the write contract has for each mask, held against what the masks write, by an
//! independent evaluator and by the one of `compat`.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "a test may")]

use event_core::mask::{self, Card, Email, Hash, Ip, Last4, Masked, Output, Redact};
use event_core::meta::{EventMeta, Sensitivity};
use event_core::value::{Encoder, Presence};
use event_core::{Emit, Emitter, Event, Str, catalog, events};
use event_schema::{Contract, Dialect, Options, sample, schema};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::string::string_regex;
use schema_compat::{Readers, Rules, Verdict};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

type Write = fn(&str) -> String;

/// Every mask of the language that writes something, and its text of a text.
const MASKS: [(Sensitivity, Write); 6] = [
    (Sensitivity::Redact, masked::<Redact>),
    (Sensitivity::Email, masked::<Email>),
    (Sensitivity::Last4, masked::<Last4>),
    (Sensitivity::Card, masked::<Card>),
    (Sensitivity::Hash, masked::<Hash>),
    (Sensitivity::Ip, masked::<Ip>),
];

fn masked<M: mask::Mask>(text: &str) -> String {
    let mut out = Encoder::new();
    Masked::<M>::encode_masked(&Str::from(text), &mut out);
    serde_json::from_slice(out.bytes()).unwrap()
}

fn form(mask: Sensitivity) -> &'static Output {
    mask::output(mask).unwrap()
}

fn validator(mask: Sensitivity) -> Validator {
    jsonschema::validator_for(&json!({"pattern": form(mask).pattern})).unwrap()
}

/// Texts that masks look at: addresses of each kind, numbers with something around them, e-mail
/// addresses and what is none, what is masked already, and any text.
fn text() -> impl Strategy<Value = String> {
    let address = prop_oneof![
        any::<Ipv4Addr>().prop_map(|address| address.to_string()),
        any::<Ipv6Addr>().prop_map(|address| address.to_string()),
        any::<u128>().prop_map(|bits| Ipv6Addr::from(0x2002 << 112 | bits >> 16).to_string()),
        any::<(u128, u32)>()
            .prop_map(
                |(bits, zeros)| Ipv6Addr::from(bits & !(u128::MAX >> (zeros % 128))).to_string()
            ),
        any::<Ipv4Addr>().prop_map(|address| address.to_ipv6_mapped().to_string()),
    ];
    prop_oneof![
        (address, "|/24|/48|/40| |:443").prop_map(|(address, behind)| address + &behind),
        "(card |cvv 123 )?[2-6][0-9]{7,18}([ /-]{0,2}[0-9]{3,4})?",
        "[0-9]{4}([ -][0-9]{4}){2,3}( [0-9]{3})?",
        "[a-zA-Z0-9-]{4,20}",
        "(\"?[a-zA-Z0-9 +.é*]{0,6}\"? ?<?)?@[a-z0-9.\\[\\]:é-]{0,20}(\\.[a-z]{2,3})?>?",
        "[0-9]{6}\\*{2,10}[0-9]{3,5}|\\*{3,5}[0-9a-zé]{0,5}|\\[redacted\\]\n?",
        any::<String>(),
    ]
}

/// Texts of the form, or nearly.
fn of_the_form(mask: Sensitivity) -> impl Strategy<Value = String> {
    let pattern = form(mask).pattern.trim_start_matches('^').trim_end_matches('$');
    (string_regex(pattern).unwrap(), any::<(u8, char)>(), any::<bool>()).prop_map(
        |(text, (at, put), changed)| {
            let mut chars: Vec<char> = text.chars().collect();
            let len = chars.len();
            if changed && len > 0 {
                chars[usize::from(at) % len] = if put.is_ascii() { put } else { '0' };
            }
            chars.into_iter().collect()
        },
    )
}

proptest! {
    #[test]
    fn p8_masked_text_has_the_form_and_raw_text_only_if_nothing_is_hidden(text in text()) {
        for (mask, write) in MASKS {
            let (shown, validator) = (write(&text), validator(mask));
            prop_assert!(validator.is_valid(&json!(shown)), "{mask:?} writes {shown:?} of {text:?}");
            prop_assert!(form(mask).has(&shown), "{mask:?}: {shown:?}");
            let raw_fits = validator.is_valid(&json!(text));
            prop_assert_eq!(raw_fits, form(mask).has(&text), "{:?}: {:?}", mask, text);
            prop_assert!(!raw_fits || shown == text || mask == Sensitivity::Hash, "{mask:?} writes {shown:?} of {text:?}");
        }
    }

    #[test]
    fn p8_the_pattern_is_the_form(texts in MASKS.map(|(mask, _)| of_the_form(mask))) {
        for ((mask, write), text) in MASKS.into_iter().zip(texts) {
            let fits = validator(mask).is_valid(&json!(text));
            prop_assert_eq!(fits, form(mask).has(&text), "{:?}: {:?}", mask, text);
            prop_assert!(mask == Sensitivity::Hash || fits == (write(&text) == text), "{mask:?}: {text:?}");
            let by_compat = schema_compat::validate(&json!({"pattern": form(mask).pattern}), &json!(text)).is_ok();
            prop_assert_eq!(by_compat, fits, "{:?}: {:?}", mask, text);
        }
    }
}

#[test]
fn p8_samples_have_the_form() {
    for (mask, _) in MASKS {
        assert!(form(mask).has(form(mask).sample), "{mask:?}");
        assert!(validator(mask).is_valid(&json!(form(mask).sample)), "{mask:?}");
    }
}

events!(
    #[domain]
    pub enum Login {
        Try,
    }

    /// A newtype that masks what it holds.
    #[value]
    pub struct Password(#[sensitive(redact)] pub String);

    /// Variants that mask what they hold.
    #[value]
    pub enum Contact {
        Nobody,
        Email(#[sensitive(email)] String),
        Phones(#[sensitive(last4)] Vec<String>),
    }

    /// Every mask, through everything that a mask goes through.
    #[event(info)]
    pub struct LoginTryFailed<'a> {
        #[sensitive(email)]
        #[field(example = "ada@example.com")]
        pub email: Str<'a>,
        #[sensitive(redact)]
        pub password: Option<Str<'a>>,
        #[sensitive(last4)]
        #[field(skip_none)]
        pub phone: Option<String>,
        #[sensitive(card)]
        pub cards: Vec<Option<Str<'a>>>,
        #[sensitive(hash)]
        pub keys: BTreeMap<String, Vec<Str<'a>>>,
        #[sensitive(email)]
        pub second_email: Presence<Str<'a>>,
        #[sensitive(ip)]
        pub ip: Str<'a>,
        #[sensitive(ip)]
        pub peer_ip: Option<IpAddr>,
        #[sensitive(ip)]
        pub ip4: Ipv4Addr,
        #[sensitive(ip)]
        pub ip6: Vec<Ipv6Addr>,
        #[field(public)]
        pub passwords: Vec<Password>,
        pub contact: Contact,
    }
);

catalog! {
    pub enum LoginRecord {
        Login(Login),
    }
}

fn event() -> &'static EventMeta {
    CATALOG.find("login_try_failed").unwrap()
}

fn compiled(contract: Contract, dialect: Dialect) -> Value {
    let options = Options { contract, dialect, annotations: false, ..Options::default() };
    serde_json::from_str(&schema(event(), options).unwrap().to_string()).unwrap()
}

#[test]
fn p8_the_write_contract_has_the_pattern_at_each_masked_text() {
    for dialect in Dialect::ALL {
        let fields = &compiled(Contract::Write, dialect)["properties"];
        let text = |mask| json!({"type": "string", "pattern": form(mask).pattern});
        let or_null = |mask| json!({"type": ["string", "null"], "pattern": form(mask).pattern});
        let list = |item: Value| json!({"type": "array", "items": item});
        assert_eq!(
            fields["email"],
            text(Sensitivity::Email),
            "the example is raw, so it is left out"
        );
        assert_eq!(fields["password"], or_null(Sensitivity::Redact));
        assert_eq!(fields["phone"], text(Sensitivity::Last4));
        assert_eq!(fields["cards"], list(or_null(Sensitivity::Card)));
        let keys = json!({"type": "object", "additionalProperties": list(text(Sensitivity::Hash))});
        assert_eq!(fields["keys"], keys);
        assert_eq!(fields["second_email"], or_null(Sensitivity::Email));
        assert_eq!(fields["ip"], text(Sensitivity::Ip));
        assert_eq!(fields["peer_ip"], or_null(Sensitivity::Ip));
        assert_eq!(fields["ip4"], text(Sensitivity::Ip));
        assert_eq!(fields["ip6"], list(text(Sensitivity::Ip)));
    }
}

/// Also where the text has no name of its own. What reads takes any text.
#[test]
fn p8_the_pattern_is_that_of_a_newtype_and_of_a_variant_too() {
    let patterns = |contract, dialect| {
        let defined = compiled(contract, dialect);
        let schema = defined.get("$defs").or(defined.get("definitions")).unwrap().to_string();
        let holds = |mask| schema.contains(&Value::from(form(mask).pattern).to_string());
        [Sensitivity::Redact, Sensitivity::Email, Sensitivity::Last4].map(holds)
    };
    for dialect in Dialect::ALL {
        assert_eq!(patterns(Contract::Write, dialect), [true; 3]);
        assert_eq!(patterns(Contract::Read, dialect), [false; 3]);
    }
}

/// A reader takes any text, as before there was a pattern. A masked address has not the format of
/// its type.
#[test]
fn p8_the_other_contracts_have_no_pattern() {
    for (contract, dialect) in
        [Contract::Read, Contract::Registry].into_iter().flat_map(|c| Dialect::ALL.map(|d| (c, d)))
    {
        let fields = &compiled(contract, dialect)["properties"];
        let (text, or_null) = (json!({"type": "string"}), json!({"type": ["string", "null"]}));
        assert_eq!(fields["email"], json!({"type": "string", "examples": ["ada@example.com"]}));
        assert_eq!(fields["cards"], json!({"type": "array", "items": or_null}));
        assert_eq!(fields["keys"]["additionalProperties"], json!({"type": "array", "items": text}));
        assert_eq!((&fields["ip"], &fields["ip4"], &fields["peer_ip"]), (&text, &text, &or_null));
        assert!(!fields["ip6"].to_string().contains("pattern"));
    }
}

#[test]
fn p8_an_event_and_its_samples_fit_the_write_contract_and_a_raw_value_does_not() {
    let validator =
        jsonschema::validator_for(&compiled(Contract::Write, Dialect::Draft2020_12)).unwrap();
    for seed in 0..200 {
        let line = sample::line(event(), seed);
        let record: Value = serde_json::from_str(&line).unwrap();
        assert!(validator.is_valid(&record), "{line}");
        // What is written reads back, addresses too, and is written again.
        let read = LoginTryFailed::decode(&line).unwrap();
        let again = written(&read);
        for field in [
            "email",
            "password",
            "phone",
            "cards",
            "ip",
            "peer_ip",
            "ip4",
            "ip6",
            "passwords",
            "contact",
        ] {
            assert_eq!(again.get(field), record.get(field), "{field} of {line}");
        }
        assert!(validator.is_valid(&again), "{again}");
        for (field, raw) in [
            ("email", "ada@example.com"),
            ("password", "hunter2"),
            ("ip", "203.0.113.0"),
            ("ip4", "203.0.113.7"),
        ] {
            let mut raw_record = record.clone();
            raw_record[field] = raw.into();
            assert!(!validator.is_valid(&raw_record), "{raw}");
        }
        for (field, raw) in [
            ("passwords", json!(["hunter2"])),
            ("contact", json!({"Email": "ada@example.com"})),
            ("contact", json!({"Phones": ["+44 20 7946 0958"]})),
        ] {
            let mut raw_record = record.clone();
            raw_record[field] = raw;
            assert!(!validator.is_valid(&raw_record), "{field}: {}", raw_record[field]);
        }
    }
}

fn written(event: &LoginTryFailed<'_>) -> Value {
    let mut buffer = Emitter::builder().build().buffer();
    event.emit_to(&mut buffer);
    serde_json::from_slice(buffer.records()[0].record().line()).unwrap()
}

/// What existing catalogs meet: a pattern where there was none is a compatible revision for texts;
/// an old reader of an address does not read a network.
#[test]
fn p8_the_pattern_is_a_compatible_change_of_texts() {
    let text = json!({"type": "string"});
    for (mask, _) in MASKS {
        let pattern = json!({"type": "string", "pattern": form(mask).pattern});
        let (old, new) = (
            schema_compat::Contracts::same(&text),
            schema_compat::Contracts { write: &pattern, read: &text },
        );
        let report = schema_compat::check_contracts(old, new, Readers::Both, Rules::Semantic);
        assert_eq!(report.verdict, Verdict::Compatible, "{mask:?}");
    }
    let (address, pattern) = (
        json!({"type": "string", "format": "ipv4"}),
        json!({"type": "string", "pattern": form(Sensitivity::Ip).pattern}),
    );
    let (old, new) = (
        schema_compat::Contracts::same(&address),
        schema_compat::Contracts { write: &pattern, read: &text },
    );
    let report = schema_compat::check_contracts(old, new, Readers::Both, Rules::Semantic);
    assert_ne!(report.verdict, Verdict::Compatible);
}
