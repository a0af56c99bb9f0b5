//! Numbers that are neither NaN nor infinite: `#[field(finite)]`.

use super::{EventValue, Presence};
use crate::model::shape::Shape;
use crate::value::encode::{Encoder, name_in};
use crate::value::read::{Input, Object, ReadError, ReadErrorKind};

/// A value under `#[field(finite)]`: a float, or an `Option`, a list or an array of floats.
///
/// JSON has no NaN and no infinity (RFC 8259 §6). Without `finite` they are written as `null`. With
/// it, an event with such a number is refused ([`Encoder::refused`]), the schema is `number`, and
/// reading a `null` is an error.
///
/// ```
/// use event_core::value::{Encoder, Fields};
/// use event_core::events;
///
/// events!(
///     #[group]
///     pub struct Timing {
///         #[field(finite, unit = "ms")]
///         pub duration_ms: f64,
///     }
/// );
///
/// # fn main() {
/// let mut out = Encoder::new();
/// Timing { duration_ms: 1.5 }.encode_fields(&mut out);
/// assert_eq!((out.bytes(), out.refused()), (&br#","duration_ms":1.5"#[..], None));
///
/// out.clear();
/// Timing { duration_ms: f64::NAN }.encode_fields(&mut out);
/// assert_eq!(out.refused(), Some("duration_ms"));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`finite` has no effect on `{Self}`",
    label = "this type holds no float",
    note = "`#[field(finite)]` is for `f32` and `f64`, and `Option`, `Vec` and arrays of them: \
            remove the word"
)]
pub trait Finite: EventValue {
    /// The JSON shape.
    const SHAPE: &'static Shape = <Self as EventValue>::SHAPE;

    /// Whether every number in the value is finite.
    fn is_finite(&self) -> bool;

    /// Reads a value whose numbers are finite.
    ///
    /// # Errors
    ///
    /// Returns an error if the input does not have the shape, or has a number that is not finite.
    fn read_finite(input: Input<'_>) -> Result<Self, ReadError>;

    /// Writes the value as a member; `key` is `,"name":`. Refuses the event if a number is not
    /// finite.
    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_finite() {
            out.refuse(name_in(key));
        }
        EventValue::encode_field(self, key, out);
    }

    /// Writes the value as a member. Writes nothing for `None`.
    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_none() {
            Finite::encode_field(self, key, out);
        }
    }

    /// Reads the member `name`, or one of its aliases. If the member is missing, occurs twice or is
    /// invalid, the object keeps the error.
    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, Self::read_finite, Self::absent)
    }

    /// Reads the member `name`, or one of its aliases. Returns the default if the member is
    /// missing.
    fn read_field_or_default(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>
    where
        Self: Default,
    {
        object.field(name, aliases, Self::read_finite, || Some(Self::default()))
    }
}

macro_rules! floats {
    ($($ty:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Finite for $ty {
            fn is_finite(&self) -> bool {
                $ty::is_finite(*self)
            }

            fn read_finite(input: Input<'_>) -> Result<Self, ReadError> {
                input.finite()
            }
        }
    )*};
}

floats! { f32 f64 }

#[diagnostic::do_not_recommend]
impl<T: Finite> Finite for Option<T> {
    fn is_finite(&self) -> bool {
        self.as_ref().is_none_or(T::is_finite)
    }

