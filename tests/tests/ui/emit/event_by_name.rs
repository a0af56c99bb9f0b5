fn main() {
    event_core::emit!("payment_process_failed", amount = 3);
}
