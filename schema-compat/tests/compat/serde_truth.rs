//! Serde as the judge: what one struct writes, does the other read? The schemas of both are written
//! as the contracts that the structs have.
//!
//! Writers are closed and name every field that they write; readers are open, and a field that may
//! be missing is not required.

use schema_compat::{Contracts, Readers, Rules, Verdict, check_contracts};
use serde_json::{Map, Value, json};

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Type {
    U8,
    U32,
    I64,
    F64,
    Text,
    Bool,
    /// A unit enum of the first two or three of the values.
    Enum(usize),
    List(&'static Type),
}

const VALUES: [&str; 3] = ["card", "cash", "coin"];

/// A field of a struct: `#[serde(alias)]`, `Option`, `#[serde(default)]`, `skip_serializing_if`.
#[derive(Clone, Copy, Debug)]
struct Field {
    name: &'static str,
    ty: Type,
    optional: bool,
    default: bool,
    skips_none: bool,
}

impl Type {
    fn schema(self) -> Value {
        match self {
            Self::U8 => json!({"type": "integer", "format": "uint8", "minimum": 0, "maximum": 255}),
            Self::U32 => json!({"type": "integer", "format": "uint32", "minimum": 0}),
            Self::I64 => json!({"type": "integer", "format": "int64"}),
            Self::F64 => json!({"type": "number", "format": "double"}),
            Self::Text => json!({"type": "string"}),
            Self::Bool => json!({"type": "boolean"}),
            Self::Enum(count) => json!({"type": "string", "enum": VALUES[..count]}),
            Self::List(inner) => json!({"type": "array", "items": inner.schema()}),
        }
    }

    /// What the type writes: the ends of its range, every variant.
    fn samples(self) -> Vec<Value> {
        match self {
            Self::U8 => vec![json!(0), json!(u8::MAX)],
            Self::U32 => vec![json!(0), json!(u32::MAX)],
            Self::I64 => vec![json!(i64::MIN), json!(0), json!(i64::MAX)],
            Self::F64 => vec![json!(0.5), json!(-1e300), json!(2.0)],
            Self::Text => vec![json!(""), json!("card"), json!("x")],
            Self::Bool => vec![json!(false), json!(true)],
            Self::Enum(count) => VALUES[..count].iter().map(|value| json!(value)).collect(),
            Self::List(inner) => [json!([])]
                .into_iter()
                .chain(inner.samples().into_iter().map(|item| json!([item])))
                .collect(),
        }
    }

    /// What serde says, by the type itself.
    fn reads(self, value: &Value) -> bool {
        fn is<T: serde::de::DeserializeOwned>(value: &Value) -> bool {
            serde_json::from_str::<T>(&value.to_string()).is_ok()
        }
        match self {
            Self::U8 => is::<u8>(value),
            Self::U32 => is::<u32>(value),
            Self::I64 => is::<i64>(value),
            Self::F64 => is::<f64>(value),
            Self::Text => is::<String>(value),
            Self::Bool => is::<bool>(value),
            Self::Enum(2) => is::<Two>(value),
            Self::Enum(_) => is::<Three>(value),
            Self::List(inner) => {
                value.as_array().is_some_and(|items| items.iter().all(|item| inner.reads(item)))
            }
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Two {
    Card,
    Cash,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Three {
    Card,
    Cash,
    Coin,
}

const fn field(name: &'static str, ty: Type) -> Field {
    Field { name, ty, optional: false, default: false, skips_none: false }
}

fn or_null(schema: &Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

fn write_contract(fields: &[Field]) -> Value {
    let schema = |field: &Field| {
        let nullable = field.optional && !field.skips_none;
        (
            field.name.to_owned(),
            if nullable { or_null(&field.ty.schema()) } else { field.ty.schema() },
        )
    };
    let required: Vec<_> =
        fields.iter().filter(|field| !field.skips_none).map(|field| field.name).collect();
    let properties: Map<_, _> = fields.iter().map(schema).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn read_contract(fields: &[Field]) -> Value {
    let schema = |field: &Field| {
        (
            field.name.to_owned(),
            if field.optional { or_null(&field.ty.schema()) } else { field.ty.schema() },
        )
    };
    let required: Vec<_> = fields
        .iter()
        .filter(|field| !field.optional && !field.default)
        .map(|field| field.name)
        .collect();
    let properties: Map<_, _> = fields.iter().map(schema).collect();
    json!({"type": "object", "properties": properties, "required": required})
}

/// Everything that a struct writes, over the samples of its fields.
fn written(fields: &[Field]) -> Vec<Value> {
    fields.iter().fold(vec![json!({})], |lines, field| {
        let mut values: Vec<Option<Value>> = field.ty.samples().into_iter().map(Some).collect();
        if field.optional {
            values.push((!field.skips_none).then_some(Value::Null));
        }
        let with = |line: &Value, value: &Option<Value>| {
            let mut line = line.clone();
            if let Some(value) = value {
                line[field.name] = value.clone();
            }
            line
        };
        lines.iter().flat_map(|line| values.iter().map(move |value| with(line, value))).collect()
    })
}

/// What `derive(Deserialize)` does with such a struct.
fn reads(fields: &[Field], line: &Value) -> bool {
    fields.iter().all(|field| match line.get(field.name) {
        None => field.optional || field.default,
        Some(Value::Null) => field.optional,
        Some(value) => field.ty.reads(value),
    })
}

/// The first field, in every way in which it may be declared.
fn shapes() -> Vec<Vec<Field>> {
    const LISTED: [Type; 2] = [Type::U8, Type::Enum(3)];
    let types = [
        Type::U8,
        Type::U32,
        Type::I64,
        Type::F64,
        Type::Text,
        Type::Bool,
        Type::Enum(2),
        Type::Enum(3),
        Type::List(&LISTED[0]),
        Type::List(&LISTED[1]),
    ];
    let kept = field("id", Type::Text);
    let mut shapes = vec![vec![kept]];
    for ty in types {
        for name in ["method", "method_name"] {
            for (optional, default, skips_none) in [
                (false, false, false),
                (false, true, false),
                (true, false, false),
                (true, false, true),
            ] {
                shapes.push(vec![kept, Field { name, ty, optional, default, skips_none }]);
            }
        }
    }
    shapes
}

#[test]
fn the_verdict_is_serdes() {
    let shapes = shapes();
    let mut compatible = 0;
    for old in &shapes {
        for new in &shapes {
            let (old_write, old_read) = (write_contract(old), read_contract(old));
            let (new_write, new_read) = (write_contract(new), read_contract(new));
            let contracts = (
                Contracts { write: &old_write, read: &old_read },
                Contracts { write: &new_write, read: &new_read },
            );
            for (readers, writer, reader) in [(Readers::New, old, new), (Readers::Old, new, old)] {
                let truth = written(writer).iter().all(|line| reads(reader, line));
                let report = check_contracts(contracts.0, contracts.1, readers, Rules::Semantic);
                let verdict = if truth { Verdict::Compatible } else { Verdict::Incompatible };
                assert_eq!(
                    report.verdict, verdict,
                    "{readers:?} of {old:?} to {new:?}: {report:#?}"
                );
                compatible += usize::from(truth);
            }
        }
    }
    let total = shapes.len() * shapes.len() * 2;
    assert!(
        compatible > total / 10 && compatible < total * 9 / 10,
        "{compatible} of {total} are compatible"
    );
}

#[test]
fn an_optional_field_comes_and_goes() {
    let old = [field("id", Type::Text)];
    let new = [field("id", Type::Text), Field { optional: true, ..field("note", Type::Text) }];
    let (old_write, old_read) = (write_contract(&old), read_contract(&old));
    let (new_write, new_read) = (write_contract(&new), read_contract(&new));
    let (old, new) = (
        Contracts { write: &old_write, read: &old_read },
        Contracts { write: &new_write, read: &new_read },
    );
    assert_eq!(
        check_contracts(old, new, Readers::Both, Rules::Semantic).verdict,
        Verdict::Compatible
    );
    assert_eq!(
        check_contracts(new, old, Readers::Both, Rules::Semantic).verdict,
        Verdict::Compatible
    );
}
