use event_core::EventValue;

#[derive(EventValue)]
pub struct Point(f64, f64);

fn main() {}
