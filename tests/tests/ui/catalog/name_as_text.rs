event_core::catalog!(
    pub enum ShopEvent {
        Payment("payment"),
    }
);

fn main() {}
