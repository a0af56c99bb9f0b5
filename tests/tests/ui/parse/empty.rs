event_core::events!();

fn main() {}
