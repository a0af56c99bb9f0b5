use cross_crate::PaymentProcessFailed;

fn main() {
    emit_payment_process_failed(PaymentProcessFailed { amount: 3 });
}
