use cross_crate::Payment;
use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error, domain = Payment, alias("Payment Failed"))]
pub struct PaymentProcessFailed {
    pub amount: i64,
}

fn main() {}
