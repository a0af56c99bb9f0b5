fn main() {
    let _shop = event_core::catalog!(
        pub enum ShopEvent {
            Payment(cross_crate::Payment),
        }
    );
}
