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

const _: () = ShopEvent::assert_declares::<OrderPayFailed>();
const _: () = ShopEvent::assert_declares::<cross_crate::PaymentProcessFailed>();

fn main() {}
