//! What an assertion expects of an event: its type, and some of its fields.

use super::Recorded;
use super::matches::Matches;
use crate::event::Event;
use crate::model::meta::{EventMeta, FieldMeta, Sensitivity};
use crate::model::shape::Shape;
use crate::value::read::ReadError;

/// An event that a test expects. The assertions' macros make it.
#[doc(hidden)]
pub struct Expectation<'a> {
    pub(super) meta: &'static EventMeta,
    pub(super) fields: Vec<FieldText>,
    pub(super) is_whole: bool,
    compare: Box<Compare<'a>>,
    is: fn(&Recorded) -> bool,
}

/// Gives the places of the expected fields that have other values.
type Compare<'a> = dyn Fn(&Recorded) -> Result<Vec<usize>, ReadError> + 'a;

/// An expected field, for people.
pub(super) struct FieldText {
    /// Its name in Rust, behind those of the groups and values that it is in.
    pub(super) path: String,
    /// The expected value; none of a field that is masked: a test that expects the unmasked value
    /// by mistake does not print it.
    pub(super) expected: Option<String>,
}

/// What an event is expected to have in one field.
#[doc(hidden)]
pub struct FieldExpectation<'a, E> {
    path: &'static str,
    expected: String,
    is_met: Box<dyn Fn(&E) -> bool + 'a>,
}

/// What a recorded event has to do with an expected one.
pub(super) enum Comparison {
    /// It is another event, or another version.
    Other,
    /// It is as expected.
    Equal,
    /// These of the expected fields have other values, by their places.
    Different(Vec<usize>),
    /// Its line does not read back.
    Unreadable(ReadError),
}

/// A field of an event, of which something can be expected.
#[doc(hidden)]
pub struct Field<'a, E, T> {
    path: &'static str,
    access: Box<dyn Fn(&E) -> &T + 'a>,
}

/// The field that `access` goes to.
#[doc(hidden)]
pub fn field<'a, E, T>(path: &'static str, access: impl Fn(&E) -> &T + 'a) -> Field<'a, E, T> {
    Field { path, access: Box::new(access) }
}

impl<'a, E: 'a, T: 'a> Field<'a, E, T> {
    /// Expects a value. A call of its own: what does not fit is reported at the value.
    pub fn has<X: Matches<T> + 'a>(self, value: X) -> FieldExpectation<'a, E> {
        let (path, expected) = (self.path, value.expected());
        FieldExpectation {
            path,
            expected,
            is_met: Box::new(move |event| value.matches((self.access)(event))),
        }
    }
}

/// An expected event; `is_whole` when every field of it is said.
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

/// Checks, when compiling, that every field is said where no `..` is written.
#[doc(hidden)]
#[track_caller]
pub const fn assert_whole<E: Event>(said: &[&str]) {
    assert!(
        said.len() == E::META.members.len(),
        "not every field of the event is compared\nhelp: end with `..`, for the others"
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

/// Whether the field is written under a mask, or may be: keys that a declaration renames are not
/// told apart.
fn is_masked(meta: &EventMeta, path: &str) -> bool {
    let fields = meta.fields();
    let mut names = path.split('.');
    // The names of groups come first; their fields are the event's.
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
