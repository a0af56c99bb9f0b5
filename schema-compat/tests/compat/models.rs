//! Every change of a property, in every content model before and after, by every set of rules.
//!
//! What the registry says is written down by hand. What schemas mean is found by trying: every
//! payload that the change could be about, read by the judge.

use crate::judge;
use schema_compat::{Readers, Report, Rules, Verdict, check};
use serde_json::{Map, Value, json};

/// What an object says of properties that it does not name.
const MODELS: [Model; 3] = [Model::Open, Model::Closed, Model::Partial];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Model {
    Open,
    Closed,
    /// Texts only.
    Partial,
}

impl Model {
    /// `a` is always there; `b` as it is given; every other property as the model says.
    fn schema(self, b: Option<&Value>, required: &[&str]) -> Value {
        let mut properties = Map::from_iter([("a".to_owned(), json!({"type": "string"}))]);
        properties.extend(b.map(|schema| ("b".to_owned(), schema.clone())));
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        match self {
            Self::Open => {}
            Self::Closed => schema["additionalProperties"] = json!(false),
            Self::Partial => schema["additionalProperties"] = json!({"type": "string"}),
        }
        schema
    }
}

/// A property as it is declared: what it may be, and whether it has to be there.
type Declared = Option<(Value, bool)>;

/// What happens to `b`, and what the registry says of it backward. One block for each model before,
/// in the order of [`MODELS`]; in it one letter for each model after, `+` for compatible.
struct Change {
    name: &'static str,
    old: Declared,
    new: Declared,
    strict: &'static str,
    lenient: &'static str,
}

fn changes() -> Vec<Change> {
    let text = || json!({"type": "string"});
    let never = json!(false);
    let filled = || json!({"type": "string", "default": ""});
    let [number, whole] = ["number", "integer"].map(|name| json!({"type": name}));
    let change = |name, old, new, strict, lenient| Change { name, old, new, strict, lenient };
    let optional = |schema: Value| Some((schema, false));
    let required = |schema: Value| Some((schema, true));
    vec![
        // Closing a model, or narrowing it, is what strict refuses and lenient does not.
        change("nothing", None, None, "+-- +++ +-+", "+++ +++ +++"),
        // Anything may have been written under the name where the model was open.
        change("add optional", None, optional(text()), "--- +++ +-+", "+++ +++ +++"),
        change("add required", None, required(text()), "--- --- ---", "--- --- ---"),
        // The registry takes a default for filled in; validators fill nothing in.
        change("add required with default", None, required(filled()), "--- +++ +-+", "+++ +++ +++"),
        change("add anything, optional", None, optional(json!({})), "+-- +++ +-+", "+++ +++ +++"),
        // In an open object, the registry does not ask whether an empty schema is required.
        change("add anything, required", None, required(json!({})), "+-- --- ---", "+++ --- ---"),
        // Among texts a number is another type, which lenient does not let pass either.
        change("add optional number", None, optional(number.clone()), "--- +++ ---", "+++ +++ ---"),
        change("remove optional", optional(text()), None, "+-- +-+ +-+", "+++ +++ +++"),
        change("remove required", required(text()), None, "+-- +-+ +-+", "+++ +++ +++"),
        change(
            "remove optional number",
            optional(number.clone()),
            None,
            "+-- +-- +--",
            "++- ++- ++-",
        ),
        change("remove the impossible", optional(never), None, "+-- +++ +-+", "+++ +++ +++"),
        change("make required", optional(text()), required(text()), "--- --- ---", "--- --- ---"),
        change(
            "require with default",
            optional(text()),
            required(filled()),
            "+-- +++ +-+",
            "+++ +++ +++",
        ),
        change("make optional", required(text()), optional(text()), "+-- +++ +-+", "+++ +++ +++"),
        change(
            "another type",
            optional(text()),
            optional(number.clone()),
            "--- --- ---",
            "--- --- ---",
        ),
        change(
            "a wider type",
            optional(whole),
            optional(number.clone()),
            "+-- +++ +-+",
            "+++ +++ +++",
        ),
    ]
}

