use cross_crate::PaymentProcessFailed;

fn main() {
    println!("{}", serde_json::to_string(&PaymentProcessFailed { amount: 3 }).unwrap());
}
