//! The reader of schemas over an arbitrary document: it is compatible with itself, or no schema.
#![no_main]

use event_schema::parse;
use libfuzzer_sys::fuzz_target;
use schema_compat::{Readers, Rules, Verdict, check};
use serde_json::{Value, json};

fuzz_target!(|data: &[u8]| {
    let Ok(schema) = parse(data) else { return };
    let mut titled = schema.clone();
    if let Some(members) = titled.as_object_mut() {
        // Another text, for which the two have to be looked at.
        members.insert("$comment".to_owned(), json!("the same"));
    }
    for rules in Rules::ALL {
        assert_ne!(check(&schema, &schema, Readers::Both, rules).verdict, Verdict::Incompatible);
        assert_ne!(check(&schema, &titled, Readers::Both, rules).verdict, Verdict::Incompatible);
        // Everything reads it; false writes nothing.
        assert_ne!(
            check(&schema, &Value::Bool(true), Readers::New, rules).verdict,
            Verdict::Incompatible
        );
        assert_ne!(
            check(&Value::Bool(false), &schema, Readers::New, rules).verdict,
            Verdict::Incompatible
        );
    }
});
