event_core::catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::Payment)
        Rejected(PaymentProcessRejected),
    }
);

#[derive(event_core::DomainEvent)]
#[event(error, domain = cross_crate::Payment)]
pub struct PaymentProcessRejected {
    pub attempt: u32,
}

fn main() {}
