mod payment {
    use event_core::events;

    events!(
        #[domain]
        pub enum Payment {
            Process,
        }

        #[event(error)]
        pub struct PaymentProcessFailed {
            amount: i64,
        }
    );
}

fn main() {
    payment::emit_payment_process_failed(payment::PaymentProcessFailed { amount: 3 });
}
