//! Compile errors for well-known types that are not field values, with the type to write instead.
//! The macros check a field through one of these traits if the name of its type matches. A type of
//! the same name that implements `EventValue` passes.

use super::EventValue;
use crate::model::shape::Shape;
use crate::value::encode::Encoder;
use crate::value::read::{Input, Object, ReadError};

macro_rules! instead {
    ($($name:ident, $label:literal, $note:literal;)*) => {$(
        #[diagnostic::on_unimplemented(
            message = "`{Self}` cannot be the value of an event's field",
            label = $label,
            note = $note
        )]
        #[allow(missing_docs, clippy::missing_errors_doc, reason = "as in `EventValue`; other names, so that rustc never proposes these")]
        pub trait $name: Sized {
            const __SHAPE: &'static Shape;
            const __FINGERPRINT: u64;
            const __VARIANTS: &'static [&'static str];
            fn __encode(&self, out: &mut Encoder);
            fn __read(input: Input<'_>) -> Result<Self, ReadError>;
            fn __absent() -> Option<Self>;
            fn __is_none(&self) -> bool;
            fn __encode_field(&self, key: &'static str, out: &mut Encoder);
            fn __encode_some(&self, key: &'static str, out: &mut Encoder);
            fn __read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>;
            fn __read_field_or_default(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>
            where
                Self: Default;
        }

        #[diagnostic::do_not_recommend]
        impl<T: EventValue> $name for T {
            const __SHAPE: &'static Shape = <T as EventValue>::SHAPE;
            const __FINGERPRINT: u64 = <T as EventValue>::FINGERPRINT;
            const __VARIANTS: &'static [&'static str] = <T as EventValue>::VARIANTS;

            fn __encode(&self, out: &mut Encoder) {
                EventValue::encode(self, out);
            }

            fn __read(input: Input<'_>) -> Result<Self, ReadError> {
                EventValue::read(input)
            }

            fn __absent() -> Option<Self> {
                EventValue::absent()
            }

            fn __is_none(&self) -> bool {
                EventValue::is_none(self)
            }

            fn __encode_field(&self, key: &'static str, out: &mut Encoder) {
                EventValue::encode_field(self, key, out);
            }

            fn __encode_some(&self, key: &'static str, out: &mut Encoder) {
                EventValue::encode_some(self, key, out);
            }

            fn __read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
                EventValue::read_field(object, name, aliases)
            }

            fn __read_field_or_default(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>
            where
                Self: Default,
            {
                EventValue::read_field_or_default(object, name, aliases)
            }
        }
    )*};
}

instead! {
    OfSystemTime, "write `Timestamp`",
        "`event_core::Timestamp` is a time as RFC 3339: `Timestamp::now()`, or `system_time.into()`";
    OfInstant, "write `Timestamp`, or a number with a unit",
        "an `Instant` has no meaning outside of its process: write a `Timestamp`, or `#[field(unit = \"ms\")]` and a number for the time that passed";
    OfDuration, "write a number with a unit",
        "JSON has no durations: write `#[field(unit = \"ms\")] pub wait_ms: u64`; the time that the action took is `#[elapsed] pub duration_ms: u64`";
    OfPointer, "write the type in the pointer",
        "a field holds the value itself, or a `Box` of it; text is `Str<'a>`, which borrows: `(&*shared).into()`";
    OfSet, "write `Vec<..>`",
        "JSON has lists, and no sets: write a `Vec`, sorted where readers compare it: `set.into_iter().collect()`";
    OfPath, "write `Str<'a>` or `String`",
        "a path need not be text: write what is shown of it, `path.display().to_string().into()`";
    OfNonZero, "write the integer itself",
        "a field holds `u32`, say, for `NonZeroU32`: `number.get()`";
    OfWideInteger, "write `String`, or an integer of at most 64 bits",
        "readers of JSON lose the digits of integers beyond 64 bits: write text, or `Decimal` with event-core's feature `rust_decimal`";
    OfMap, "write `BTreeMap<String, ..>`, or `serde_json::Value`",
        "the keys of a map are text, `String`: a map of other keys is a `Vec` of values with the key as a field";
    OfError, "write its text",
        "an error is written as text, `error.to_string().into()` in a `Str<'a>`, or as a `#[group]` of what is known of it";
    OfFeature, "needs a feature of event-core",
        "uuid, jiff, chrono, time, rust_decimal and url are features of event-core, named after the crates: add the one that this type is of";
    OfStr, "write `Str<'a>` or `String`",
        "text of its own size is `String`; `Str<'a>` borrows when emitted and owns when read back";
}
