event_core::catalog!(
    #[catalog(krate = ::event_core)]
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
    }
);

fn main() {}
