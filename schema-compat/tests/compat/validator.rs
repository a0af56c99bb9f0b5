//! A compiled schema judges as the independent judge does: the samples of the reference catalog's
//! lock against their locked schemas, as they are and changed.

use crate::judge;
use proptest::prelude::*;
use schema_compat::{ValidationError, Validator};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::LazyLock;

/// A schema of the lock, by both, and the samples of its version.
struct Locked {
    name: String,
    schema: Value,
    own: Validator,
    other: jsonschema::Validator,
    samples: Vec<Value>,
}

/// Every revision of every locked version.
static LOCKED: LazyLock<Vec<Locked>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/events/events.lock.d");
    let mut directories: Vec<_> =
        root.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    directories.retain(|directory| directory.join("samples.ndjson").is_file());
    directories.sort();
    directories.iter().flat_map(|directory| revisions(directory)).collect()
});

fn revisions(directory: &Path) -> impl Iterator<Item = Locked> {
    let text = std::fs::read_to_string(directory.join("samples.ndjson")).unwrap();
    let samples: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files = (0..).map(|number| directory.join(format!("r{number}.write.json")));
    files.take_while(|path| path.is_file()).map(move |path| {
        let schema = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        Locked {
            name: path.display().to_string(),
            own: Validator::new(&schema).unwrap(),
            other: judge::validator(&schema),
            samples: samples.clone(),
            schema,
        }
    })
}

impl Locked {
    /// Whether the value is valid, for both; the two may differ only where ours does not decide.
    fn judge(&self, value: &Value) -> Option<bool> {
        let own = self.own.validate(value);
        let valid = self.other.is_valid(value);
        if let Some(members) = value.as_object() {
            let members = members.iter().map(|(name, value)| (name.as_str(), value)).collect();
            assert_eq!(self.own.validate_members(&members), own, "{}: {value}", self.name);
            let refused = matches!(own, Err(ValidationError::Keyword { .. }));
            assert_eq!(self.own.refuses_members(&members), refused, "{}: {value}", self.name);
        }
        match &own {
            Ok(()) => assert!(valid, "{}: refused by the judge: {value}", self.name),
            Err(ValidationError::Keyword { at, keyword }) => {
                assert!(!valid, "{}: accepted by the judge: {value}", self.name);
                assert!(value.pointer(at).is_some(), "{}: no `{at}` in {value}", self.name);
                assert!(self.schema.pointer(keyword).is_some(), "{}: no `{keyword}`", self.name);
            }
            Err(error) => {
                assert_eq!(*error, ValidationError::Undecided);
                return None;
            }
        }
        Some(valid)
    }
}

/// A sample was written when its version was locked, so a later revision may refuse it.
#[test]
fn every_sample_is_valid_by_a_revision() {
    assert!(LOCKED.len() > 80);
    for version in LOCKED.chunk_by(|one, other| one.samples == other.samples) {
        for sample in &version[0].samples {
            let mut judged = version.iter().map(|locked| locked.judge(sample));
            assert!(judged.any(|valid| valid == Some(true)), "{}: {sample}", version[0].name);
        }
    }
}

/// A schema of the keywords about members, several of them at once and nested.
fn of_members() -> impl Strategy<Value = Value> {
    let name = || prop::sample::select(vec!["a", "b", "c", "d"]).prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(json!(true)),
        Just(json!(false)),
        Just(json!({"type": "integer"})),
        Just(json!({"type": "object"})),
        Just(json!({"minimum": 2})),
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        let required = prop::collection::btree_set(name(), 0..3);
        let properties = prop::collection::btree_map(name(), inner.clone(), 0..4);
        let parts = prop::collection::vec(inner.clone(), 0..3);
        let additional = prop::option::of(inner.clone());
        (required, properties, parts, additional, prop::option::of(inner)).prop_map(
            |(required, properties, parts, additional, patterned)| {
                let mut schema = json!({"required": required, "properties": properties});
                if !parts.is_empty() {
                    schema["allOf"] = json!(parts);
                }
                if let Some(additional) = additional {
                    schema["additionalProperties"] = additional;
                }
                if let Some(patterned) = patterned {
                    schema["patternProperties"] = json!({"^[cd]$": patterned});
                }
                schema
            },
        )
    })
}

fn any_members() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec!["a", "b", "c", "d", "e"]).prop_map(str::to_owned);
    let leaf = prop_oneof![Just(json!(null)), (0..4_i64).prop_map(Value::from), Just(json!(2.5))];
    leaf.prop_recursive(3, 16, 5, move |inner| {
        prop::collection::btree_map(name.clone(), inner, 0..5).prop_map(|members| json!(members))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn members_are_judged_as_by_the_judge(schema in of_members(), values in prop::collection::vec(any_members(), 8)) {
        let locked = Locked {
            name: schema.to_string(),
            own: Validator::new(&schema).unwrap(),
            other: judge::validator(&schema),
            samples: Vec::new(),
            schema,
        };
        for value in &values {
            prop_assert!(locked.judge(value).is_some(), "{}: {value}", locked.name);
        }
    }
}

/// What a value is replaced with: near misses of what the schemas ask for.
fn replacements() -> Vec<Value> {
    let texts = ["", "info", "019b7ca9-8f2e-7ba5-b435-449ea5ba364", "[redacted]", "0.0.0.0/24"];
    let times = ["2026-02-29T03:04:05Z", "2026-01-02T03:04:05", "2024-02-29T23:59:59.5+01:00"];
    let numbers = [json!(0), json!(-1), json!(1.0), json!(1.5), json!(4_294_967_296_u64)];
    let others = [json!(null), json!(true), json!([]), json!({}), json!(u64::MAX), json!(1e300)];
    let texts = texts.iter().chain(&times).map(|text| json!(text));
    texts.chain(numbers).chain(others).collect()
}

/// The pointers to every part of a value, the value itself first.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| {
                pointers(item, &format!("{at}/{index}"), into);
            });
        }
        Value::Object(members) => members.iter().for_each(|(key, member)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            pointers(member, &format!("{at}/{key}"), into);
        }),
        _ => {}
    }
}

