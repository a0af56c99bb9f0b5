use cross_crate::{PaymentProcessReserved, emit_payment_process_failed};

fn main() {
    emit_payment_process_failed(PaymentProcessReserved { amount: 3 });
}
