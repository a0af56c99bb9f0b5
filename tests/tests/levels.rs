//! Levels that follow from a field: of every kind of field that a rule can look at, with what the
//! descriptor says of it.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::emit::Levels;
use event_core::meta::{LevelRule, LevelValue};
use event_core::sink::JsonLines;
use event_core::{Emitter, Event, catalog};
use event_core::{EventValue, Level, Str, events};
use std::sync::{Arc, Mutex};

mod elsewhere {
    use event_core::EventValue;

    #[derive(Clone, Copy, EventValue)]
    #[value(rename_all = "SCREAMING_SNAKE_CASE", tag = "kind")]
    pub enum Answer {
        Done,
        #[value(rename = "GAVE_UP")]
        Abandoned,
        TimedOut {
            after_ms: u64,
        },
    }
}

type Status = u16;
type Maybe = Option<Severity>;

#[derive(Clone, Copy, EventValue)]
pub enum Severity {
    Low,
    High(u8),
}

events!(
    /// Jobs.
    #[domain]
    pub enum Job {
        /// Run.
        Run,
        /// Stop.
        Stop,
        /// Ask.
        Ask,
        /// Pay.
        Pay,
        /// Rate.
        Rate,
        /// Check.
        Check,
        /// Say.
        Say,
    }

    /// A number that may be missing, open ranges, and an overlap: the first arm decides.
    #[event(level = match code { Some(500..) => error, Some(404 | 410) | Some(..=99) => warning, Some(_) => info, None => debug })]
    pub struct JobRunFinished {
        pub code: Option<u16>,
    }

    /// A variant of this block, renamed, behind another key.
    #[event(level = match state { Some(Failed) => error, Some(Open | Waiting) => info, None => trace })]
    pub struct JobStopFinished {
        #[field(rename = "job_state")]
        pub state: Option<JobState>,
    }

    /// A tagged enum of another module.
    #[event(level = match answer { Abandoned => warning, TimedOut { .. } => error, Done => info })]
    pub struct JobAskFinished {
        pub answer: elsewhere::Answer,
    }

    /// An enum of another crate, written with its type.
    #[event(level = match outcome { cross_crate::Outcome::Refused => error, TimedOut => warning, _ => info })]
    pub struct JobPayFinished {
        pub outcome: cross_crate::Outcome,
    }

    /// An alias hides the `Option`.
    #[event(level = match severity { Some(Severity::High(..)) => critical, Some(_) => warning, None => info })]
    pub struct JobRateFinished {
        pub severity: Maybe,
    }

    /// A truth value that may be missing.
    #[event(level = match expected { Some(true) => debug, Some(false) | None => error })]
    pub struct JobCheckFinished {
        pub expected: Option<bool>,
    }

    /// Text that may be missing.
    #[event(level = match reason { Some("timeout" | "refused") => error, _ => info })]
    pub struct JobSayFinished<'a> {
        pub reason: Option<Str<'a>>,
    }

    /// An alias of a number.
    #[event(level = match status { ..=399 => info, 400.. => error })]
    pub struct JobRunCompleted {
        pub status: Status,
    }

    /// Where a job stands.
    #[value(rename_all = "snake_case")]
    pub enum JobState {
        Open,
        Waiting,
        #[value(rename = "broken")]
        Failed,
    }
);

catalog!(
    /// All of it.
    pub enum Jobs {
        Job(Job),
    }
);

fn rule<E: Event>() -> LevelRule {
    E::META.level
}

#[test]
fn a_number_that_may_be_missing_has_a_level_in_each_case() {
    for (code, level) in [
        (Some(503), Level::Error),
        (Some(404), Level::Warning),
        (Some(7), Level::Warning),
        (Some(200), Level::Info),
        (None, Level::Debug),
    ] {
        assert_eq!(JobRunFinished { code }.level(), level);
        let seen = code.map_or(LevelValue::Absent, |code| LevelValue::Integer(code.into()));
        assert_eq!(rule::<JobRunFinished>().of(seen), Some(level));
    }
    assert_eq!(
        rule::<JobRunFinished>().to_string(),
        "match code { 500.. => error, 404 | 410 | ..=99 => warning, not null => info, null => \
         debug }"
    );
}

#[test]
fn a_variant_is_described_by_its_name_on_the_wire() {
    assert_eq!(JobStopFinished { state: Some(JobState::Failed) }.level(), Level::Error);
    assert_eq!(JobStopFinished { state: Some(JobState::Open) }.level(), Level::Info);
    assert_eq!(JobStopFinished { state: Some(JobState::Waiting) }.level(), Level::Info);
    assert_eq!(JobStopFinished { state: None }.level(), Level::Trace);
    assert_eq!(
        rule::<JobStopFinished>().to_string(),
        r#"match job_state { "broken" => error, "open" | "waiting" => info, null => trace }"#
    );
}

