use event_core::EventValue;

#[derive(EventValue)]
pub struct Item {
    #[field(alias("cost", "amount", "cost"))]
    pub price: i64,
}

fn main() {}
