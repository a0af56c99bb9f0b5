//! A text of a kilobyte: plain, with one line break, and with many.

use crate::event::{Input, emit_payment_process_failed};
use crate::flat::install;
use crate::group::{Comparison, Contender, Group};
use crate::peers::serde_json::SerdeJson;
use event_benches::Target;
use std::io;

const PLAIN: &str = "this project, plain";
const ONE: &str = "this project, one line break";
const MANY: &str = "this project, 126 line breaks";
const SERDE_PLAIN: &str = "serde_json, plain";
const SERDE_ONE: &str = "serde_json, one line break";
const SERDE_MANY: &str = "serde_json, 126 line breaks";

pub(crate) const GROUP: Group = Group {
    name: "texts",
    title: "## The event with a text of 1,000 bytes",
    contenders,
    baseline: PLAIN,
    comparisons: &[
        Comparison::ratio("one line break ÷ none", ONE, PLAIN, Target::AtMost(1.5)),
        Comparison::ratio(
            "event ÷ serde_json, one line break",
            ONE,
            SERDE_ONE,
            Target::AtMost(0.36),
        ),
        Comparison::ratio(
            "event ÷ serde_json, 126 line breaks",
            MANY,
            SERDE_MANY,
            Target::AtMost(1.35),
        ),
    ],
};

fn contenders() -> Vec<Contender> {
    install();
    let (plain, one, many) =
        ("x".repeat(1_000), "x".repeat(500) + "\n" + &"x".repeat(499), "\nxxxxxx".repeat(126));
    let ours = |name, text: &str| {
        Contender::new(name, input(text), |input| emit_payment_process_failed(input.into()))
    };
    let serde_json = |name, text: &str| {
        let mut serde_json = SerdeJson::new(io::sink());
        Contender::new(name, input(text), move |input| serde_json.emit(input))
    };
    vec![
        ours(PLAIN, &plain),
        ours(ONE, &one),
        ours(MANY, &many),
        serde_json(SERDE_PLAIN, &plain),
        serde_json(SERDE_ONE, &one),
        serde_json(SERDE_MANY, &many),
    ]
}

fn input(reason: &str) -> Input {
    Input { reason: reason.to_owned(), ..Input::new() }
}
