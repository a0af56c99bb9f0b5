//! A value against the form that its type has.
//!
//! A reader of the event's type finds the same, but stops at the first mistake, and the type is not
//! here: the descriptor is. `catalog/tests/validate` holds the two against each other, and against
//! the exported schemas.

use super::args::Side;
use super::shape::At;
use super::violation::{State, Step, Violations};
use event_core::meta::shape::Shape;
use event_core::meta::{FieldMeta, Role, Sensitivity};
use event_core::read::{Input, Object};

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
    pub(super) fn object<'de>(
        input: Input<'de>,
        violations: &mut Violations,
    ) -> Option<Object<'de>> {
        // It says which key stands there twice, or what stands there instead.
        input.object().map_err(|error| violations.say_error(&error)).ok()
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
        violations: &mut Violations,
    ) {
        for (field, is_required) in wanted {
            self.field(field, is_required, object, violations);
        }
    }

    fn field(
        self,
        field: &'static FieldMeta,
        is_required: bool,
        object: &mut Object<'_>,
        violations: &mut Violations,
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
                violations.say_at(
                    Step::Name(key),
                    format!("stands there beside another name of `{}`", field.name),
                );
            } else if key != field.name {
                violations.within(Step::Name(key), |violations| {
                    violations.legacy.push((violations.pointer(), field.name));
                });
            }
            found = found.or(Some((key, input)));
        }
        match found {
            Some((key, _)) if is_dropped && self.is_write() => {
                violations.say_at(
                    Step::Name(key),
                    "is never written: the field is sensitive and dropped",
                );
            }
            Some((key, input)) => violations.within(Step::Name(key), |violations| {
                states(field, input, violations);
                let inside = Self { mask: field.sensitivity, ..self };
                let check = |violations: &mut Violations| {
                    inside.value(self.written(field), field.finite, input, violations);
                };
                if field.sensitivity.is_some() {
                    violations.sealed(check);
                } else {
                    check(violations);
                }
            }),
            None if is_required => violations.say_at(Step::Name(field.name), "is missing"),
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

    /// Says that the keys that nobody has taken are not declared, where that is a violation.
    pub(super) fn close(self, object: &Object<'_>, violations: &mut Violations) {
        if self.is_write() {
            for key in object.rest() {
                violations.undeclared(key);
            }
        }
    }

    /// Looks at a value; of one that must be finite, a `null` stands for no number.
    pub(super) fn value(
        self,
        shape: &'static Shape,
        finite: bool,
        input: Input<'_>,
        violations: &mut Violations,
    ) {
        shape.accept(&mut At { check: self, finite, input, violations });
    }

    /// The one value that a newtype or a variant holds, under its mask where it has one.
    pub(super) fn held(
        self,
        shape: &'static Shape,
        sensitivity: Option<Sensitivity>,
        input: Input<'_>,
        violations: &mut Violations,
    ) {
        let inside = Self { mask: sensitivity.or(self.mask), ..self };
        let check = |violations: &mut Violations| inside.value(shape, false, input, violations);
        if sensitivity.is_some() { violations.sealed(check) } else { check(violations) }
    }

    pub(super) fn declared(
        self,
        fields: &'static [FieldMeta],
        object: &mut Object<'_>,
        violations: &mut Violations,
    ) {
        self.fields(fields.iter().map(|field| (field, self.requires(field))), object, violations);
        self.close(object, violations);
    }
}

/// Keeps the state that stands at one end of a transition.
fn states(field: &FieldMeta, input: Input<'_>, violations: &mut Violations) {
    let Shape::Enum(shape) = field.shape.bare() else { return };
    let state = if input.is_null() {
        Some(State(None))
    } else {
        input.variant(shape).map(|name| State(Some(name)))
    };
    match field.role {
        Role::Before => violations.before = state,
        Role::After => violations.after = state,
        _ => {}
    }
}
