use event_core::{Event, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(eror)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
        pub password: String,
    }

    #[event(error)]
    pub struct PaymentProcesFailed {
        pub amount: i64,
    }
);

fn main() {
    emit_payment_process_failed(PaymentProcessFailed { amount: 3, password: String::new() });
    emit_payment_proces_failed(PaymentProcesFailed { amount: 3 });
    let _ = [PaymentProcessFailed::NAME, PaymentProcesFailed::NAME];
}
