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

mod invoice {
    event_core::events!(
        #[domain]
        pub enum Invoice {
            Pay,
        }

        #[event(error)]
        pub struct InvoicePayFailed {
            pub total: Option<u64>,
        }
    );
}

catalog!(
    pub enum ShopEvent {
        Order(order::Order),
        Invoice(invoice::Invoice),
    }
);

fn main() {}
