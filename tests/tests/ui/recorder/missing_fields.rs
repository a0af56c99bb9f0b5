use event_core::{Recorder, assert_emitted, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub attempt: u32,
        pub reason: event_core::Str<'a>,
        #[group]
        pub error: Problem,
    }

    #[group]
    pub struct Problem {
        pub code: i32,
        pub line: u32,
    }
);

fn main() {
    let ((), recorder) = Recorder::capture(|| ());
    assert_emitted!(recorder, PaymentProcessFailed { reason: "x" });
}
