use event_core::EventValue;

#[derive(EventValue)]
pub struct Password(#[sensitive(drop)] Option<String>);

fn main() {}
