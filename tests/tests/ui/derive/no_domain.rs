use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error)]
pub struct PaymentProcessFailed {
    pub amount: i64,
}

fn main() {}
