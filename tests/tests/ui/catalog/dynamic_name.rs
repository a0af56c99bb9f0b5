event_core::catalog!(
    pub enum ShopEvent {
        Payment(format!("{}_payment", "shop")),
    }
);

fn main() {}
