//! An emitter from variables of the environment: each variable has its effect, every mistake is
//! reported in one pass, and docs/emit.md has the table.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::emit::{Builder, InvalidVariables, VARIABLES};
use event_core::sink::Memory;
use event_core::{Emitter, Level, events};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(debug, sample = 1 / 1000000)]
    pub struct PaymentProcessSkipped;

    #[event(info)]
    pub struct PaymentProcessCompleted;
);

fn read(builder: Builder, variables: &[(&str, &str)]) -> Result<Builder, InvalidVariables> {
    builder.with_variables(variables.iter().map(|(name, value)| {
        (OsString::from(format!("EVENTS_EMIT_{name}")), OsString::from(value))
    }))
}

/// The mistakes, without the prefix.
fn mistakes(variables: &[(&str, &str)]) -> Vec<(String, String)> {
    let error = read(Emitter::builder(), variables).unwrap_err();
    let of = |(name, reason): (&str, &str)| {
        (name.trim_start_matches("EVENTS_EMIT_").to_owned(), reason.to_owned())
    };
    error.variables().map(of).collect()
}

fn line(emitter: &Emitter, memory: &Memory) -> String {
    emitter.emit(&PaymentProcessCompleted);
    memory.take()[0].text().to_owned()
}

#[test]
fn what_a_variable_says_replaces_what_the_program_says() {
    let memory = Memory::new();
    let builder = Emitter::builder()
        .service("code")
        .environment("code")
        .service_pid()
        .sink(memory.clone())
        .level(Level::Error);
    let emitter = read(
        builder,
        &[
            ("SERVICE", "shop"),
            ("SERVICE_VERSION", "1.4.0"),
            ("SERVICE_HOST", "shop-1"),
            ("SERVICE_PID", "false"),
            ("ENVIRONMENT", ""),
            ("LEVELS", "warning,payment=debug"),
            ("IDS_IN_LINES", "true"),
            ("IGNORE_RATES", "true"),
            ("TAIL_ONE_IN", "10"),
            ("REPORT_EVERY", "60"),
        ],
    )
    .unwrap()
    .build();
    let line = line(&emitter, &memory);
    assert!(line.contains(r#","sequence":1,"service":"shop","service_version":"1.4.0","environment":"code","service_host":"shop-1"}"#), "{line}");
    assert_eq!(emitter.levels().to_string(), "warning,payment=debug");
    assert_eq!(emitter.report().sinks.len(), 1, "the sink of the program is enough");
    (0..10).for_each(|_| emitter.emit(&PaymentProcessSkipped));
    assert_eq!(memory.take().len(), 10, "samples are ignored");
}

#[test]
fn the_sink_is_the_one_that_is_named() {
    let names = |variables: &[(&str, &str)]| {
        let emitter = read(Emitter::builder(), variables).unwrap().build();
        emitter.report().sinks.into_iter().map(|sink| sink.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["JsonLines"]);
    assert_eq!(names(&[("SINK", "json")]), ["JsonLines"]);
    assert_eq!(names(&[("SINK", "console")]), ["Console"]);

    let path =
        std::env::temp_dir().join(format!("events-environment-{}.ndjson", std::process::id()));
    let _ = fs::remove_file(&path);
    let file = path.to_str().unwrap();
    let variables = [
        ("SINK", "file"),
        ("FILE", file),
        ("RENDERING", "envelope"),
        ("QUEUE", "10"),
        ("WHEN_FULL", "drop-oldest"),
    ];
    let memory = Memory::new();
    let emitter = read(Emitter::builder().sink(memory.clone()), &variables).unwrap().build();
    emitter.emit(&PaymentProcessCompleted);
    emitter.flush().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(text.contains(r#""event_type":"payment.process.completed""#), "{text}");
    assert_eq!(memory.records().len(), 1, "the sink of the program stays");
}

#[test]
fn all_mistakes_are_reported_at_once_and_no_value_is_repeated() {
    let found = mistakes(&[
        ("SERVCE", "secret-1"),
        ("SERVICE_PID", "secret-2"),
        ("LEVELS", "info,payment=secret-3"),
        ("SINK", "secret-4"),
        ("QUEUE", "0"),
        ("TAIL_ONE_IN", "-1"),
        ("REPORT_EVERY", "1h"),
        ("\u{1b}[2J", "x"),
    ]);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "LEVELS",
            "QUEUE",
            "REPORT_EVERY",
            "SERVCE",
            "SERVICE_PID",
            "SINK",
            "TAIL_ONE_IN",
            "\\u{1b}[2J"
        ]
    );
    let reason = |name: &str| &found.iter().find(|(known, _)| known == name).unwrap().1;
    assert_eq!(reason("SERVCE"), "no such variable, did you mean `EVENTS_EMIT_SERVICE`?");
    assert_eq!(reason("SERVICE_PID"), "expected `true` or `false`");
    assert!(
        reason("LEVELS").starts_with("part 2 of the levels cannot be read: a level is `trace`")
    );
    assert_eq!(reason("SINK"), "expected `json`, `console` or `file`");
    assert!(found.iter().all(|(_, reason)| !reason.contains("secret")), "{found:?}");
}

#[test]
fn a_variable_without_an_effect_is_a_mistake() {
    let names =
        |variables| mistakes(variables).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&[("SINK", "file")]), ["FILE"]);
    assert_eq!(names(&[("FILE", "/nowhere/events")]), ["FILE"]);
    assert_eq!(names(&[("RENDERING", "line"), ("SINK", "console")]), ["RENDERING"]);
    assert_eq!(names(&[("QUEUE", "8"), ("WHEN_FULL", "block")]), ["QUEUE"]);
    assert_eq!(names(&[("WHEN_FULL", "block"), ("SINK", "json")]), ["WHEN_FULL"]);
    // What depends on a value that cannot be read is not a second mistake.
    assert_eq!(names(&[("SINK", "fil"), ("FILE", "x"), ("RENDERING", "line")]), ["SINK"]);
    assert_eq!(names(&[("SINK", "json"), ("QUEUE", "x"), ("WHEN_FULL", "block")]), ["QUEUE"]);
}

#[test]
fn a_file_that_cannot_be_opened_is_the_mistake_of_its_variable() {
    let directory = env!("CARGO_MANIFEST_DIR");
    let found = mistakes(&[("SINK", "file"), ("FILE", directory)]);
    assert_eq!(found[0].0, "FILE");
    assert!(found[0].1.contains(directory), "{found:?}");
}

#[test]
fn variables_of_other_programs_are_left_alone() {
    let others =
        ["EVENTS_RELAY_DATABASE__URL", "EVENTS_DATABASE_URL", "EVENTS_REQUIRE_SERVERS", "PATH"];
    let variables = others.map(|name| (name.into(), "x".into()));
    assert!(Emitter::builder().with_variables(variables).is_ok());
}

#[test]
fn the_program_under_test() {
    if std::env::var_os("EVENTS_ENVIRONMENT_CASE").is_some() {
        match Emitter::from_env() {
            Ok(emitter) => emitter.emit(&PaymentProcessCompleted),
            Err(error) => println!("{error}"),
        }
    }
}

#[test]
fn from_env_reads_the_environment_of_the_process() {
    let run = |name: &str, value: &str| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "the_program_under_test", "--nocapture"]);
        command.env("EVENTS_ENVIRONMENT_CASE", "1").env("CLICOLOR_FORCE", "0").env(name, value);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(run("EVENTS_EMIT_SERVICE", "shop").contains(r#""service":"shop"}"#));
    assert!(run("EVENTS_EMIT_SINK", "console").contains("  info      payment_process_completed\n"));
    assert!(run("EVENTS_EMIT_SERVCE", "shop").contains("EVENTS_EMIT_SERVCE: no such variable"));
}

#[cfg(unix)]
#[test]
fn a_value_that_is_not_text_is_a_mistake() {
    use std::os::unix::ffi::OsStringExt;
    let value = OsString::from_vec(vec![b's', 0xff]);
    let variables = [(OsString::from("EVENTS_EMIT_SERVICE"), value)];
    let error = Emitter::builder().with_variables(variables).unwrap_err();
    assert!(
        error.to_string().ends_with("\nEVENTS_EMIT_SERVICE: the value is not UTF-8"),
        "{error}"
    );
}

const START: &str = "<!-- variables -->\n";
const END: &str = "<!-- /variables -->";

#[test]
fn the_page_lists_every_variable() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/emit.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(START).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let mut table = "| variable | value | what it sets |\n| --- | --- | --- |\n".to_owned();
    for variable in VARIABLES {
        let row = [&format!("`{}`", variable.name), variable.values, variable.meaning];
        table.extend(["| ", &row.join(" | "), " |\n"]);
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, format!("{before}{START}{table}{END}{after}")).unwrap();
    } else {
        let mend = "`UPDATE_DOCS=1 cargo test -p event-tests --test environment` writes it";
        assert_eq!(found, table, "{mend}");
    }
    let names: BTreeSet<&str> = VARIABLES.iter().map(|of| of.name).collect();
    assert_eq!(names.len(), VARIABLES.len(), "no name is there twice");
}
