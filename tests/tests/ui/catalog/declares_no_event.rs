use cross_crate::Payment;

event_core::catalog!(
    pub enum ShopEvent {
        Payment(Payment),
    }
);

const _: () = ShopEvent::assert_declares::<Payment>();

fn main() {}
