#![deny(deprecated)]

use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
        Charge,
    }

    #[event(error, replaced_by = PaymentChargeFailed)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentChargeFailed {
        pub amount: i64,
    }
);

fn main() {
    emit_payment_process_failed(PaymentProcessFailed { amount: 3 });
}
