use event_core::catalog;

mod order {
    event_core::events!(
        #[domain]
        pub enum Order {
            Pay,
        }

        #[event(error)]
        pub struct OrderPayFailed {
            pub total: f64,
        }
    );
}

mod request {
    event_core::events!(
        #[domain]
        pub enum Request {
            Handle,
        }

        #[group]
        pub struct OrderContribution {
            pub total: u64,
        }

        #[event(info, wide(OrderContribution))]
        pub struct RequestHandleFinished;
    );
}

catalog!(
    pub enum ShopEvent {
        Order(order::Order),
        Request(request::Request),
    }
);

fn main() {}
