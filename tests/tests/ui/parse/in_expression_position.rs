fn main() {
    let _payments = event_core::events!(
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
