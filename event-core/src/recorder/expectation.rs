//! The expectation of an assertion: an event's type, and the values of some fields.

use super::Recorded;
use super::matches::Matches;
use crate::event::Event;
use crate::model::meta::{EventMeta, FieldMeta, Sensitivity};
use crate::model::shape::Shape;
use crate::value::read::ReadError;

/// An expected event. The assertion macros make it.
#[doc(hidden)]
pub struct Expectation<'a> {
    pub(super) meta: &'static EventMeta,
    pub(super) fields: Vec<FieldText>,
    pub(super) is_whole: bool,
    compare: Box<Compare<'a>>,
    is: fn(&Recorded) -> bool,
}

/// Returns the positions of the expected fields that have other values.
type Compare<'a> = dyn Fn(&Recorded) -> Result<Vec<usize>, ReadError> + 'a;

/// An expected field as text, for messages.
pub(super) struct FieldText {
    /// The field's name in Rust, after the names of the groups and values that contain it.
    pub(super) path: String,
    /// The expected value. `None` for a masked field: a test that expects the unmasked value by
    /// mistake must not print it.
    pub(super) expected: Option<String>,
}

/// The expected value of one field.
#[doc(hidden)]
pub struct FieldExpectation<'a, E> {
    path: &'static str,
    expected: String,
    is_met: Box<dyn Fn(&E) -> bool + 'a>,
}

/// The result of comparing a recorded event with an expected event.
pub(super) enum Comparison {
    /// The record is another event, or another version.
    Other,
    /// The record matches.
    Equal,
    /// These expected fields have other values. They are given by position.
    Different(Vec<usize>),
    /// The line cannot be read back.
    Unreadable(ReadError),
}

/// A field of an event that an expectation can be made for.
#[doc(hidden)]
pub struct Field<'a, E, T> {
    path: &'static str,
    access: Box<dyn Fn(&E) -> &T + 'a>,
}

/// The field that `access` returns.
#[doc(hidden)]
pub fn field<'a, E, T>(path: &'static str, access: impl Fn(&E) -> &T + 'a) -> Field<'a, E, T> {
    Field { path, access: Box::new(access) }
}

impl<'a, E: 'a, T: 'a> Field<'a, E, T> {
    /// Expects a value. It is a separate call, so that the compiler reports a wrong type at the
    /// value.
    pub fn has<X: Matches<T> + 'a>(self, value: X) -> FieldExpectation<'a, E> {
        let (path, expected) = (self.path, value.expected());
        FieldExpectation {
            path,
            expected,
            is_met: Box::new(move |event| value.matches((self.access)(event))),
        }
    }
}

/// An expected event. `is_whole` says that the expectation names every field.
#[doc(hidden)]
pub fn event<'a, E: Event + 'a>(
    fields: Vec<FieldExpectation<'a, E>>,
    is_whole: bool,
) -> Expectation<'a> {
    let text = |field: &FieldExpectation<'a, E>| {
        let path = field.path.replace("r#", "");
        let expected = (!is_masked(E::META, &path)).then(|| field.expected.clone());
        FieldText { path, expected }
    };
    let texts = fields.iter().map(text).collect();
    let compare = move |record: &Recorded| {
        let event: E = record.read()?;
        let different = fields.iter().enumerate().filter(|(_, field)| !(field.is_met)(&event));
        Ok(different.map(|(place, _)| place).collect())
    };
    Expectation {
        meta: E::META,
        fields: texts,
        is_whole,
        compare: Box::new(compare),
        is: Recorded::is::<E>,
    }
}

/// Checks at compile time that an expectation without `..` names every field.
#[doc(hidden)]
#[track_caller]
pub const fn assert_whole<E: Event>(said: &[&str]) {
    assert!(
        said.len() == E::META.members.len(),
        "not every field of the event is compared\nhelp: end with `..`, which ignores the other fields"
    );
}

impl Expectation<'_> {
    pub(super) fn compare(&self, record: &Recorded) -> Comparison {
        if !(self.is)(record) {
            return Comparison::Other;
        }
        match (self.compare)(record) {
            Ok(different) if different.is_empty() => Comparison::Equal,
            Ok(different) => Comparison::Different(different),
            Err(error) => Comparison::Unreadable(error),
        }
    }

    pub(super) fn is_met_by(&self, record: &Recorded) -> bool {
        matches!(self.compare(record), Comparison::Equal)
    }
}

/// Whether the field is masked, or may be. If a declaration renames keys, the field cannot be found
/// by its name in Rust.
fn is_masked(meta: &EventMeta, path: &str) -> bool {
    let fields = meta.fields();
    let mut names = path.split('.');
    // The names of groups come first. Their fields are the event's fields.
    let Some(field) =
        names.find_map(|name| fields.iter().copied().find(|field| field.name == name))
    else {
        return fields.iter().any(|field| hides(field));
    };
    let mut field = field;
    loop {
        if hides(field) {
            return true;
        }
        let Some(name) = names.next() else { return false };
        let Shape::Struct(shape) = field.shape.bare() else { return false };
        match shape.fields.iter().find(|field| field.name == name) {
            Some(inner) => field = inner,
            None => return shape.fields.iter().any(hides),
        }
    }
}

fn hides(field: &FieldMeta) -> bool {
    !matches!(field.sensitivity, None | Some(Sensitivity::Clear { .. }))
}
