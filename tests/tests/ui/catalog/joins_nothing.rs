event_core::catalog!(
    pub enum ShopEvent {}
);

fn main() {}
