event_core::catalog!(
    pub enum ShopEvent {
        Payment,
    }
);

fn main() {}
