use event_core::EventValue;

#[derive(EventValue)]
pub struct Amount(#[field(unit = "cents")] u64);

fn main() {}
