use event_core::{catalog, events};

events!(
    #[domain]
    pub enum Order {
        Pay,
    }

    #[event(error)]
    pub struct OrderPayFailed {
        pub amount: String,
    }
);

catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
        Order(Order),
    }
);

fn main() {}
