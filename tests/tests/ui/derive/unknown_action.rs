use cross_crate::Payment;
use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error, domain = Payment)]
pub struct PaymentRefundFailed {
    pub amount: i64,
}

fn main() {}
