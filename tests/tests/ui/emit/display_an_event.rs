use cross_crate::PaymentProcessFailed;

fn main() {
    println!("{}", PaymentProcessFailed { amount: 3 });
}
