use event_core::EventValue;

#[derive(EventValue)]
pub struct Money {
    pub cents: i64,
    pub currency: String,
}

#[derive(EventValue)]
pub struct Fee {
    pub cents: i64,
}
