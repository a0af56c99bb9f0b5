event_core::catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
        Again(cross_crate::Payment),
    }
);

fn main() {}
