use cross_crate::{PaymentProcessFailed, emit_payment_process_failed};

fn main() {
    let failed = PaymentProcessFailed { amount: 3 };
    emit_payment_process_failed(failed.clone());
}
