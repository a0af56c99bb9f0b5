//! The flat line, byte for byte.

use event_core::{Emitter, Level, Recorder, Str, Timestamp, events};

events!(
    /// Asking and answering.
    #[domain(optional(action))]
    pub enum Request {}

    /// An answer was sent.
    #[event(level = match code { 500..=599 => error, _ => info }, version = 12)]
    pub struct RequestFinished<'a> {
        /// HTTP's.
        pub code: u16,
        /// What was asked for.
        pub route: Str<'a>,
    }

    /// A request came in.
    #[event(info)]
    pub struct RequestStarted;

    /// One in one is emitted.
    #[event(warning, sample = 1 / 1, sample_errors)]
    pub struct RequestFailed {
        /// What was free.
        pub share: f64,
        /// What was left.
        pub rest: i64,
    }
);

fn lines(emit: impl FnOnce()) -> Vec<String> {
    let recorder = Recorder::new();
    let clock = || Timestamp::from_micros(951_825_600_000_001);
    let scope =
        Emitter::builder().level(Level::Trace).clock(clock).sink(recorder.clone()).build().enter();
    emit();
    drop(scope);
    recorder.lines()
}

#[test]
fn a_line_is_head_time_and_fields() {
    let lines = lines(|| {
        emit_request_started(RequestStarted);
        emit_request_finished(RequestFinished { code: 200, route: "/".into() });
        emit_request_finished(RequestFinished { code: 503, route: "/a\"b".into() });
        emit_request_failed(RequestFailed { share: 0.25, rest: i64::MIN });
        emit_request_failed(RequestFailed { share: f64::NAN, rest: 0 });
    });
    let time = r#""timestamp":"2000-02-29T12:00:00.000001Z""#;
    assert_eq!(
        lines,
        [
            format!(r#"{{"event":"request_started","version":1,"level":"info",{time}}}"#),
            format!(
                r#"{{"event":"request_finished","version":12,"level":"info",{time},"code":200,"route":"/"}}"#
            ),
            format!(
                r#"{{"event":"request_finished","version":12,"level":"error",{time},"code":503,"route":"/a\"b"}}"#
            ),
            format!(
                r#"{{"event":"request_failed","version":1,"level":"warning",{time},"sample_rate":1.0,"share":0.25,"rest":-9223372036854775808}}"#
            ),
            format!(
                r#"{{"event":"request_failed","version":1,"level":"warning",{time},"sample_rate":1.0,"share":null,"rest":0}}"#
            ),
        ]
    );
}

#[test]
fn texts_of_every_length_are_written_and_read() {
    let text = "äöü \u{1F980} \\ \"quoted\"\n\tand then much more, longer than any short text";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        let lines =
            lines(|| emit_request_finished(RequestFinished { code: 1, route: text[..end].into() }));
        let line: serde_json::Value = serde_json::from_str(&lines[0]).unwrap();
        assert_eq!(line["route"], text[..end]);
    }
}
