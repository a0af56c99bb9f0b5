//! Checks a value against the shape of its type.

use super::text_form::refusal;
use super::value::Check;
use super::violation::{Step, Violations};
use event_core::EventValue;
use event_core::meta::shape::{
    EnumShape, NewtypeShape, OpaqueShape, Shape, ShapeVisitor, StructShape, TextFormat,
};
use event_core::read::{Input, Object, ReadError};
use event_core::value::Finite;
use std::borrow::Cow;

/// One value, and where violations are added.
pub(super) struct At<'a, 'de> {
    pub(super) check: Check,
    /// Whether `null` is not accepted as a number in it.
    pub(super) finite: bool,
    pub(super) input: Input<'de>,
    pub(super) violations: &'a mut Violations,
}

impl At<'_, '_> {
    /// Checks the items of a list, each against the shape of its position.
    fn items(
        &mut self,
        finite: bool,
        len: Option<usize>,
        shape: impl Fn(usize) -> Option<&'static Shape>,
    ) {
        let Some(items) = said(self.input.list(), self.violations) else { return };
        if let Some(len) = len.filter(|len| *len != items.len()) {
            self.violations.say(format!("expected a list of {len}, found one of {}", items.len()));
        }
        for (at, input) in items.into_iter().enumerate() {
            let Some(shape) = shape(at) else { return };
            self.violations.within(Step::Place(at), |violations| {
                self.check.value(shape, finite, input, violations);
            });
        }
    }
}

impl ShapeVisitor for At<'_, '_> {
    type Output = ();

    fn visit_bool(&mut self) {
        said(self.input.truth(), self.violations);
    }

    fn visit_integer(&mut self, min: i64, max: u64) {
        const EXPECTED: &str = "a whole number";
        if self.input.kind() != "a number" {
            return mismatch(EXPECTED, self.input, self.violations);
        }
        let range = i128::from(min)..=i128::from(max);
        if !self.input.integer::<i128>(EXPECTED).is_ok_and(|number| range.contains(&number)) {
            self.violations.say(format!("the number is not a whole number from {min} to {max}"));
        }
    }

    fn visit_float(&mut self) {
        let read = if self.finite { f64::read_finite } else { f64::read };
        said(read(self.input), self.violations);
    }

    fn visit_text(&mut self, format: TextFormat) {
        let text = text(self.input, self.violations);
        let Check { mask, side } = self.check;
        if let Some(what) = text.and_then(|text| refusal(format, mask, side, &text)) {
            self.violations.say(what);
        }
    }

    fn visit_optional(&mut self, inner: &'static Shape) {
        if !self.input.is_null() {
            inner.accept(self);
        }
    }

    fn visit_list(&mut self, item: &'static Shape, len: Option<usize>) {
        self.items(self.finite, len, |_| Some(item));
    }

    fn visit_tuple(&mut self, places: &'static [&'static Shape]) {
        self.items(false, Some(places.len()), |at| places.get(at).copied());
    }

    fn visit_map(&mut self, value: &'static Shape) {
        let members = Check::object(self.input, self.violations).map(Object::into_members);
        for (key, input) in members.into_iter().flatten() {
            self.violations.within(Step::Key(key), |violations| {
                self.check.value(value, false, input, violations);
            });
        }
    }

    fn visit_newtype(&mut self, newtype: &'static NewtypeShape) {
        self.check.held(newtype.inner, newtype.sensitivity, self.input, self.violations);
    }

    fn visit_struct(&mut self, shape: &'static StructShape) {
        if let Some(mut object) = Check::object(self.input, self.violations) {
            self.check.declared(shape.fields, &mut object, self.violations);
        }
    }

    fn visit_enum(&mut self, shape: &'static EnumShape) {
        self.check.variant(shape, self.input, self.violations);
    }

    /// Only a foreign type itself knows how it is read.
    fn visit_opaque(&mut self, _shape: &'static OpaqueShape) {}

    /// Checks what every reader refuses, in any position.
    fn visit_any(&mut self) {
        match self.input.kind() {
            "a number" => drop(said(f64::read(self.input), self.violations)),
            "text" => drop(text(self.input, self.violations)),
            "a list" => self.items(false, None, |_| Some(&Shape::Any)),
            "an object" => self.visit_map(&Shape::Any),
            _ => {}
        }
    }
}

/// Adds the violation that another type was expected.
pub(super) fn mismatch(expected: &str, input: Input<'_>, violations: &mut Violations) {
    violations.say(format!("expected {expected}, found {}", input.kind()));
}

/// The value that a reader returns; its error becomes a violation.
fn said<T>(read: Result<T, ReadError>, violations: &mut Violations) -> Option<T> {
    read.map_err(|error| violations.say_error(&error)).ok()
}

/// The text in the input; other types are a violation.
pub(super) fn text<'de>(input: Input<'de>, violations: &mut Violations) -> Option<Cow<'de, str>> {
    said(input.text(), violations)
}