#[test]
fn an_enum_of_another_module_is_matched_by_its_variants_alone() {
    assert_eq!(JobAskFinished { answer: elsewhere::Answer::Done }.level(), Level::Info);
    assert_eq!(JobAskFinished { answer: elsewhere::Answer::Abandoned }.level(), Level::Warning);
    assert_eq!(
        JobAskFinished { answer: elsewhere::Answer::TimedOut { after_ms: 1 } }.level(),
        Level::Error
    );
    assert_eq!(
        rule::<JobAskFinished>().to_string(),
        r#"match answer { "GAVE_UP" => warning, "TIMED_OUT" => error, "DONE" => info }"#
    );
}

#[test]
fn an_enum_of_another_crate_is_matched_by_its_variants() {
    assert_eq!(JobPayFinished { outcome: cross_crate::Outcome::Refused }.level(), Level::Error);
    assert_eq!(JobPayFinished { outcome: cross_crate::Outcome::TimedOut }.level(), Level::Warning);
    assert_eq!(JobPayFinished { outcome: cross_crate::Outcome::Paid }.level(), Level::Info);
    assert_eq!(
        rule::<JobPayFinished>().to_string(),
        r#"match outcome { "no" => error, "timed-out" => warning, _ => info }"#
    );
}

#[test]
fn what_an_alias_hides_is_matched_as_well() {
    assert_eq!(JobRateFinished { severity: Some(Severity::High(3)) }.level(), Level::Critical);
    assert_eq!(JobRateFinished { severity: Some(Severity::Low) }.level(), Level::Warning);
    assert_eq!(JobRateFinished { severity: None }.level(), Level::Info);
    assert_eq!(
        rule::<JobRateFinished>().to_string(),
        r#"match severity { "High" => critical, not null => warning, null => info }"#
    );
    assert_eq!(JobRunCompleted { status: 399 }.level(), Level::Info);
    assert_eq!(JobRunCompleted { status: 400 }.level(), Level::Error);
    assert_eq!(
        rule::<JobRunCompleted>().to_string(),
        "match status { ..=399 => info, 400.. => error }"
    );
}

#[test]
fn truth_and_text_that_may_be_missing_are_matched() {
    for (expected, level) in
        [(Some(true), Level::Debug), (Some(false), Level::Error), (None, Level::Error)]
    {
        assert_eq!(JobCheckFinished { expected }.level(), level);
    }
    for (reason, level) in
        [(Some("timeout"), Level::Error), (Some("late"), Level::Info), (None, Level::Info)]
    {
        assert_eq!(JobSayFinished { reason: reason.map(Into::into) }.level(), level);
    }
    assert_eq!(
        rule::<JobSayFinished<'static>>().to_string(),
        r#"match reason { "timeout" | "refused" => error, _ => info }"#
    );
}

#[test]
fn the_schema_and_the_samples_have_the_levels_of_the_rule() {
    for event in CATALOG.events() {
        let options = event_schema::Options::default();
        let schema = event_schema::schema(event, options).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&schema.to_string()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let said = schema["x-event"]["level"].as_str().unwrap().to_owned();
        assert_eq!(said, event.level.to_string());
        for seed in 0..50 {
            let line = event_schema::sample::line(event, seed);
            let record = serde_json::from_str(&line).unwrap();
            assert!(validator.is_valid(&record), "{line}");
        }
    }
}

#[test]
fn the_level_that_is_written_is_that_of_the_rule() {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines::default();
    let emitter = Emitter::builder().level(Level::Info).sink(JsonLines::new(lines.clone())).build();
    emitter.emit(&JobStopFinished { state: Some(JobState::Failed) });
    emitter.emit(&JobStopFinished { state: None });
    emitter.flush().unwrap();
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "`trace` is below the level: {text}");
    assert!(
        text.contains(r#""level":"error""#) && text.contains(r#""job_state":"broken""#),
        "{text}"
    );
}

#[test]
fn a_name_that_the_catalog_does_not_have_is_an_error() {
    let read = |text: &str| Levels::parse_for(&CATALOG, text);
    for text in [
        "",
        "debug",
        "job=off",
        "debug,job=info,job_run_finished=off,job.stop.finished=trace",
        "emission=off",
    ] {
        assert_eq!(read(text), Ok(text.parse().unwrap()), "{text}");
    }
    for (text, part, said) in [
        ("jbo=debug", 1, "`jbo`, did you mean `job`?"),
        ("info,job=debug, jobb = off", 3, "`jobb`, did you mean `job`?"),
        ("job_run_finish=off", 1, "did you mean `job_run_finished`?"),
        ("info,job.run.finshed=off", 2, "did you mean `job.run.finished`?"),
        ("run_finished=off", 1, "has no domain and no event `run_finished`"),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.part, part, "{text}");
        assert!(error.to_string().contains(said), "{error}");
    }
    // What is not a name is not repeated.
    let error = read("info,<script>=off").unwrap_err();
    assert!(!error.to_string().contains("script") && !format!("{error:?}").contains("script"));

    let built = Levels::at_least(Level::Info).named("job", None).named("paymnt", Level::Debug);
    assert_eq!(built.check(&CATALOG).unwrap_err().part, 2);
    assert_eq!(
        Levels::off().domain::<Job>(Level::Info).event::<JobRunFinished>(None).check(&CATALOG),
        Ok(())
    );
}
