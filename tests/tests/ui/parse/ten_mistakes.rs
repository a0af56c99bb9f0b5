use event_core::{Secret, events};

events!(
    #[domain(optional(acton))]
    pub enum Payment {
        Process,
        Refund,
        Charge,
    }

    #[event(eror)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentProcesRejected {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentRefundFaild {
        pub amount: i64,
    }

    #[event(error)]
    pub struct PaymentRefundFailed<'a> {
        pub reason: &'a str,
    }

    #[event(warning, owner = 3)]
    pub struct PaymentRefundRejected {
        pub amount,
        pub currency: String,
    }

    #[event(level = match amount { 0 => info })]
    pub struct PaymentChargeFailed {
        pub amount: i64,
    }

    #[event(info)]
    pub struct PaymentChargeCompleted {
        pub password: String,
        pub key: Secret<String>,
    }
);

fn main() {
    emit_payment_process_failed(PaymentProcessFailed { amount: 1 });
    emit_payment_refund_failed(PaymentRefundFailed { reason: "empty" });
    emit_payment_refund_rejected(PaymentRefundRejected { currency: String::new() });
    emit_payment_charge_failed(PaymentChargeFailed { amount: 1 });
}
