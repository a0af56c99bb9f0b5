//! Checks a value against the shape of its type.
//!
//! The reader of the event's type finds the same violations, but it stops at the first one, and the
//! type is not available here, only the descriptor. `catalog/tests/validate` compares the two with
//! each other and with the exported schemas.

use super::args::Side;
use super::shape::At;
use super::violation::{State, Step, Violations};
use event_core::meta::shape::Shape;
use event_core::meta::{FieldMeta, Role, Sensitivity};
use event_core::read::{Input, Object};

/// Checks values against one side of the contract.
#[derive(Clone, Copy)]
pub(super) struct Check {
    pub(super) side: Side,
    /// How the current field is masked.
    pub(super) mask: Option<Sensitivity>,
}

/// The wanted fields, and whether each must be present.
pub(super) type Wanted = (&'static FieldMeta, bool);

impl Check {
    pub(super) fn is_write(self) -> bool {
        self.side == Side::Write
    }

    /// The object in the input; other types are a violation.
    pub(super) fn object<'de>(
        input: Input<'de>,
        violations: &mut Violations,
    ) -> Option<Object<'de>> {
        // The error names the key that is written twice, or the type that was found.
        input.object().map_err(|error| violations.say_error(&error)).ok()
    }

    /// Whether one of the event's own fields must be present.
    pub(super) fn requires(self, field: &FieldMeta) -> bool {
        if self.is_write() { field.always_written() } else { field.required() }
    }

    /// Takes the fields from the object and checks them.
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
            // The search for a single key cannot find two.
            let Ok(Some(input)) = object.take(key, &[]) else { continue };
            if found.is_some() {
                violations.say_at(
                    Step::Name(key),
                    format!("is written beside another name of `{}`", field.name),
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
                    "must not be written: the field is sensitive and dropped",
                );
            }
            Some((key, input)) => violations.within(Step::Name(key), |violations| {
                states(field, input, violations);
                let inside = Self { mask: field.sensitivity, ..self };
                let check = |violations: &mut Violations| {
                    let shape = if self.is_write() { field.written_shape() } else { field.shape };
                    inside.value(shape, field.finite, input, violations);
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

    /// Reports the remaining keys as undeclared, if the contract is closed.
    pub(super) fn close(self, object: &Object<'_>, violations: &mut Violations) {
        if self.is_write() {
            for key in object.rest() {
                violations.undeclared(key);
            }
        }
    }

    /// Checks a value. In a value that must be finite, `null` is not a number.
    pub(super) fn value(
        self,
        shape: &'static Shape,
        finite: bool,
        input: Input<'_>,
        violations: &mut Violations,
    ) {
        shape.accept(&mut At { check: self, finite, input, violations });
    }

    /// Checks the single value of a newtype or a variant, under its mask if it has one.
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

/// Remembers the state at one end of a transition.
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