fn schema(model: Model, declared: &Declared) -> Value {
    let required: &[&str] =
        if declared.as_ref().is_some_and(|(_, required)| *required) { &["a", "b"] } else { &["a"] };
    model.schema(declared.as_ref().map(|(schema, _)| schema), required)
}

/// Every payload that a change of `b` could be about: each of three properties missing, a text,
/// whole, a fraction, or something else.
fn payloads() -> Vec<Value> {
    let values = [None, Some(json!("x")), Some(json!(1)), Some(json!(0.5)), Some(Value::Null)];
    let mut all = vec![json!({})];
    for name in ["a", "b", "c"] {
        all = all
            .iter()
            .flat_map(|payload| {
                values.iter().map(move |value| {
                    let mut payload = payload.clone();
                    if let Some(value) = value {
                        payload[name] = value.clone();
                    }
                    payload
                })
            })
            .collect();
    }
    all
}

fn cell(grid: &str, before: usize, after: usize) -> Verdict {
    let block = grid.split(' ').nth(before).unwrap();
    if block.as_bytes()[after] == b'+' { Verdict::Compatible } else { Verdict::Incompatible }
}

fn judged(old: &Value, new: &Value, mode: Readers, rules: Rules) -> Report {
    let report = check(old, new, mode, rules);
    judge::confirm(&report, old, new);
    report
}

#[test]
fn every_change_in_every_content_model() {
    let payloads = payloads();
    let mut cells = 0;
    for change in changes() {
        for (before, old_model) in MODELS.into_iter().enumerate() {
            for (after, new_model) in MODELS.into_iter().enumerate() {
                let (old, new) = (schema(old_model, &change.old), schema(new_model, &change.new));
                let what = format!("{}: {old_model:?} to {new_model:?}", change.name);
                let (writer, reader) = (judge::validator(&old), judge::validator(&new));
                let is_read = payloads
                    .iter()
                    .all(|payload| !writer.is_valid(payload) || reader.is_valid(payload));
                let meaning = if is_read { Verdict::Compatible } else { Verdict::Incompatible };
                for (rules, wanted) in [
                    (Rules::Semantic, meaning),
                    (Rules::ConfluentStrict, cell(change.strict, before, after)),
                    (Rules::ConfluentLenient, cell(change.lenient, before, after)),
                ] {
                    let report = judged(&old, &new, Readers::New, rules);
                    assert_eq!(report.verdict, wanted, "{what}, {}: {report:#?}", rules.as_str());
                    // The other way round, it is the other side that breaks.
                    assert_eq!(
                        judged(&new, &old, Readers::Old, rules).verdict,
                        wanted,
                        "{what}, {}",
                        rules.as_str()
                    );
                    cells += 1;
                }
            }
        }
    }
    assert_eq!(cells, 16 * 9 * 3);
}

/// confluentinc/schema-registry PR #4292 found 2 of 24 combinations wrong. These are 24 of the same
/// sort: a property added and removed, in three content models, by two policies, backward and
/// forward.
#[test]
fn confluent_4292_the_24_combinations() {
    let text = || Some((json!({"type": "string"}), false));
    let mut combinations = 0;
    for (old, new, wanted) in [
        // For each model: strict backward, strict forward, lenient backward, lenient forward.
        (None, text(), ["-+++", "+-++", "++++"]),
        (text(), None, ["+-++", "-+++", "++++"]),
    ] {
        for (model, wanted) in MODELS.into_iter().zip(wanted) {
            let (old, new) = (schema(model, &old), schema(model, &new));
            let asked = [Rules::ConfluentStrict, Rules::ConfluentLenient]
                .into_iter()
                .flat_map(|rules| [(rules, Readers::New), (rules, Readers::Old)]);
            for (index, (rules, mode)) in asked.enumerate() {
                let what = format!("{model:?} {} {:?}", rules.as_str(), mode);
                assert_eq!(
                    judged(&old, &new, mode, rules).verdict,
                    cell(wanted, 0, index),
                    "{what}"
                );
                combinations += 1;
            }
        }
    }
    assert_eq!(combinations, 24);
}
