#![deny(unused_must_use)]

use cross_crate::PaymentProcessFailed;

fn failed() -> PaymentProcessFailed {
    PaymentProcessFailed { amount: 3 }
}

fn main() {
    failed();
}
