use event_core::EventValue;

#[derive(EventValue)]
pub struct Money {
    pub cents: f64,
    pub currency: String,
}
