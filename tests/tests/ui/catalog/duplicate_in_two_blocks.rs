use event_core::catalog;

mod billing {
    event_core::events!(
        #[domain]
        pub enum Payment {
            Process,
        }

        #[event(error)]
        pub struct PaymentProcessFailed {
            pub amount: i64,
        }
    );
}

mod checkout {
    event_core::events!(
        #[domain]
        pub enum Payment {
            Process,
        }

        #[event(error)]
        pub struct PaymentProcessFailed {
            pub amount: i64,
        }
    );
}

catalog!(
    pub enum ShopEvent {
        Billing(billing::Payment),
        Checkout(checkout::Payment),
    }
);

fn main() {}
