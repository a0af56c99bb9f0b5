event_core::catalog!();

fn main() {}
