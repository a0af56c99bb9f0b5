event_core::catalog!(
    pub enum ShopEvent {
        Payment { block: cross_crate::Payment },
    }
);

fn main() {}
