mod payment {
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

event_core::catalog!(
    pub enum ShopEvent {
        Payment(payment),
    }
);

fn main() {}
