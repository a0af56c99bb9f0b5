mod payment {
    use event_core::events;

    events!(
        #[domain]
        enum Payment {
            Process,
        }

        #[event(error)]
        struct PaymentProcessFailed {
            amount: i64,
        }
    );
}

fn main() {
    payment::emit_payment_process_failed(payment::PaymentProcessFailed { amount: 3 });
}
