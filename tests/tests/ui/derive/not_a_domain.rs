use event_core::DomainEvent;

pub enum Payment {
    Process,
}

#[derive(DomainEvent)]
#[event(error, domain = Payment)]
pub struct PaymentProcessFailed {
    pub amount: i64,
}

fn main() {}
