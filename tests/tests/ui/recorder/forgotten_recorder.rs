use event_core::{Recorder, Str, assert_emitted, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub attempt: u32,
        pub reason: Str<'a>,
    }
);

fn main() {
    let ((), recorder) = Recorder::capture(|| ());
    assert_emitted!(PaymentProcessFailed { attempt: 3, .. });
}