/// Changes the part that `place` chooses: replaces it, removes a member of it, adds one to it, or
/// cuts or lengthens a text.
fn change(value: &mut Value, place: prop::sample::Index, how: u8, with: prop::sample::Index) {
    let mut places = Vec::new();
    pointers(value, "", &mut places);
    let part = value.pointer_mut(&places[place.index(places.len())]).unwrap();
    match (how % 4, part) {
        (0, part @ (Value::Object(_) | Value::Array(_))) if with.index(2) == 0 => *part = json!({}),
        (1, Value::Object(members)) if !members.is_empty() => {
            let key = members.keys().nth(with.index(members.len())).unwrap().clone();
            members.remove(&key);
        }
        (2, Value::Object(members)) => {
            members.insert("not_declared".into(), with.get(&replacements()).clone());
        }
        (2, Value::Array(items)) => items.push(with.get(&replacements()).clone()),
        (3, Value::String(text)) if with.index(2) == 0 => {
            text.pop();
        }
        (3, Value::String(text)) => text.push(*with.get(&['0', 'Z', '/', 'ß'])),
        (_, part) => *part = with.get(&replacements()).clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_changed_sample_is_judged_as_by_the_judge(
        at in any::<(prop::sample::Index, prop::sample::Index)>(),
        changes in prop::collection::vec(any::<(prop::sample::Index, u8, prop::sample::Index)>(), 1..4),
    ) {
        let locked = at.0.get(&LOCKED);
        let mut value = at.1.get(&locked.samples).clone();
        for (place, how, with) in changes {
            change(&mut value, place, how, with);
        }
        locked.judge(&value);
    }
}

/// Patterns whose characters are in the classes of letters and digits, beyond ASCII and around the
/// surrogates.
static PATTERNS: LazyLock<Vec<Matched>> = LazyLock::new(|| {
    let patterns = [
        "^0*[1-9a-f][0-9a-f]*$",
        "^-?[0-9]+(\\.[0-9]+)?$",
        "/24$",
        "(a|é)☃?$",
        "^[^a☃]*$",
        "^[\u{e000}-\u{e00f}]+$",
        "^([0-9a-f]{0,4}:){2,7}",
    ];
    let schemas = patterns.map(|pattern| json!({"pattern": pattern}));
    let matched = |schema| (judge::validator(schema), Validator::new(schema).unwrap());
    schemas.iter().map(matched).collect()
});
type Matched = (jsonschema::Validator, Validator);

proptest! {
    /// A validator matches patterns by tables.
    #[test]
    fn a_table_matches_what_the_pattern_matches(
        text in "[0-9a-f:/.]{0,12}|0{0,30}[1-9a-f]?[0-9a-f]{0,4}|[\u{d7f0}-\u{e010}é☃a]{0,4}",
    ) {
        let text = json!(text);
        for (judge, own) in &*PATTERNS {
            prop_assert_eq!(own.validate(&text).is_ok(), judge.is_valid(&text), "{} {:?}", text, own);
        }
    }
}

#[test]
fn threads_share_a_validator() {
    let locked =
        LOCKED.iter().find(|locked| locked.name.contains("order_payment_submitted@1")).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let valid =
                    locked.samples.iter().filter(|sample| locked.own.validate(sample).is_ok());
                assert_eq!(valid.count(), locked.samples.len());
            });
        }
    });
}

#[test]
fn schemas_that_refer_to_themselves_are_judged() {
    let tree = json!({
        "$defs": {"tree": {"properties": {"left": {"$ref": "#/$defs/tree"}, "right": {"$ref": "#/$defs/tree"}, "value": {"type": "integer"}}, "additionalProperties": false}},
        "$ref": "#/$defs/tree",
    });
    let validator = Validator::new(&tree).unwrap();
    assert_eq!(validator.validate(&json!({"left": {"right": {"value": 1}}})), Ok(()));
    assert_eq!(
        validator
            .validate(&json!({"left": {"right": {"value": "secret"}}}))
            .unwrap_err()
            .to_string(),
        "`/left/right/value` is refused by `/$defs/tree/properties/value/type` of the schema"
    );
    assert_eq!(
        validator.validate(&json!({"left": {"leaf": "secret"}})).unwrap_err().to_string(),
        "`/left/leaf` is refused by `/$defs/tree/additionalProperties` of the schema"
    );
    // A circle on one value decides nothing.
    let circle = Validator::new(&json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"})).unwrap();
    assert_eq!(circle.validate(&json!(1)), Err(ValidationError::Undecided));
    let error = Validator::new(&json!({"properties": {"a": 1}})).unwrap_err();
    assert_eq!(error.to_string(), "the schema cannot be read: `/properties/a` is not a schema");
}
