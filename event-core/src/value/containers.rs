//! Optional values, lists, maps, tuples and pointers.

use super::EventValue;
use super::kept::kept;
use crate::contract::lock::of_optional;
use crate::model::shape::Shape;
use crate::value::encode::{Encoder, sorted};
use crate::value::read::{Input, ReadError, ReadErrorKind};
use event_grammar::fingerprint::{of_array, of_list, of_map, of_tuple};
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

impl<T: EventValue> EventValue for Option<T> {
    const SHAPE: &'static Shape = &Shape::Optional(T::SHAPE.not_optional());
    const FINGERPRINT: u64 = of_optional(T::SHAPE, T::FINGERPRINT);
    const KEPT: () = kept::<T>();
    const VARIANTS: &'static [&'static str] = T::VARIANTS;

    fn encode(&self, out: &mut Encoder) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        if input.is_null() { Ok(None) } else { T::read(input).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_none(&self) -> bool {
        Option::is_none(self)
    }
}

impl<T: EventValue> EventValue for Box<T> {
    const SHAPE: &'static Shape = T::SHAPE.without_a_key();
    const FINGERPRINT: u64 = T::FINGERPRINT;
    const KEPT: () = kept::<T>();
    const VARIANTS: &'static [&'static str] = T::VARIANTS;

    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        T::read(input).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }

    fn is_none(&self) -> bool {
        (**self).is_none()
    }
}

fn read_items<T: EventValue>(input: Input<'_>) -> Result<Vec<T>, ReadError> {
    let read = |(at, item): (usize, Input<'_>)| T::read(item).map_err(|error| error.in_item(at));
    input.list()?.into_iter().enumerate().map(read).collect()
}

impl<T: EventValue> EventValue for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE.without_a_key());
    const FINGERPRINT: u64 = of_list(T::FINGERPRINT);
    const KEPT: () = kept::<T>();

    fn encode(&self, out: &mut Encoder) {
        out.list(self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        read_items(input)
    }
}

impl<T: EventValue, const N: usize> EventValue for [T; N] {
    const SHAPE: &'static Shape = &Shape::Array { item: T::SHAPE.without_a_key(), len: N };
    const FINGERPRINT: u64 = of_array(T::FINGERPRINT, N);
    const KEPT: () = kept::<T>();

    fn encode(&self, out: &mut Encoder) {
        out.list(self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        let wrong =
            ReadError::new(ReadErrorKind::Malformed { expected: "a list of the declared length" });
        read_items(input)?.try_into().map_err(|_| wrong)
    }
}

impl<T: EventValue> EventValue for BTreeMap<String, T> {
    const SHAPE: &'static Shape = &Shape::Map(T::SHAPE.without_a_key());
    const FINGERPRINT: u64 = of_map(T::FINGERPRINT);
    const KEPT: () = kept::<T>();

    fn encode(&self, out: &mut Encoder) {
        out.map(self.iter().map(|(key, value)| (key.as_str(), value)));
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.object()?.into_members().map(|(key, value)| read_entry(key, value)).collect()
    }
}

impl<T: EventValue, S: BuildHasher + Default> EventValue for HashMap<String, T, S> {
    const SHAPE: &'static Shape = &Shape::Map(T::SHAPE.without_a_key());
    const FINGERPRINT: u64 = of_map(T::FINGERPRINT);
    const KEPT: () = kept::<T>();

    fn encode(&self, out: &mut Encoder) {
        let entries = self.iter().map(|(key, value)| (key.as_str(), value));
        if sorted::is_on() {
            return out.map(entries.collect::<BTreeMap<_, _>>());
        }
        out.map(entries);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.object()?.into_members().map(|(key, value)| read_entry(key, value)).collect()
    }
}

fn read_entry<T: EventValue>(key: String, value: Input<'_>) -> Result<(String, T), ReadError> {
    match T::read(value) {
        Ok(value) => Ok((key, value)),
        Err(error) => Err(error.in_field(&key)),
    }
}

macro_rules! tuples {
    ($($len:literal: $($place:tt $ty:ident),*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($ty: EventValue),*> EventValue for ($($ty,)*) {
            const SHAPE: &'static Shape = &Shape::Tuple(&[$($ty::SHAPE.without_a_key()),*]);
            const FINGERPRINT: u64 = of_tuple(&[$($ty::FINGERPRINT),*]);
            const KEPT: () = { $(kept::<$ty>();)* };

            fn encode(&self, out: &mut Encoder) {
                out.nested(|out| {
                    let mut separator = "[";
                    $(
                        out.json(std::mem::replace(&mut separator, ","));
                        self.$place.encode(out);
                    )*
                    let _ = separator;
                    out.json("]");
                });
            }

            fn read(input: Input<'_>) -> Result<Self, ReadError> {
                let items = input.list()?;
                if items.len() != $len {
                    return Err(ReadError::new(ReadErrorKind::Malformed { expected: "a list of the declared length" }));
                }
                Ok(($($ty::read(items[$place]).map_err(|error| error.in_item($place))?,)*))
            }
        }
    )*};
}

tuples! {
    2: 0 A, 1 B;
    3: 0 A, 1 B, 2 C;
    4: 0 A, 1 B, 2 C, 3 D;
}