    fn read_finite(input: Input<'_>) -> Result<Self, ReadError> {
        if input.is_null() { Ok(None) } else { T::read_finite(input).map(Some) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Finite> Finite for Presence<T> {
    fn is_finite(&self) -> bool {
        self.value().is_none_or(T::is_finite)
    }

    fn read_finite(input: Input<'_>) -> Result<Self, ReadError> {
        if input.is_null() { Ok(Self::Null) } else { T::read_finite(input).map(Self::Value) }
    }
}

fn read_items<T: Finite>(input: Input<'_>) -> Result<Vec<T>, ReadError> {
    let read =
        |(at, item): (usize, Input<'_>)| T::read_finite(item).map_err(|error| error.in_item(at));
    input.list()?.into_iter().enumerate().map(read).collect()
}

#[diagnostic::do_not_recommend]
impl<T: Finite> Finite for Vec<T> {
    fn is_finite(&self) -> bool {
        self.iter().all(T::is_finite)
    }

    fn read_finite(input: Input<'_>) -> Result<Self, ReadError> {
        read_items(input)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Finite, const N: usize> Finite for [T; N] {
    fn is_finite(&self) -> bool {
        self.iter().all(T::is_finite)
    }

    fn read_finite(input: Input<'_>) -> Result<Self, ReadError> {
        let wrong =
            ReadError::new(ReadErrorKind::Malformed { expected: "a list of the declared length" });
        read_items(input)?.try_into().map_err(|_| wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::Finite;
    use crate::events;
    use crate::value::EventValue;
    use crate::value::encode::{Encoder, Fields};
    use crate::value::read::Input;
    use proptest::prelude::*;

    events!(
        /// Floats in every position that `finite` supports.
        #[value(skip_none)]
        #[derive(PartialEq)]
        pub(super) struct Numbers {
            /// One.
            #[field(finite)]
            pub one: f64,
            /// A short one.
            #[field(finite)]
            pub short: f32,
            /// Perhaps one.
            #[field(finite)]
            pub maybe: Option<f64>,
            /// Many, perhaps.
            #[field(finite, rename = "so \"many\"")]
            pub many: Vec<Option<f32>>,
            /// Two.
            #[field(finite, default)]
            pub two: [f64; 2],
            /// One that may be anything.
            pub any: f64,
        }

        /// Numbers within.
        #[group]
        pub(super) struct Nested {
            /// The numbers.
            pub numbers: Option<Numbers>,
        }
    );

    const PLAIN: Numbers =
        Numbers { one: 1.0, short: 0.5, maybe: None, many: Vec::new(), two: [0.0, 2.0], any: 0.0 };

    fn refused(numbers: Numbers) -> (Option<&'static str>, String) {
        let mut out = Encoder::new();
        Nested { numbers: Some(numbers) }.encode_fields(&mut out);
        (out.refused(), str::from_utf8(out.bytes()).unwrap().to_owned())
    }

    fn read<T: Finite>(json: &str) -> Result<T, String> {
        T::read_finite(Input::parse(json).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn f5_an_event_with_a_number_that_is_not_finite_is_refused() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let short = if bad.is_nan() { f32::NAN } else { f32::INFINITY };
            assert_eq!(refused(Numbers { one: bad, ..PLAIN }).0, Some("one"));
            assert_eq!(refused(Numbers { short, ..PLAIN }).0, Some("short"));
            assert_eq!(refused(Numbers { maybe: Some(bad), ..PLAIN }).0, Some("maybe"));
            let many = vec![Some(1.0), None, Some(short)];
            assert_eq!(refused(Numbers { many, ..PLAIN }).0, Some(r#"so \"many\""#));
            assert_eq!(refused(Numbers { two: [0.0, bad], ..PLAIN }).0, Some("two"));
            assert_eq!(refused(Numbers { any: bad, ..PLAIN }).0, None);
        }
        assert_eq!(refused(PLAIN).0, None);
        assert_eq!(
            refused(Numbers { maybe: Some(f64::MAX), many: vec![None, Some(f32::MIN)], ..PLAIN }).0,
            None
        );
    }

    #[test]
    fn f5_what_is_refused_is_json_and_names_the_first_field() {
        let (refused, json) = refused(Numbers { short: f32::NAN, two: [f64::NAN, 1.0], ..PLAIN });
        assert_eq!(refused, Some("short"));
        assert_eq!(
            json,
            r#","numbers":{"one":1.0,"short":null,"so \"many\"":[],"two":[null,1.0],"any":0.0}"#
        );
    }

    #[test]
    fn f5_a_cleared_encoder_refuses_nothing() {
        let mut out = Encoder::new();
        Finite::encode_field(&f64::NAN, ",\"ratio\":", &mut out);
        out.truncate(0);
        assert_eq!(out.refused(), Some("ratio"));
        out.clear();
        assert_eq!(out.refused(), None);
    }

    #[test]
    fn f5_a_null_does_not_read_as_a_finite_number() {
        assert_eq!(read::<f64>("null"), Err("expected a finite number, found null".to_owned()));
        assert_eq!(read::<f64>("\"1\""), Err("expected a finite number, found text".to_owned()));
        assert_eq!(
            read::<Vec<f32>>("[1,null]"),
            Err("`[1]`: expected a finite number, found null".to_owned())
        );
        assert_eq!(read::<Option<f64>>("null"), Ok(None));
        assert_eq!(read::<Vec<Option<f64>>>("[1,null]"), Ok(vec![Some(1.0), None]));
        assert_eq!(
            read::<[f64; 2]>("[1]"),
            Err("the text is not a list of the declared length".to_owned())
        );
        let numbers = Numbers::read(Input::parse(r#"{"one":null}"#).unwrap()).unwrap_err();
        assert_eq!(numbers.to_string(), "`one`: expected a finite number, found null");
    }

    #[test]
    fn f5_a_number_beyond_the_largest_does_not_read_as_infinity() {
        assert_eq!(read::<f64>("1e308"), Ok(1e308));
        assert_eq!(
            read::<f64>("-1e400"),
            Err("the number does not fit a floating-point number of 64 bits".to_owned())
        );
        assert_eq!(
            read::<f32>("1e39"),
            Err("the number does not fit a floating-point number of 32 bits".to_owned())
        );
    }

    #[test]
    fn f5_what_is_missing_is_the_default_where_there_is_one() {
        let read = |json| Numbers::read(Input::parse(json).unwrap());
        let least = read(r#"{"one":1,"short":0.5,"so \"many\"":[],"any":null}"#).unwrap();
        assert!(least.any.is_nan());
        assert_eq!(Numbers { any: 0.0, two: [0.0, 2.0], ..least }, PLAIN);
        let error = read(r#"{"one":1,"so \"many\"":[],"any":null}"#).unwrap_err();
        assert_eq!(error.to_string(), "`short`: missing");
    }

    proptest! {
        #[test]
        fn f5_a_finite_number_is_never_written_as_null(one in any::<f64>(), many in prop::collection::vec(any::<f32>(), 0..4)) {
            let finite = one.is_finite() && many.iter().all(Finite::is_finite);
            let (refused, json) = refused(Numbers { one, many: many.iter().copied().map(Some).collect(), ..PLAIN });
            prop_assert_eq!(refused.is_none(), finite);
            if finite {
                prop_assert!(!json.contains("null"), "{json}");
                let json = format!("{{{}}}", &json[1..]);
                let read = Input::parse(&json).unwrap().object().unwrap().read::<Numbers>("numbers").unwrap();
                prop_assert_eq!((read.one.to_bits(), read.many), (one.to_bits(), many.into_iter().map(Some).collect()));
            }
        }
    }
}
