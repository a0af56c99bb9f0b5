//! An event of sixty fields: nothing in the macros or at run time counts on few.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::{Emit, Event, Recorder, Str, events, read::Input};

events!(
    #[domain]
    pub enum Wide {
        Write,
    }

    /// Sixty fields.
    #[event(info)]
    pub struct WideWriteCompleted<'a> {
        pub f00: u8,
        pub f01: u8,
        pub f02: u8,
        pub f03: u8,
        pub f04: u8,
        pub f05: u8,
        pub f06: u8,
        pub f07: u8,
        pub f08: u8,
        pub f09: u8,
        pub f10: i64,
        pub f11: i64,
        pub f12: i64,
        pub f13: i64,
        pub f14: i64,
        pub f15: i64,
        pub f16: i64,
        pub f17: i64,
        pub f18: i64,
        pub f19: i64,
        pub f20: Str<'a>,
        pub f21: Str<'a>,
        pub f22: Str<'a>,
        pub f23: Str<'a>,
        pub f24: Str<'a>,
        pub f25: Str<'a>,
        pub f26: Str<'a>,
        pub f27: Str<'a>,
        pub f28: Str<'a>,
        pub f29: Str<'a>,
        pub f30: Option<f64>,
        pub f31: Option<f64>,
        pub f32: Option<f64>,
        pub f33: Option<f64>,
        pub f34: Option<f64>,
        pub f35: Option<f64>,
        pub f36: Option<f64>,
        pub f37: Option<f64>,
        pub f38: Option<f64>,
        pub f39: Option<f64>,
        pub f40: bool,
        pub f41: bool,
        pub f42: bool,
        pub f43: bool,
        pub f44: bool,
        pub f45: bool,
        pub f46: bool,
        pub f47: bool,
        pub f48: bool,
        pub f49: bool,
        pub f50: Vec<u16>,
        pub f51: Vec<u16>,
        pub f52: Vec<u16>,
        pub f53: Vec<u16>,
        pub f54: Vec<u16>,
        pub f55: Vec<u16>,
        pub f56: Vec<u16>,
        pub f57: Vec<u16>,
        pub f58: Vec<u16>,
        pub f59: Vec<u16>,
    }
);

#[test]
fn sixty_fields_are_written_and_read() {
    let keys: Vec<String> =
        WideWriteCompleted::META.fields().iter().map(|field| field.name.to_owned()).collect();
    assert_eq!(keys.len(), 60);
    let value = |at: usize| match at / 10 {
        0 | 1 => at.to_string(),
        2 => format!("\"{at}\""),
        3 => "0.5".into(),
        4 => "true".into(),
        _ => "[1,2]".into(),
    };
    let members: Vec<String> =
        keys.iter().enumerate().map(|(at, key)| format!("\"{key}\":{}", value(at))).collect();
    let line = format!("{{{}}}", members.join(","));
    let event =
        WideWriteCompleted::read(&mut Input::parse(&line).unwrap().object().unwrap()).unwrap();
    let recorder = Recorder::new();
    event.emit_to(&mut recorder.clone());
    let written = recorder.lines().remove(0);
    assert!(written.ends_with(&line[1..]), "{written}");
}
