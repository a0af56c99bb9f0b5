use event_core::EventValue;

#[derive(EventValue)]
pub struct Item {
    #[field(alias("price"))]
    pub price: i64,
}

fn main() {}
