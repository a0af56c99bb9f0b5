//! A value against the form that its type has.
//!
//! A reader of the event's type finds the same, but stops at the first mistake, and the type is not
//! here: the descriptor is. `catalog/tests/validate` holds the two against each other, and against
//! the exported schemas.

use super::args::Side;
use super::fault::{Faults, State, Step};
use super::text_form::refusal;
use event_core::meta::{FieldMeta, Role, Sensitivity};
use event_core::read::{Input, Object};
use event_core::shape::Shape;
use std::borrow::Cow;

/// Holds values against what one side of the contract says.
#[derive(Clone, Copy)]
pub(super) struct Check {
    pub(super) side: Side,
    /// How the field that is looked at is masked.
    pub(super) mask: Option<Sensitivity>,
}

/// Fields that are looked for: whether they must be there is said of each.
pub(super) type Wanted = (&'static FieldMeta, bool);

impl Check {
    pub(super) fn is_write(self) -> bool {
        self.side == Side::Write
    }

    /// The object that `input` should be.
    pub(super) fn object<'de>(input: Input<'de>, faults: &mut Faults) -> Option<Object<'de>> {
        // It says which key stands there twice, or what stands there instead.
        input.object().map_err(|error| faults.say_error(&error)).ok()
    }

    /// Whether a field of the event's own must be there.
    pub(super) fn requires(self, field: &FieldMeta) -> bool {
        if self.is_write() { field.always_written() } else { field.required() }
    }

    /// Takes the fields from the object and looks at them.
    pub(super) fn fields(
        self,
        wanted: impl IntoIterator<Item = Wanted>,
        object: &mut Object<'_>,
        faults: &mut Faults,
    ) {
        for (field, is_required) in wanted {
            self.field(field, is_required, object, faults);
        }
    }

    fn field(
        self,
        field: &'static FieldMeta,
        is_required: bool,
        object: &mut Object<'_>,
        faults: &mut Faults,
    ) {
        let is_dropped = field.sensitivity == Some(Sensitivity::Drop);
        let mut found = None;
        let aliases = field
            .aliases
            .iter()
            .copied()
            .filter(|alias| object.is_alias(alias))
            .collect::<Vec<_>>();
        for key in [field.name].into_iter().chain(aliases) {
            // Asked for one key, an object does not find two.
            let Ok(Some(input)) = object.take(key, &[]) else { continue };
            if found.is_some() {
                faults.say_at(
                    Step::Name(key),
                    format!("stands there beside another name of `{}`", field.name),
                );
            } else if key != field.name {
                faults.within(Step::Name(key), |faults| {
                    faults.legacy.push((faults.pointer(), field.name))
                });
            }
            found = found.or(Some((key, input)));
        }
        match found {
            Some((key, _)) if is_dropped && self.is_write() => {
                faults.say_at(
                    Step::Name(key),
                    "is never written: the field is sensitive and dropped",
                );
            }
            Some((key, input)) => faults.within(Step::Name(key), |faults| {
                states(field, input, faults);
                let inside = Self { mask: field.sensitivity, ..self };
                let check = |faults: &mut Faults| {
                    inside.value(self.written(field), field.finite, input, faults)
                };
                if field.sensitivity.is_some() { faults.sealed(check) } else { check(faults) }
            }),
            None if is_required => faults.say_at(Step::Name(field.name), "is missing"),
            None => {}
        }
    }

    /// The form of a field where it is there: of one that leaves a `None` out, a writer writes no
    /// `null`.
    fn written(self, field: &FieldMeta) -> &'static Shape {
        match field.shape {
            Shape::Optional(inner) if self.is_write() && field.skip_none => inner,
            shape => shape,
        }
    }

    /// Says that the keys that nobody has taken are not declared, where that is a fault.
    pub(super) fn close(self, object: &Object<'_>, faults: &mut Faults) {
        if self.is_write() {
            for key in object.rest() {
                faults.undeclared(key);
            }
        }
    }

    /// Looks at a value; of one that must be finite, a `null` stands for no number.
    pub(super) fn value(
        self,
        shape: &'static Shape,
        finite: bool,
        input: Input<'_>,
        faults: &mut Faults,
    ) {
        match shape {
            Shape::Bool => expect("a truth value", input, faults),
            Shape::Integer { min, max } => integer(*min, *max, input, faults),
            Shape::Float => float(finite, input, faults),
            Shape::Text(format) => {
                let text = text(input, faults);
                if let Some(what) =
                    text.and_then(|text| refusal(*format, self.mask, self.side, &text))
                {
                    faults.say(what);
                }
            }
            Shape::Optional(_) if input.is_null() => {}
            Shape::Optional(inner) => self.value(inner, finite, input, faults),
            Shape::List(item) => {
                for (at, input) in items(None, input, faults).into_iter().enumerate() {
                    faults
                        .within(Step::Place(at), |faults| self.value(item, finite, input, faults));
                }
            }
            Shape::Array { item, len } => {
                for (at, input) in items(Some(*len), input, faults).into_iter().enumerate() {
                    faults
                        .within(Step::Place(at), |faults| self.value(item, finite, input, faults));
                }
            }
            Shape::Tuple(shapes) => {
                let items = items(Some(shapes.len()), input, faults);
                for (at, (shape, input)) in shapes.iter().zip(items).enumerate() {
                    faults
                        .within(Step::Place(at), |faults| self.value(shape, false, input, faults));
                }
            }
            Shape::Map(value) => {
                let members = Self::object(input, faults).map(Object::into_members);
                for (key, input) in members.into_iter().flatten() {
                    faults.within(Step::Key(key), |faults| self.value(value, false, input, faults));
                }
            }
            Shape::Newtype(newtype) => self.held(newtype.inner, newtype.sensitivity, input, faults),
            Shape::Struct(shape) => {
                if let Some(mut object) = Self::object(input, faults) {
                    self.declared(shape.fields, &mut object, faults);
                }
            }
            Shape::Enum(shape) => self.variant(shape, input, faults),
            Shape::Recursive(recursion) => self.value((recursion.shape)(), finite, input, faults),
            Shape::Any => any(input, faults),
            // Foreign types: only they themselves know how they are read.
            _ => {}
        }
    }

    /// The one value that a newtype or a variant holds, under its mask where it has one.
    pub(super) fn held(
        self,
        shape: &'static Shape,
        sensitivity: Option<Sensitivity>,
        input: Input<'_>,
        faults: &mut Faults,
    ) {
        let inside = Self { mask: sensitivity.or(self.mask), ..self };
        let check = |faults: &mut Faults| inside.value(shape, false, input, faults);
        if sensitivity.is_some() { faults.sealed(check) } else { check(faults) }
    }

    pub(super) fn declared(
        self,
        fields: &'static [FieldMeta],
        object: &mut Object<'_>,
        faults: &mut Faults,
    ) {
        self.fields(fields.iter().map(|field| (field, self.requires(field))), object, faults);
        self.close(object, faults);
    }
}

