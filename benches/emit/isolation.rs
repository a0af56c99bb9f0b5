//! What it costs that a panic of a value or a mask stays in its event.

use crate::event::{Input, PaymentProcessFailed};
use crate::group::{Comparison, Contender, Group};
use event_benches::Target;
use event_core::value::{Encoder, Fields};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};

const PLAIN: &str = "the fields, encoded";
const CAUGHT: &str = "the fields, encoded, panics caught";

pub(crate) const GROUP: Group = Group {
    name: "isolation",
    title: "## The fields of the flat line, encoded into memory",
    contenders,
    baseline: PLAIN,
    comparisons: &[Comparison::difference(
        "panic isolation of encoding",
        CAUGHT,
        PLAIN,
        Target::AtMost(10.0),
    )],
};

fn contenders() -> Vec<Contender> {
    let (mut plain, mut caught) = (Encoder::new(), Encoder::new());
    vec![
        Contender::new(PLAIN, Input::new(), move |input| {
            plain.clear();
            fields(&PaymentProcessFailed::from(input)).encode_fields(&mut plain);
        }),
        Contender::new(CAUGHT, Input::new(), move |input| {
            caught.clear();
            let event = PaymentProcessFailed::from(input);
            let fields = fields(&event);
            if catch_unwind(AssertUnwindSafe(|| fields.encode_fields(&mut caught))).is_err() {
                caught.refuse("");
            }
        }),
    ]
}

/// As the emitter sees them: it does not know which event they are of.
fn fields<'a>(event: &'a PaymentProcessFailed<'a>) -> &'a dyn Fields {
    black_box(event)
}
