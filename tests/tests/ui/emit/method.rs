use cross_crate::PaymentProcessFailed;

fn main() {
    PaymentProcessFailed { amount: 3 }.emit();
}
