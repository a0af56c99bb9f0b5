#[derive(event_core::EventValue)]
#[event(tag = "kind")]
enum Delivery {
    PickUp,
    Courier { number: String },
}

fn main() {}
