event_core::catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::payment::Payment),
    }
);

fn main() {}
