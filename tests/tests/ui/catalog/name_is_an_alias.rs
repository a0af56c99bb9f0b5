use event_core::{catalog, events};

events!(
    #[domain(optional(action))]
    pub enum Charge {}

    #[event(error)]
    pub struct ChargeFailed {
        pub amount: i64,
    }
);

catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
        Charge(Charge),
    }
);

fn main() {}
