use cross_crate::emit_payment_process_failed;

fn main() {
    emit_payment_process_failed { amount: 3 };
}
