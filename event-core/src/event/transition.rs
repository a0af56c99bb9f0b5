//! Refuses illegal steps: steps that a declared table does not have are refused while the event is
//! encoded.

use super::Change;
use crate::model::meta::{GroupMeta, Transition};
use crate::model::shape::Shape;
use crate::value::EventValue;
use crate::value::encode::{Encoder, Refusal};
use crate::value::read::Input;

/// The state type of a `Change`.
#[diagnostic::on_unimplemented(
    message = "`#[transition(..)]` is for a `Change`, and `{Self}` is none",
    label = "not a `Change<State>`",
    note = "write `Change<State>`, where `State` is an enum with `#[value]` or \
            `#[derive(EventValue)]`"
)]
pub trait Changed {
    /// The state.
    type State: EventValue;
}

#[diagnostic::do_not_recommend]
impl<S: EventValue> Changed for Change<S> {
    type State = S;
}

/// The descriptor of a `Change` with a table of legal steps.
pub const fn with_steps(base: &'static GroupMeta, steps: &'static [Transition]) -> GroupMeta {
    base.with_steps(steps)
}

/// Refuses the event, because the table does not have the step.
#[cold]
pub fn refuse_step<S: EventValue>(change: &Change<S>, out: &mut Encoder) {
    out.refuse_as(Refusal::IllegalTransition {
        from: state_name(&change.before),
        to: state_name(&change.after),
    });
}

/// The name of a state, `null` for none.
fn state_name<S: EventValue>(state: &S) -> &'static str {
    let mut out = Encoder::new();
    state.encode(&mut out);
    let written = str::from_utf8(out.bytes()).unwrap_or_default();
    match S::SHAPE.bare() {
        Shape::Enum(shape) => {
            Input::parse(written).ok().and_then(|input| input.variant(shape)).unwrap_or("null")
        }
        _ => "null",
    }
}
