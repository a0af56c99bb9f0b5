/// Everything that the shop emits.
pub enum ShopEvent {
    Payment(payment::Payment),
    #[cfg(feature = "orders")]
    Order(order::Order),
}
