use event_core::EventValue;

#[derive(EventValue)]
#[value(rename_all_fields = "camelCase")]
struct Address {
    postal_code: String,
}

fn main() {}
