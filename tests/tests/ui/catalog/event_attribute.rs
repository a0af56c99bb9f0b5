event_core::catalog!(
    #[event(info)]
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
    }
);

fn main() {}
