//! Whatever shape a value has, its samples fit its schemas, the schemas are schemas, and what
//! writers write readers accept.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_core::meta::Member;
use event_schema::{Contract, Dialect, Options, Rendering, sample, schema};
use fixture::event;
use fixture::random::{fields, leak, leak_all, shape};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn samples_fit(fields in fields(shape()), seed in any::<u64>()) {
        let members = leak_all(fields.iter().map(|field| Member::Field(*field)).collect());
        let event = leak(event(fixture::CACHE_HIT.name, "CacheHit", "").members(members));
        let sample: serde_json::Value = serde_json::from_str(&sample::payload(event, seed)).unwrap();
        for dialect in Dialect::ALL {
            for contract in Contract::ALL {
                let options = Options { dialect, contract, rendering: Rendering::Payload, annotations: true };
                let schema = schema(event, options).unwrap().to_value();
                prop_assert!(jsonschema::meta::is_valid(&schema), "{schema:#}");
                let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
                if let Err(error) = validator.validate(&sample) {
                    prop_assert!(false, "{options:?}: {error}\n{sample:#}\n{schema:#}");
                }
            }
        }
    }
}
