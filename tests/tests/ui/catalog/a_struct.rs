event_core::catalog!(
    pub struct ShopEvent {
        pub payment: cross_crate::Payment,
    }
);

fn main() {}
