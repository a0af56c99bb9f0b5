fn main() {
    cross_crate::emit_payment_proces_failed(cross_crate::PaymentProcessFailed { amount: 3 });
}
