//! What the console sink writes for a person, plain and coloured, and that no value acts on the
//! terminal.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::context::Actor;
use event_core::sink::{Console, JsonLines};
use event_core::{Emitter, EventValue, Level, Str, Timestamp, events};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

#[derive(EventValue)]
pub struct Item {
    pub sku: String,
    pub count: u8,
}

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(level = match code { 500 => critical, 400 => error, 300 => warning, 200 => info, 100 => debug, _ => trace })]
    pub struct PaymentProcessFailed<'a> {
        #[entity]
        pub order_id: Str<'a>,
        #[entity_version]
        pub order_version: u64,
        pub code: u16,
        pub share: f64,
        pub reason: Str<'a>,
        #[sensitive(email)]
        pub email: Option<Str<'a>>,
        pub items: Vec<Item>,
        pub labels: BTreeMap<String, String>,
        pub stack: Option<Str<'a>>,
    }

    #[event(info)]
    pub struct PaymentProcessCompleted;
);

/// A buffer that the test reads and the sink owns.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn written(are_coloured: bool, emit: impl FnOnce(&Emitter)) -> String {
    let shared = Shared::default();
    let time = Timestamp::parse("2026-11-21T14:03:07.123456Z").unwrap();
    let emitter = Emitter::builder()
        .level(Level::Trace)
        .service("shop")
        .clock(move || time)
        .sink(Console::new(shared.clone()).colours(are_coloured))
        .build();
    emit(&emitter);
    assert_eq!(emitter.report().failed(), 0);
    let text = shared.0.lock().unwrap().clone();
    String::from_utf8(text).unwrap()
}

fn failed(code: u16, reason: &str) -> PaymentProcessFailed<'_> {
    PaymentProcessFailed {
        order_id: "ord_1".into(),
        order_version: 3,
        code,
        share: 0.5,
        reason: reason.into(),
        email: Some("ada@example.com".into()),
        items: vec![Item { sku: "A-1".into(), count: 2 }],
        labels: BTreeMap::from([("a key".into(), "4999".into())]),
        stack: None,
    }
}

#[test]
fn one_event_is_one_line() {
    let text = written(false, |emitter| {
        emitter.emit(&failed(400, "insufficient funds"));
        let _actor = Actor::user("usr_7").enter();
        emitter.emit(&PaymentProcessCompleted);
    });
    assert_eq!(
        text,
        concat!(
            "14:03:07.123  error     payment_process_failed           order:ord_1@3 code=400 share=0.5 ",
            "reason=\"insufficient funds\" email=a***@example.com items=[{sku: A-1, count: 2}] ",
            "labels={\"a key\": \"4999\"} stack=null service=shop\n",
            "14:03:07.123  info      payment_process_completed        actor={type: user, id: usr_7} ",
            "service=shop\n",
        )
    );
}

#[test]
fn each_level_has_its_colour_and_every_colour_ends() {
    let text = written(true, |emitter| {
        for code in [0, 100, 200, 300, 400, 500] {
            emitter.emit(&failed(code, "declined"));
        }
    });
    let lines: Vec<&str> = text.lines().collect();
    let levels = [
        "\x1b[2mtrace   \x1b[0m",
        "\x1b[34mdebug   \x1b[0m",
        "\x1b[32minfo    \x1b[0m",
        "\x1b[33mwarning \x1b[0m",
        "\x1b[31merror   \x1b[0m",
        "\x1b[1;31mcritical\x1b[0m",
    ];
    assert_eq!(lines.len(), levels.len());
    for (line, level) in lines.iter().zip(levels) {
        let start =
            format!("\x1b[2m14:03:07.123\x1b[0m  {level}  \x1b[1mpayment_process_failed\x1b[0m ");
        assert!(line.starts_with(&start), "{line:?}");
        assert_eq!(line.matches("\x1b[").count(), 2 * line.matches("\x1b[0m").count(), "{line:?}");
    }
    assert!(lines[4].contains(
        " \x1b[35morder:ord_1@3\x1b[0m \x1b[36mcode=\x1b[0m400 \x1b[36mshare=\x1b[0m0.5 "
    ));
    assert!(lines[4].ends_with(" \x1b[2mservice=\x1b[0mshop"));
}

#[test]
fn long_values_and_texts_of_several_lines_are_below_the_line() {
    let long = "x".repeat(81);
    let text = written(false, |emitter| {
        let event = failed(400, &long);
        let stack = "at pay (a.rs:1)\n\tat main\r\n\n12:00:00.000  info  forged\x1b[2J";
        emitter.emit(&PaymentProcessFailed { stack: Some(stack.into()), ..event });
    });
    let (line, below) = text.split_once('\n').unwrap();
    assert!(line.ends_with("service=shop") && !line.contains("reason") && !line.contains("stack"));
    let expected = format!(
        "    reason=\n      | {long}\n    stack=\n      | at pay (a.rs:1)\n      |     at main\n      | \n      | \
         12:00:00.000  info  forged\\u{{1b}}[2J\n"
    );
    assert_eq!(below, expected);
}

