//! The services: one that emits three events and links others in vain, and one for each way of
//! emitting an event, which emits one in that way only.

/// A program.
pub(crate) struct Service {
    pub(crate) name: &'static str,
    /// Its `main`, behind [`PRELUDE`].
    pub(crate) code: &'static str,
    /// The event types that it can emit; `*` for all.
    pub(crate) emits: &'static [&'static str],
    /// How many lines it writes when it runs.
    pub(crate) writes: usize,
    /// Whether an emitter is linked.
    pub(crate) has_emitter: bool,
}

/// What begins every service. `emitter()` writes to standard output.
pub(crate) const PRELUDE: &str = r##"
#![allow(unused_imports, dead_code)]
use audited::order::*;
use audited::payment::*;
use audited::{All, Job};
use event_core::emit::{Call, EmitTarget};
use event_core::sink::JsonLines;
use event_core::{Begins, Emit, Emitter, Event, Wide};

fn emitter() -> Emitter {
    Emitter::builder().sink(JsonLines::stdout()).build()
}

/// What it reads, as the compiler cannot know.
fn line() -> String {
    let line = r#"{"event":"order_step_a_started","version":1,"n":1}"#;
    std::env::args().nth(1).unwrap_or(line.to_owned())
}
"##;

const fn way(
    name: &'static str,
    code: &'static str,
    emits: &'static [&'static str],
    writes: usize,
) -> Service {
    Service { name, code, emits, writes, has_emitter: true }
}

pub(crate) const SERVICES: &[Service] = &[
    // Three of 150. `audited::uncalled` and `audited::Unbuilt` emit others; `All::decode` refers to
    // the descriptors of all.
    way(
        "three_of_150",
        "fn main() {
            let _guard = emitter().install();
            emit_order_step_a_started(OrderStepAStarted { n: 1 });
            if std::env::args().count() > 100 {
                emit_order_step_b_failed(OrderStepBFailed { n: 2 });
            }
            let job: Box<dyn Job> = audited::job();
            job.run();
            assert!(All::decode(&line()).is_ok());
        }",
        &["order.step_a.started", "order.step_b.failed", "order.step_c.completed"],
        2,
    ),
    // It reads events of every kind and asks for their levels.
    Service {
        name: "reads_only",
        code: r#"fn main() {
            let event = All::decode(&line()).expect("an event");
            assert!(event.level() < event_core::Level::Error && format!("{event:?}").contains('1'));
        }"#,
        emits: &[],
        writes: 0,
        has_emitter: false,
    },
    way(
        "emit_function",
        "fn main() {
            let _guard = emitter().install();
            emit_order_step_a_started(OrderStepAStarted { n: 1 });
        }",
        &["order.step_a.started"],
        1,
    ),
    way(
        "emit_method",
        "fn main() {
            let _bound = emitter().enter();
            OrderStepAStarted { n: 1 }.emit();
        }",
        &["order.step_a.started"],
        1,
    ),
    way(
        "explicit_emitter",
        "fn main() { emitter().emit(&OrderStepAStarted { n: 1 }); }",
        &["order.step_a.started"],
        1,
    ),
    way(
        "emit_at",
        "fn main() { emitter().emit_at(&OrderStepAStarted { n: 1 }, \
         event_core::Timestamp::now()); }",
        &["order.step_a.started"],
        1,
    ),
    way(
        "emit_to_an_emitter",
        "fn main() { OrderStepAStarted { n: 1 }.emit_to(&mut emitter()); }",
        &["order.step_a.started"],
        1,
    ),
    way(
        "emit_to_a_sink_of_its_own",
        "struct Outbox<'a>(&'a mut dyn EmitTarget);
        impl EmitTarget for Outbox<'_> {
            fn accept(&mut self, call: Call<'_>) {
                self.0.accept(call);
            }
        }
        fn main() {
            OrderStepAStarted { n: 1 }.emit_to(&mut Outbox(&mut emitter()));
        }",
        &["order.step_a.started"],
        1,
    ),
    way(
        "buffer",
        "fn main() {
            let mut events = emitter().buffer();
            OrderStepAStarted { n: 1 }.emit_to(&mut events);
            events.flush();
        }",
        &["order.step_a.started"],
        1,
    ),
    way(
        "emit_to_of_the_catalog",
        "fn main() {
            All::decode(&line()).expect(\"an event\").emit_to(&mut emitter());
        }",
        &["*"],
        1,
    ),
    way(
        "operation_finished",
        "fn main() {
            let _bound = emitter().enter();
            let operation = OrderStepAStarted { n: 1 }.start(|_| OrderStepAFailed { n: 2 });
            operation.finish(OrderStepACompleted { n: 3 });
        }",
        &["order.step_a.started", "order.step_a.failed", "order.step_a.completed"],
        2,
    ),
    way(
        "operation_dropped",
        "fn main() {
            let _bound = emitter().enter();
            drop(OrderStepAStarted { n: 1 }.start(|_| OrderStepAFailed { n: 2 }));
        }",
        &["order.step_a.started", "order.step_a.failed"],
        2,
    ),
    way(
        "operation_run",
        "fn main() {
            let _bound = emitter().enter();
            let operation = OrderStepAStarted { n: 1 }.start(|_| OrderStepAFailed { n: 2 });
            let done: Result<u8, ()> =
                operation.run_sync(|| Ok(1), |_| OrderStepACompleted { n: 3 }, |()| \
         OrderStepAFailed { n: 4 });
            assert_eq!(done, Ok(1));
        }",
        &["order.step_a.started", "order.step_a.failed", "order.step_a.completed"],
        2,
    ),
    way(
        "unit_flushed",
        "fn main() {
            let _bound = emitter().enter();
            let unit = PaymentStepACompleted::unit(|| PaymentStepACompleted { n: 1 });
            unit.add(&PaymentContribution { part: 2 });
            unit.flush(PaymentStepACompleted { n: 3 });
        }",
        &["payment.step_a.completed"],
        1,
    ),
    way(
        "unit_dropped",
        "fn main() {
            let _bound = emitter().enter();
            drop(PaymentStepACompleted::unit(|| PaymentStepACompleted { n: 1 }));
        }",
        &["payment.step_a.completed"],
        1,
    ),
];
