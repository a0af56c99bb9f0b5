use event_core::{Str, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub reason: Str<'a>,
        pub attempt: Option<u32>,
    }
);

fn main() {
    emit_payment_process_failed(PaymentProcessFailed { reason: "late".into(), attempt: 3 });
}
