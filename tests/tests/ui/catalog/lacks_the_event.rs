use event_core::{catalog, events};

events!(
    #[domain]
    pub enum Order {
        Pay,
    }

    #[event(error)]
    pub struct OrderPayFailed {
        pub amount: i64,
    }
);

catalog!(
    pub enum ShopEvent {
        Order(Order),
    }
);

fn main() {
    let failed = cross_crate::PaymentProcessFailed { amount: 3 };
    let _event = ShopEvent::from(failed);
}
