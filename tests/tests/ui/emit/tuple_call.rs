use cross_crate::{PaymentProcessFailed, emit_payment_process_failed};

fn main() {
    emit_payment_process_failed(PaymentProcessFailed(3));
}
