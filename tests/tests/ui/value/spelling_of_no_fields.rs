use event_core::EventValue;

#[derive(EventValue)]
#[value(rename_all = "snake_case")]
enum Delivery {
    #[value(rename_all = "camelCase")]
    PickUp,
}

fn main() {}
