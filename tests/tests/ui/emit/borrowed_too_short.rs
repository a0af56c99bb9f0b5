use event_core::{Str, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub reason: Str<'a>,
    }
);

fn failed() -> PaymentProcessFailed<'static> {
    let reason = String::from("late");
    PaymentProcessFailed { reason: reason.as_str().into() }
}

fn main() {
    emit_payment_process_failed(failed());
}
