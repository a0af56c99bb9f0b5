event_core::catalog!(
    pub enum ShopEvent<'a> {
        Payment(cross_crate::Payment),
    }
);

fn main() {}