/// Says that something else was expected.
pub(super) fn mismatch(expected: &str, input: Input<'_>, faults: &mut Faults) {
    faults.say(format!("expected {expected}, found {}", input.kind()));
}

pub(super) fn expect(kind: &'static str, input: Input<'_>, faults: &mut Faults) {
    if input.kind() != kind {
        mismatch(kind, input, faults);
    }
}

pub(super) fn integer(min: i64, max: u64, input: Input<'_>, faults: &mut Faults) {
    const EXPECTED: &str = "a whole number";
    if input.kind() != "a number" {
        return mismatch(EXPECTED, input, faults);
    }
    let range = i128::from(min)..=i128::from(max);
    if !input.integer::<i128>(EXPECTED).is_ok_and(|number| range.contains(&number)) {
        faults.say(format!("the number is no whole number from {min} to {max}"));
    }
}

fn float(finite: bool, input: Input<'_>, faults: &mut Faults) {
    let expected = if finite { "a finite number" } else { "a number" };
    match input.kind() {
        "null" if !finite => {}
        "a number" => number(input, faults),
        _ => mismatch(expected, input, faults),
    }
}

/// A number that is not beyond the largest of 64 bits: a reader does not make infinity of it.
fn number(input: Input<'_>, faults: &mut Faults) {
    if !input.json().parse().is_ok_and(f64::is_finite) {
        faults.say("the number does not fit a floating-point number of 64 bits");
    }
}

/// The text that the input should be.
pub(super) fn text<'de>(input: Input<'de>, faults: &mut Faults) -> Option<Cow<'de, str>> {
    input.text().map_err(|error| faults.say(error.to_string())).ok()
}

/// Any JSON: what each reader refuses wherever it is.
fn any(input: Input<'_>, faults: &mut Faults) {
    match input.kind() {
        "a number" => number(input, faults),
        "text" => drop(text(input, faults)),
        "a list" => {
            for (at, input) in items(None, input, faults).into_iter().enumerate() {
                faults.within(Step::Place(at), |faults| any(input, faults));
            }
        }
        "an object" => {
            for (key, input) in
                Check::object(input, faults).map(Object::into_members).into_iter().flatten()
            {
                faults.within(Step::Key(key), |faults| any(input, faults));
            }
        }
        _ => {}
    }
}

/// The items of a list, which must be `len` where that is declared.
fn items<'de>(len: Option<usize>, input: Input<'de>, faults: &mut Faults) -> Vec<Input<'de>> {
    let items = match input.list() {
        Ok(items) => items,
        Err(error) => {
            faults.say(error.to_string());
            return Vec::new();
        }
    };
    if let Some(len) = len.filter(|len| *len != items.len()) {
        faults.say(format!("expected a list of {len}, found one of {}", items.len()));
    }
    items
}

/// Keeps the state that stands at one end of a transition.
fn states(field: &FieldMeta, input: Input<'_>, faults: &mut Faults) {
    let Shape::Enum(shape) = field.shape.bare() else { return };
    let state = if input.is_null() {
        Some(State(None))
    } else {
        input.variant(shape).map(|name| State(Some(name)))
    };
    match field.role {
        Role::Before => faults.before = state,
        Role::After => faults.after = state,
        _ => {}
    }
}
