use cross_crate::{PaymentProcessFailed, emit_payment_process_failed};

async fn charge() {
    emit_payment_process_failed(PaymentProcessFailed { amount: 3 }).await;
}

fn main() {
    drop(charge());
}
