use cross_crate::emit_payment_process_failed;

fn main() {
    emit_payment_process_failed("payment_process_failed");
}
