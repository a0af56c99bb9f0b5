use event_core::EventValue;

#[derive(EventValue)]
pub struct Money {
    pub cents: f64,
    pub currency: String,
}

#[derive(EventValue)]
pub struct Fee {
    pub cents: f64,
}
