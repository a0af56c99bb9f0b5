use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[cfg(test)]
    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {
    emit_payment_process_failed(PaymentProcessFailed { amount: 3 });
}
