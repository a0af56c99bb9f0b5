use event_core::{catalog, events};

events!(
    #[domain]
    pub enum Order {
        Pay,
    }

    #[event(error, alias("charge_failed"))]
    pub struct OrderPayFailed {
        pub amount: i64,
    }
);

catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
        Order(Order),
    }
);

fn main() {}
