use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
        Refund,
    }

    #[event(error)]
    pub struct

    #[event(error)]
    pub struct PaymentRefundFailed {
        pub amount: i64,
    }
);

fn main() {
    emit_payment_refund_failed(PaymentRefundFailed { amount: 3 });
}