#[test]
fn a_closed_reader_is_counted_and_does_not_end_the_program() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let other = Shared::default();
    let emitter = Emitter::builder()
        .on_incident(|_| {})
        .sink(Console::new(Closed))
        .sink(JsonLines::new(other.clone()))
        .build();
    emitter.emit(&PaymentProcessCompleted);
    let report = emitter.report();
    assert_eq!((report.sinks[0].failed, report.sinks[1].delivered), (1, 1));
    assert!(!other.0.lock().unwrap().is_empty());
}

/// The program that the next tests run, on a standard output of theirs.
#[test]
fn the_program_under_test() {
    if std::env::var_os("EVENTS_CONSOLE_CASE").is_some() {
        Emitter::builder().sink(Console::stdout()).build().emit(&PaymentProcessCompleted);
    }
}

/// Runs the program, under `script` if it shall have a terminal. Returns whether it wrote colours.
fn is_coloured(on_a_terminal: bool, variables: &[(&str, &str)]) -> bool {
    const TEST: [&str; 3] = ["--exact", "the_program_under_test", "--nocapture"];
    let program = std::env::current_exe().unwrap();
    let mut command = if on_a_terminal {
        let mut command = Command::new("script");
        let line = [&[program.to_str().unwrap()][..], &TEST].concat().join(" ");
        command.args(["-qec", &line, "/dev/null"]);
        command
    } else {
        let mut command = Command::new(program);
        command.args(TEST);
        command
    };
    for name in ["NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("EVENTS_CONSOLE_CASE", "1").env("TERM", "xterm").stdin(Stdio::null());
    let out = command.envs(variables.iter().copied()).output().unwrap().stdout;
    let text = String::from_utf8(out).unwrap();
    let line = text.lines().find(|line| line.contains("payment_process_completed"));
    line.unwrap_or_else(|| panic!("the event is not in {text:?}")).contains("\x1b[1mpayment")
}

#[test]
fn a_pipe_gets_colours_only_if_they_are_forced() {
    assert!(!is_coloured(false, &[]));
    assert!(is_coloured(false, &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured(false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colours_unless_they_are_refused() {
    assert!(is_coloured(true, &[]));
    assert!(is_coloured(true, &[("NO_COLOR", "")]), "an empty variable is not set");
    assert!(!is_coloured(true, &[("NO_COLOR", "1")]));
    assert!(!is_coloured(true, &[("TERM", "dumb")]));
}

proptest! {
    /// The plain console writes no control character but its line breaks, and a line break of a
    /// value never begins a line that could be a record.
    #[test]
    fn no_value_acts_on_the_terminal(
        texts in proptest::collection::vec(any::<String>(), 4),
        hostile in proptest::collection::vec(0..0x3000_u32, 0..120),
    ) {
        let hostile: String = hostile.into_iter().filter_map(char::from_u32).collect();
        let text = written(false, |emitter| {
            emitter.emit(&PaymentProcessFailed {
                order_id: texts[0].as_str().into(),
                email: Some(hostile.as_str().into()),
                items: vec![Item { sku: format!("{}{hostile}", texts[1]), count: 1 }],
                labels: BTreeMap::from([(hostile.clone(), texts[2].clone())]),
                stack: Some(format!("{hostile}\n{}", texts[3]).into()),
                ..failed(400, &hostile)
            });
        });
        prop_assert!(!text.chars().any(|c| c != '\n' && event_grammar::is_hostile(c)), "{text:?}");
        let (first, below) = text.split_once('\n').unwrap();
        prop_assert!(first.starts_with("14:03:07.123  error "), "{first:?}");
        prop_assert!(below.lines().all(|line| line.starts_with("    ")), "{below:?}");
    }

    /// Coloured, it writes escapes of its own only.
    #[test]
    fn all_escapes_are_the_consoles_own(hostile in "[\\x00-\\x1f\\x7f-\\u{9f}\\[\\]0-9m]{0,60}") {
        let text = written(true, |emitter| emitter.emit(&failed(400, &hostile)));
        let plain = written(false, |emitter| emitter.emit(&failed(400, &hostile)));
        let mut stripped = text;
        for own in ["2m", "31m", "1m", "35m", "36m", "0m"] {
            stripped = stripped.replace(&format!("\x1b[{own}"), "");
        }
        prop_assert_eq!(stripped, plain);
    }
}
