event_core::catalog!(
    #[derive(Debug)]
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
    }
);

fn main() {}
