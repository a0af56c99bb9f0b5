//! What costs only where it is asked for: each beside the event of an emitter of which nothing is
//! asked.

use crate::event::{Input, PaymentProcessFailed};
use crate::group::{Comparison, Contender, Group};
use event_benches::Target;
use event_core::emit::Builder;
use event_core::record::Record;
use event_core::{Emitter, Sink};
use std::hint::black_box;
use std::io;

const PLAIN: &str = "nothing is asked";
const IDS: &str = "ids in lines";
const MARKED: &str = "members are marked";
const READ: &str = "members are marked and read";
const FOUND: &str = "members are not marked, but read";

pub(crate) const GROUP: Group = Group {
    name: "asked",
    title: "## What is asked of a record: one event of 6 members, an emitter at hand, a sink that \
            does nothing else",
    contenders,
    baseline: PLAIN,
    comparisons: &[
        Comparison::difference(
            "6 members marked − not marked: 15 each",
            MARKED,
            PLAIN,
            Target::AtMost(90.0),
        ),
        Comparison::ratio("members found in the line ÷ marked", FOUND, READ, Target::AtLeast(1.2)),
    ],
};

/// Takes a record, and its members if it is to read them.
#[derive(Clone, Copy)]
struct Null {
    asks: bool,
    reads: bool,
}

impl Sink for Null {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        black_box(record.line());
        if self.reads {
            record.members().for_each(|member| drop(black_box((member.key(), member.value()))));
        }
        Ok(())
    }

    fn wants_members(&self) -> bool {
        self.asks
    }
}

fn contenders() -> Vec<Contender> {
    let sink = |asks, reads| Emitter::builder().sink(Null { asks, reads });
    vec![
        contender(PLAIN, sink(false, false)),
        contender(IDS, sink(false, false).ids_in_lines()),
        contender(MARKED, sink(true, false)),
        contender(READ, sink(true, true)),
        contender(FOUND, sink(false, true)),
    ]
}

fn contender(name: &'static str, emitter: Builder) -> Contender {
    let emitter = emitter.build();
    Contender::new(name, Input::new(), move |input| {
        emitter.emit(&PaymentProcessFailed::from(input));
    })
}
