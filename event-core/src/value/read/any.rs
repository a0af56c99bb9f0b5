//! Any JSON value, as a `serde_json::Value`.

use super::{Input, ReadError, ReadErrorKind};
use serde_json::{Map, Number, Value};

impl Input<'_> {
    /// Any JSON value.
    pub(crate) fn any(self) -> Result<Value, ReadError> {
        value(self)
    }
}

/// Converts the value. `serde_json` keeps the last of two members with the same name; this refuses
/// them, as every other field does.
fn value(input: Input<'_>) -> Result<Value, ReadError> {
    Ok(match input.kind() {
        "null" => Value::Null,
        "a truth value" => Value::Bool(input.truth()?),
        "text" => Value::String(input.text()?.into_owned()),
        "a list" => {
            let item = |(at, item)| value(item).map_err(|error| error.in_item(at));
            Value::Array(input.list()?.into_iter().enumerate().map(item).collect::<Result<_, _>>()?)
        }
        "an object" => {
            let member = |(key, member): (String, Input<'_>)| match value(member) {
                Ok(member) => Ok((key, member)),
                Err(error) => Err(error.in_field(&key)),
            };
            Value::Object(
                input.object()?.into_members().map(member).collect::<Result<Map<_, _>, _>>()?,
            )
        }
        _ => Value::Number(number(input.json())?),
    })
}

fn number(json: &str) -> Result<Number, ReadError> {
    let too_large = || {
        ReadError::new(ReadErrorKind::OutOfRange { expected: "a floating-point number of 64 bits" })
    };
    if let Ok(number) = json.parse::<u64>() {
        return Ok(number.into());
    }
    // `serde_json` does not treat `-0` as an integer.
    if let Ok(number @ ..0) = json.parse::<i64>() {
        return Ok(number.into());
    }
    // With the arbitrary-precision feature of `serde_json`, the number is kept as written.
    // Otherwise it may be off by the last digit.
    let read: Number = serde_json::from_str(json).map_err(|_| too_large())?;
    if read.to_string() == json {
        return Ok(read);
    }
    json.parse().ok().and_then(Number::from_f64).ok_or_else(too_large)
}

#[cfg(test)]
mod tests {
    use super::value;
    use crate::value::read::Input;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn read(json: &str) -> Result<Value, String> {
        Input::parse(json).and_then(value).map_err(|error| error.to_string())
    }

    #[test]
    fn a_key_that_is_there_twice_is_refused_however_deep() {
        assert_eq!(
            read(r#"{"a":[{"b":1},{"b":1,"c":2,"b":2}]}"#).unwrap_err(),
            "`a[1].b`: occurs twice"
        );
        assert_eq!(read(r#"{"a":{"b":1},"b":1}"#), Ok(json!({"a": {"b": 1}, "b": 1})));
    }

    #[test]
    fn a_number_beyond_the_largest_is_said_to_be_one() {
        let error = "`[1]`: the number does not fit a floating-point number of 64 bits";
        assert_eq!(read("[1,1e400]").unwrap_err(), error);
        assert_eq!(read("[1,-1e308,-0]"), Ok(json!([1, -1e308, -0.0])));
        assert_eq!(
            read("[18446744073709551615,-9223372036854775808]"),
            Ok(json!([u64::MAX, i64::MIN]))
        );
    }

    proptest! {
        #[test]
        fn numbers_are_exact(number in any::<f64>().prop_filter("a JSON number", |number| number.is_finite())) {
            for json in [format!("{number:e}"), format!("{number:.60}"), json!(number).to_string()] {
                let expected = json.parse::<f64>().unwrap().to_bits();
                prop_assert_eq!(read(&json).unwrap().as_f64().unwrap().to_bits(), expected, "{}", json);
            }
        }
    }
}
